// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/routing_questions.h"

#include "analysis/confusion.h"
#include "base/error.h"
#include "engine/routing/piece_text.h"
#include "engine/stopwatch.h"
#include "spec/router_spec_fields.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

namespace retort {
namespace {

constexpr int bins = 10;

/// Column of a decision: its domain, or the last one.
std::int64_t column_of(const Router& router, const RoutingDecision& decision) {
    return decision.domain.value_or(std::ssize(router.domains()));
}

/// Rows and columns of the answers, without counts.
ConfusionMatrix matrix_of(const Router& router, const std::vector<std::string>& domains) {
    ConfusionMatrix matrix{domains, router.domains(), {}};
    matrix.columns.emplace_back(unknown_domain);
    return matrix;
}

std::int64_t batch_of(const RouterSpec& spec) {
    return spec.unit == RouterUnit::batch ? spec.batch : 1;
}

/// How many pieces from the first on are decided for together.
std::size_t group_size(std::span<const RoutingPiece> pieces, std::int64_t batch) {
    std::size_t size = 1;
    while (size < pieces.size() && std::cmp_less(size, batch) &&
           pieces[size].document->domain == pieces[0].document->domain)
        ++size;
    return size;
}

class Scores {
public:
    Scores(const Router& router, const std::vector<std::string>& domains)
        : router_(router), classes_(classes_of(domains, router.domains())) {
        ConfusionMatrix matrix = matrix_of(router, domains);
        evaluation_.classifier = name_of(router.spec().classifier);
        evaluation_.rows = std::move(matrix.rows);
        evaluation_.columns = std::move(matrix.columns);
        evaluation_.counts.assign(domains.size() * evaluation_.columns.size(), 0);
        evaluation_.forced = evaluation_.counts;
        evaluation_.reliability.resize(bins);
    }

    void add(const RoutedPieces& answer) {
        const RoutingDecision& decision = answer.decision;
        const auto row = static_cast<std::size_t>(answer.row) * evaluation_.columns.size();
        evaluation_.counts[row + static_cast<std::size_t>(column_of(router_, decision))] += answer.count;
        evaluation_.forced[row + static_cast<std::size_t>(decision.likeliest)] += answer.count;
        const std::int64_t right = classes_[static_cast<std::size_t>(answer.row)];
        if (right < 0)
            unknown_.push_back(decision.confidence);
        else
            add_known(decision, right);
    }

    [[nodiscard]] RoutingEvaluation take(double seconds) {
        std::vector<double> known;
        for (const RankedDecision& decision : ranked_)
            known.push_back(decision.confidence);
        const std::size_t decisions = ranked_.size() + unknown_.size();
        evaluation_.log_loss = log_loss(probabilities_, labels_, router_.domains().size());
        evaluation_.unknown_auroc = roc_auc(known, unknown_);
        evaluation_.risk_area = risk_coverage_area(std::move(ranked_));
        evaluation_.seconds_per_decision = decisions == 0 ? 0.0 : seconds / static_cast<double>(decisions);
        return std::move(evaluation_);
    }

private:
    void add_known(const RoutingDecision& decision, std::int64_t right) {
        const bool is_right = decision.likeliest == right;
        const auto bin =
            std::min(static_cast<std::size_t>(decision.confidence * bins), std::size_t{bins - 1});
        ConfidenceBin& counted = evaluation_.reliability[bin];
        ++counted.count;
        counted.confidence += decision.confidence;
        counted.correct += is_right ? 1 : 0;
        ranked_.push_back({decision.confidence, is_right});
        probabilities_.insert(probabilities_.end(), decision.probabilities.begin(),
                              decision.probabilities.end());
        labels_.push_back(static_cast<std::int32_t>(right));
    }

    const Router& router_;
    std::vector<std::int64_t> classes_; ///< of the rows
    RoutingEvaluation evaluation_;
    std::vector<RankedDecision> ranked_;
    std::vector<double> unknown_; ///< confidences of pieces of no known domain
    std::vector<double> probabilities_;
    std::vector<std::int32_t> labels_;
};

using Cell = std::pair<std::int64_t, std::int64_t>; ///< row, column

/// Of a cell: the mistakes that were surest, or the right answers that were least sure.
template <class Answer, class Confidence>
void keep_some(std::vector<Answer>& answers, bool is_right, const Confidence& confidence_of) {
    std::ranges::stable_sort(answers, [&](const Answer& a, const Answer& b) {
        return is_right ? confidence_of(a) < confidence_of(b) : confidence_of(a) > confidence_of(b);
    });
    const std::size_t most = is_right ? examples_on_diagonal : examples_off_diagonal;
    if (answers.size() > most)
        answers.erase(answers.begin() + static_cast<std::ptrdiff_t>(most), answers.end());
}

/// Those of each cell that are kept, cell by cell.
template <class Answer, class CellOf, class Confidence>
std::vector<Answer> kept_of_cells(std::vector<Answer> answers, const ConfusionMatrix& matrix,
                                  const CellOf& cell_of, const Confidence& confidence_of) {
    std::map<Cell, std::vector<Answer>> cells;
    for (Answer& answer : answers) {
        const Cell cell = cell_of(answer); // before it is moved from
        cells[cell].push_back(std::move(answer));
    }
    std::vector<Answer> kept;
    for (auto& [cell, some] : cells) {
        const bool is_right =
            matrix.is_right(static_cast<std::size_t>(cell.first), static_cast<std::size_t>(cell.second));
        keep_some(some, is_right, confidence_of);
        std::ranges::move(some, std::back_inserter(kept));
    }
    return kept;
}

RoutedExample example_of(const Router& router, const Tokenizer& tokenizer, const RoutedPieces& answer) {
    const RoutingPiece& piece = answer.first;
    RoutedExample example{answer.row,
                          column_of(router, answer.decision),
                          piece.document->id,
                          piece.first,
                          std::ssize(piece.tokens),
                          answer.decision.probabilities,
                          text_of_pieces(tokenizer, piece.tokens, excerpt_bytes),
                          {}};
    // Only evidence that can be seen in the excerpt.
    const Sequence shown = piece.tokens.first(example.pieces.size());
    example.evidence = router.evidence(shown, answer.decision.likeliest);
    return example;
}

/// Articles of a domain's valid text, as they follow each other in the token store.
class ArticlePlaces {
public:
    ArticlePlaces(const Corpus& corpus, const TokenStore& store, const std::string& domain)
        : ids_(article_ids(corpus, "valid", domain)) {
        std::int64_t place = 0;
        for (const std::vector<std::int32_t>& document : store.documents("valid", domain)) {
            begins_.push_back(place);
            place += std::ssize(document) + 2; // and where it begins and ends
        }
    }

    /// Of the token at `place` of the domain's text.
    void name(RoutedExample& example, std::int64_t place) const {
        const auto next = std::ranges::upper_bound(begins_, place);
        const auto article = static_cast<std::size_t>(next - begins_.begin()) - 1;
        if (article < ids_.size()) example.document = ids_[article];
        example.first_token = std::max<std::int64_t>(0, place - begins_[article] - 1);
    }

private:
    std::vector<std::string> ids_;
    std::vector<std::int64_t> begins_;
};

std::vector<std::int32_t> window_tokens(const TokenStore& store, const std::string& domain,
                                        std::int64_t window, std::int64_t context) {
    std::vector<std::int64_t> read(static_cast<std::size_t>(context) + 1);
    store.read_window("valid", domain, window, read);
    return {read.begin(), read.end() - 1}; // the last one is a target alone
}

double confidence_of(const RoutedWindow& window) {
    return std::ranges::max(window.probabilities);
}

RoutedExample example_of(const Router& router, const Tokenizer& tokenizer,
                         const std::vector<std::int32_t>& tokens, const std::vector<std::string>& experts,
                         RoutedWindow window) {
    const auto likeliest = std::ranges::max_element(window.probabilities) - window.probabilities.begin();
    RoutedExample example{window.row,
                          window.column,
                          {},
                          0,
                          std::ssize(tokens),
                          std::move(window.probabilities),
                          text_of_pieces(tokenizer, tokens, excerpt_bytes),
                          {}};
    const auto known = std::ranges::find(router.domains(), experts[static_cast<std::size_t>(likeliest)]);
    example.evidence =
        router.evidence(Sequence(tokens).first(example.pieces.size()), known - router.domains().begin());
    return example;
}

} // namespace

RoutingAnswers ask_router(const Router& router, std::span<const RoutingPiece> pieces,
                          const std::stop_token& stop) {
    RoutingAnswers asked;
    std::vector<std::int32_t> joined;
    const Stopwatch watch;
    while (!pieces.empty()) {
        if (stop.stop_requested()) throw Error(ErrorKind::interrupted, "Stopped while the router was asked.");
        const std::size_t size = group_size(pieces, batch_of(router.spec()));
        Sequence tokens = pieces[0].tokens;
        if (size > 1) {
            joined.clear();
            for (const RoutingPiece& piece : pieces.first(size))
                joined.insert(joined.end(), piece.tokens.begin(), piece.tokens.end());
            tokens = joined;
        }
        asked.answers.push_back(
            {pieces[0], static_cast<std::int64_t>(size), pieces[0].document->domain, router.decide(tokens)});
        pieces = pieces.subspan(size);
    }
    asked.seconds = watch.seconds();
    return asked;
}

RoutingEvaluation summarise_answers(const Router& router, const std::vector<std::string>& domains,
                                    std::span<const RoutingAnswers> all) {
    Scores scores(router, domains);
    double seconds = 0;
    for (const RoutingAnswers& asked : all) {
        seconds += asked.seconds;
        for (const RoutedPieces& answer : asked.answers)
            scores.add(answer);
    }
    return scores.take(seconds);
}

std::vector<RoutedExample> examples_of(const Router& router, const Tokenizer& tokenizer,
                                       const std::vector<std::string>& domains, const RoutingAnswers& asked) {
    std::vector<const RoutedPieces*> answers;
    for (const RoutedPieces& answer : asked.answers)
        answers.push_back(&answer);
    const auto kept = kept_of_cells(
        std::move(answers), matrix_of(router, domains),
        [&](const RoutedPieces* answer) { return Cell(answer->row, column_of(router, answer->decision)); },
        [](const RoutedPieces* answer) { return answer->decision.confidence; });
    std::vector<RoutedExample> examples;
    for (const RoutedPieces* answer : kept)
        examples.push_back(example_of(router, tokenizer, *answer));
    return examples;
}

std::vector<RoutedExample> examples_of(const Router& router, const Tokenizer& tokenizer,
                                       const TokenStore& store, const DataSpec& data,
                                       const RoutingEvaluation& matrix, std::vector<RoutedWindow> windows) {
    const std::vector<RoutedWindow> kept = kept_of_cells(
        std::move(windows), ConfusionMatrix{matrix.rows, matrix.columns, {}},
        [](const RoutedWindow& window) { return Cell(window.row, window.column); }, confidence_of);
    const Corpus corpus = open_corpus(data.corpus);
    std::map<std::int64_t, ArticlePlaces> places; // by row
    std::vector<RoutedExample> examples;
    for (const RoutedWindow& window : kept) {
        const std::string& domain = matrix.rows[static_cast<std::size_t>(window.row)];
        examples.push_back(example_of(router, tokenizer,
                                      window_tokens(store, domain, window.window, data.context),
                                      matrix.columns, window));
        const auto articles = places.try_emplace(window.row, corpus, store, domain).first;
        articles->second.name(examples.back(), window.window * data.context);
    }
    return examples;
}

std::vector<RoutedExample> most_telling(std::vector<RoutedExample> examples, const Router& router,
                                        const std::vector<std::string>& domains) {
    return kept_of_cells(
        std::move(examples), matrix_of(router, domains),
        [](const RoutedExample& example) { return Cell(example.row, example.column); },
        [](const RoutedExample& example) { return std::ranges::max(example.probabilities); });
}

} // namespace retort
