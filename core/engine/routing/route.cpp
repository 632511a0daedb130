// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/route.h"

#include "analysis/confusion.h"
#include "base/files.h"
#include "data/token_store.h"
#include "engine/devices.h"
#include "engine/emitter.h"
#include "engine/routing/routing_questions.h"
#include "engine/stopwatch.h"
#include "spec/router_spec_fields.h"

#include <chrono>
#include <cmath>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace retort {
namespace fs = std::filesystem;
namespace {

/// Of a domain and an input length; more would sharpen no figure that a person can see.
constexpr std::size_t most_pieces = 10'000;
constexpr std::int64_t inner_folds = 10;
constexpr std::size_t fewest_pieces = 20; ///< that set a threshold

/// The wish to stop one run as a stop token, for work that knows nothing of runs.
class StopWish {
public:
    StopWish(const RunControls& controls, std::string run, const std::stop_token& outer)
        : outer_(outer, [this] { source_.request_stop(); }),
          watcher_([this, &controls, run = std::move(run)](const std::stop_token& end) {
              std::mutex mutex;
              std::condition_variable_any wake;
              std::unique_lock lock(mutex);
              while (!wake.wait_for(lock, end, poll, [] { return false; }) && !end.stop_requested())
                  if (controls.command(run) == RunCommand::stop) source_.request_stop();
          }) {}

    [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

private:
    static constexpr auto poll = std::chrono::milliseconds(50);
    std::stop_source source_;
    std::stop_callback<std::function<void()>> outer_;
    std::jthread watcher_;
};

std::vector<std::string> known_domains(const RunSpec& spec) {
    std::vector<std::string> known = spec.data.domains;
    std::erase_if(known, [&](const std::string& domain) {
        return std::ranges::count(spec.router->unknown, domain) > 0;
    });
    return known;
}

class RouterRun {
public:
    RouterRun(const TrainingMember& run, EventSink& sink, std::stop_token stop)
        : ticket_(run.ticket),
          spec_(run.ticket.plan.spec),
          emit_(sink, run.ticket),
          stop_(std::move(stop)),
          tokenizer_(run.inputs.tokenizer),
          known_(known_domains(spec_)),
          classes_(classes_of(spec_.data.domains, known_)),
          lengths_(evaluation_lengths(spec_.router->longest)),
          documents_(routing_documents(open_corpus(spec_.data.corpus), TokenStore(run.inputs.tokens),
                                       spec_.data.domains)) {
        if (sets_thresholds()) tenths_ = deal_folds(documents_, inner_folds, spec_.seed);
    }

    fs::path run() {
        begin();
        if (spec_.router->folds > 0) cross_validate();
        progress("learning", 0);
        const Stopwatch watch;
        const Router router =
            learn([](const RoutingDocument& document) { return document.split == "train"; });
        const double seconds = watch.seconds();
        ask_about_valid(router);
        const fs::path folder = ticket_.folder / "model";
        fs::create_directories(ticket_.folder);
        write_folder_atomically(folder, [&](const fs::path& temporary) { router.write(temporary); });
        step();
        describe(router, seconds, fs::file_size(folder / Router::file_name));
        return folder;
    }

private:
    void begin() {
        RunStarted started;
        started.resolved = resolve(spec_.run);
        started.total_steps = 1 + spec_.router->folds;
        emit_(started);
        emit_(StatusChanged{RunStatus::running, {}, {}});
    }

    /// A fold, or the last training, is done. Without tokens: nothing was trained at a rate that another run
    /// has.
    void step() { emit_(StepMeasured{++steps_, 0, watch_.seconds(), {}}); }

    void progress(const std::string& phase, double done) { emit_(Progressed{phase, done, 1.0}); }

    void describe(const Router& router, double seconds, std::uintmax_t bytes) {
        emit_.info("The router has " + std::to_string(router.features()) + " features, takes " +
                   std::to_string((bytes + 999) / 1000) + " kB, and learned in " +
                   std::to_string(std::lround(1000 * seconds)) + " ms, its thresholds included.");
    }

    [[nodiscard]] Router fit(const DocumentFilter& chosen) const {
        std::vector<Sequence> sequences;
        std::vector<std::int32_t> labels;
        for (const RoutingPiece& piece : training_pieces(documents_, *spec_.router, chosen)) {
            const auto domain = class_of(*piece.document);
            if (domain < 0) continue;
            sequences.push_back(piece.tokens);
            labels.push_back(static_cast<std::int32_t>(domain));
        }
        return Router::train(*spec_.router, known_, sequences, labels, spec_.seed, stop_);
    }

    /// A decision for a batch, as in the paper, is never withheld.
    [[nodiscard]] bool sets_thresholds() const {
        return spec_.router->coverage < 1 && spec_.router->unit != RouterUnit::batch;
    }

    [[nodiscard]] std::size_t place_of(const RoutingDocument& document) const {
        return static_cast<std::size_t>(&document - documents_.data());
    }

    /// Learns from the chosen documents, with thresholds that a tenth of them has set in a rehearsal that did
    /// not see it.
    [[nodiscard]] Router learn(const DocumentFilter& chosen) const {
        Router router = fit(chosen);
        if (!sets_thresholds()) return router;
        const auto is_set_aside = [&](const RoutingDocument& document) {
            return tenths_[place_of(document)] == 0;
        };
        const auto is_left = [&](const RoutingDocument& document) {
            return chosen(document) && !is_set_aside(document);
        };
        if (!teaches_all(is_left)) return router; // too little text to set any aside
        router.set_thresholds(thresholds(fit(is_left), [&](const RoutingDocument& document) {
            return chosen(document) && is_set_aside(document) && class_of(document) >= 0;
        }));
        return router;
    }

    /// For each length of which there are enough pieces.
    [[nodiscard]] std::vector<LengthThreshold> thresholds(const Router& rehearsal,
                                                          const DocumentFilter& set_aside) const {
        std::vector<LengthThreshold> thresholds;
        for (const std::int64_t length : lengths_) {
            if (length == 0) continue; // an article is an input of as many tokens as it has
            std::vector<double> confidences;
            for (const RoutedPieces& answer : ask(rehearsal, length, set_aside).answers)
                confidences.push_back(answer.decision.confidence);
            if (confidences.size() >= fewest_pieces)
                thresholds.push_back(
                    {length, threshold_for_coverage(std::move(confidences), spec_.router->coverage)});
        }
        if (thresholds.empty()) thresholds.emplace_back();
        return thresholds;
    }

    /// Whether every known domain has a document among the chosen.
    [[nodiscard]] bool teaches_all(const DocumentFilter& chosen) const {
        std::set<std::int64_t> taught;
        for (const RoutingDocument& document : documents_)
            if (class_of(document) >= 0 && !document.tokens.empty() && chosen(document))
                taught.insert(class_of(document));
        return taught.size() == known_.size();
    }

    [[nodiscard]] std::int64_t class_of(const RoutingDocument& document) const {
        return classes_[static_cast<std::size_t>(document.domain)];
    }

    [[nodiscard]] RoutingAnswers ask(const Router& router, std::int64_t length,
                                     const DocumentFilter& chosen) const {
        return ask_router(router, evaluation_pieces(documents_, length, most_pieces, chosen), stop_);
    }

    void report(RoutingEvaluation evaluation, const std::string& split, std::int64_t fold,
                std::int64_t length, std::vector<RoutedExample> examples) {
        evaluation.split = split;
        evaluation.fold = fold;
        evaluation.length = length;
        evaluation.examples = std::move(examples);
        emit_(std::move(evaluation));
    }

    void ask_about_valid(const Router& router) {
        for (std::size_t i = 0; i < lengths_.size(); ++i) {
            progress("asking", static_cast<double>(i) / static_cast<double>(lengths_.size()));
            const RoutingAnswers asked = ask(router, lengths_[i], [](const RoutingDocument& document) {
                return document.split == "valid";
            });
            if (asked.answers.empty()) continue; // no article is as long
            report(summarise_answers(router, spec_.data.domains, {&asked, 1}), "valid", 0, lengths_[i],
                   examples_of(router, tokenizer_, spec_.data.domains, asked));
        }
    }

    struct FoldSum {
        std::vector<RoutingAnswers> answers;
        std::vector<RoutedExample> examples;
    };

    void cross_validate() {
        const std::vector<std::int64_t> folds = deal_folds(documents_, spec_.router->folds, spec_.seed);
        std::map<std::int64_t, FoldSum> by_length;
        std::optional<Router> last;
        for (std::int64_t fold = 0; fold < spec_.router->folds; ++fold) {
            const auto is_asked = [&](const RoutingDocument& document) {
                return folds[place_of(document)] == fold;
            };
            progress("cross-validating",
                     static_cast<double>(fold) / static_cast<double>(spec_.router->folds));
            last.emplace(learn([&](const RoutingDocument& document) { return !is_asked(document); }));
            for (const std::int64_t length : lengths_)
                ask_fold(*last, fold + 1, length, is_asked, by_length[length]);
            step();
        }
        for (auto& [length, sum] : by_length)
            if (!sum.answers.empty())
                report(summarise_answers(*last, spec_.data.domains, sum.answers), "folds", 0, length,
                       most_telling(std::move(sum.examples), *last, spec_.data.domains));
    }

    void ask_fold(const Router& router, std::int64_t fold, std::int64_t length,
                  const DocumentFilter& is_asked, FoldSum& sum) {
        RoutingAnswers asked = ask(router, length, is_asked);
        if (asked.answers.empty()) return;
        std::vector<RoutedExample> examples = examples_of(router, tokenizer_, spec_.data.domains, asked);
        sum.examples.insert(sum.examples.end(), examples.begin(), examples.end());
        report(summarise_answers(router, spec_.data.domains, {&asked, 1}), "folds", fold, length,
               std::move(examples));
        sum.answers.push_back(std::move(asked));
    }

    RunTicket ticket_;
    RunSpec spec_;
    Emitter emit_;
    Stopwatch watch_;
    std::int64_t steps_ = 0;
    std::stop_token stop_;
    Tokenizer tokenizer_;
    std::vector<std::string> known_;
    std::vector<std::int64_t> classes_; ///< of the run's domains
    std::vector<std::int64_t> lengths_; ///< of the inputs that are asked
    std::vector<RoutingDocument> documents_;
    std::vector<std::int64_t> tenths_; ///< of the documents; the first sets thresholds
};

} // namespace

Outcome route(const TrainingMember& run, const RunControls& controls, EventSink& sink,
              const std::stop_token& stop) {
    enter_training_thread(resolve(run.ticket.plan.spec.run));
    const StopWish wish(controls, run.ticket.id, stop);
    Outcome outcome;
    try {
        outcome.model = RouterRun(run, sink, wish.token()).run();
        outcome.status = RunStatus::done;
        outcome.steps = 1 + run.ticket.plan.spec.router->folds;
    } catch (const Error& error) {
        outcome = failed_outcome(error);
        if (error.kind() != ErrorKind::interrupted) return outcome;
        const bool by_person = controls.command(run.ticket.id) == RunCommand::stop;
        outcome.status = by_person ? RunStatus::stopped : RunStatus::interrupted;
        outcome.reason = by_person ? "stopped on request" : "interrupted; resume begins it anew";
    } catch (const std::exception& error) {
        outcome = failed_outcome(error);
    }
    return outcome;
}

} // namespace retort
