// SPDX-License-Identifier: GPL-3.0-or-later
// Routers as a study might leave them, for tests and galleries of the Router page.
#pragma once

#include "sample_runs.h"
#include "widgets/pages/router_source.h"

#include <algorithm>
#include <map>

namespace retort {

inline const std::vector<std::string> routedRows = {"en", "fr", "de", "py", "es"};
inline const std::vector<std::string> routedColumns = {"en", "fr", "de", "py", "unknown"};

inline RunRecord sampleRouter(const std::string& variant, std::uint64_t seed) {
    RunRecord record;
    record.id = "01" + variant + std::to_string(seed);
    record.study = "which-router";
    record.variant = variant;
    record.seed = seed;
    record.task = Task::router;
    record.status = RunStatus::done;
    record.created = "2025-03-14T09:26:53Z";
    return record;
}

/// Of 100 inputs of each domain a share `error` goes wrong, half of it to the next domain, half to unknown.
inline RoutingEvaluation sampleMatrix(const std::string& classifier, std::int64_t length, double error) {
    RoutingEvaluation matrix;
    matrix.classifier = classifier;
    matrix.length = length;
    matrix.rows = routedRows;
    matrix.columns = routedColumns;
    matrix.counts.assign(25, 0);
    matrix.forced.assign(25, 0);
    const auto wrong = static_cast<std::int64_t>(std::lround(50 * error));
    for (std::size_t row = 0; row < 4; ++row) {
        const std::size_t next = row * 5 + (row + 1) % 4, right = row * 5 + row;
        matrix.counts[right] = 100 - 2 * wrong;
        matrix.counts[next] = matrix.counts[row * 5 + 4] = wrong;
        matrix.forced[right] = 100 - wrong;
        matrix.forced[next] = wrong;
    }
    matrix.counts[4 * 5 + 4] = 60;
    matrix.counts[4 * 5 + 1] = 40;
    matrix.forced[4 * 5 + 1] = 100;
    for (int i = 0; i < 10; ++i) {
        const std::int64_t count = i < 3 ? 0 : i == 9 ? 320 : 5 + 4 * i;
        const double confidence = 0.1 * i + 0.05;
        matrix.reliability.push_back(
            {count, confidence * static_cast<double>(count),
             static_cast<std::int64_t>(std::lround(std::max(0.0, confidence - error / 3) * double(count)))});
    }
    matrix.log_loss = 0.02 + error;
    matrix.unknown_auroc = 1 - error / 2;
    matrix.risk_area = error / 4;
    matrix.seconds_per_decision = 40e-6;
    return matrix;
}

inline RoutedExample sampleExample(std::int64_t row, std::int64_t column, int number) {
    RoutedExample example;
    example.row = row;
    example.column = column;
    example.document =
        routedRows[static_cast<std::size_t>(row)] + "/article-" + std::to_string(1000 + number);
    example.first_token = 64 * number;
    example.tokens = 24;
    example.probabilities = {0.31, 0.52, 0.12, 0.05};
    if (row == column && row < 4) {
        example.probabilities = {0.01, 0.01, 0.01, 0.01};
        example.probabilities[static_cast<std::size_t>(row)] = 0.97;
    }
    example.pieces = {"The",     " café",    " in",   " the",  " Rue", " de",  " la",    " Paix",
                      " opened", " in",      " 1862", ",",     " and", " its", " «",     "caf\xc3",
                      "\xa9",    "-concert", "»",     " drew", " all", " of",  " Paris", ".\n"};
    example.evidence = {{0, 1, -0.41}, {1, 1, 0.22},  {3, 1, -0.38}, {4, 1, 0.31},
                        {5, 2, 0.66},  {7, 1, 0.09},  {8, 1, -0.12}, {12, 1, -0.2},
                        {14, 1, 0.5},  {15, 3, 0.33}, {18, 1, 0.42}, {22, 1, 0.11}};
    return example;
}

/// Answers from what it was given. A text is French as far as it has an é; others leave it unsure.
class SampleRouters : public RouterSource {
public:
    std::vector<RunRecord> runs;
    std::map<std::string, std::vector<NumberedMatrix>> all; ///< by run
    std::vector<std::string> asked;                         ///< texts to decide
    std::map<std::string, int> reads;                       ///< of matrices, by run
    bool isSlow = false;                                    ///< keeps its answers for answerAll()

    std::vector<NumberedMatrix> matrices(const std::string& run) override {
        ++reads[run];
        return all[run];
    }
    /// Two in each cell that has any in the first matrix of whole articles, but none was kept of es.
    void examples(std::int64_t, std::int64_t row, std::int64_t column, Examples answer) override {
        std::vector<RoutedExample> kept;
        if (row < 4) kept = {sampleExample(row, column, 1), sampleExample(row, column, 2)};
        if (isSlow)
            m_waiting.push_back([answer, kept] { answer(kept); });
        else
            answer(kept);
    }
    std::vector<DomainFeatures> topFeatures(const std::string& run) override {
        if (run.find("knn") != std::string::npos) return {};
        const std::vector<std::vector<std::string>> words = {
            {" the", " of", " and", " was", " in", " to", " by", " with", " he", " is", " from", " an"},
            {" de", " la", " les", " et", " des", "é", " du", " le", " une", " est", " en", "ée"},
            {" der", " und", " die", "ß", " das", "ü", " ein", " von", " mit", " im", "ung", " den"},
            {"\n", "    ", "\t", "self", "(", " def", " =", "):\n", " return", "_", " import", "[i"}};
        std::vector<DomainFeatures> features;
        for (std::size_t i = 0; i < words.size(); ++i) {
            features.push_back({routedRows[i], {}});
            for (std::size_t k = 0; k < words[i].size(); ++k)
                features[i].features.push_back(
                    {words[i][k], 9.31 * std::exp(-0.21 * double(k)) + 0.1 * double(i)});
        }
        return features;
    }
    void decide(const std::string& run, const std::string& text, Decided answer) override {
        asked.push_back(run + "|" + text);
        if (isSlow)
            m_waiting.push_back([answer, decision = decisionOf(text)] { answer(decision); });
        else
            answer(decisionOf(text));
    }
    void answerAll() {
        for (const auto& answer : m_waiting)
            answer();
        m_waiting.clear();
    }

private:
    static LiveDecision decisionOf(const std::string& text) {
        const bool isFrench = text.find("é") != std::string::npos;
        LiveDecision decision{{"en", "fr", "de", "py"}, {0.01, 0.97, 0.01, 0.01}, "fr", 0.83, {}, {}, {}};
        if (!isFrench) {
            decision.probabilities = {0.61, 0.2, 0.1, 0.09};
            decision.decided = unknown_domain;
        }
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = std::min(text.find(' ', begin + 1), text.size());
            decision.pieces.push_back(text.substr(begin, end - begin));
            const auto first = static_cast<std::int64_t>(decision.pieces.size()) - 1;
            const bool isFor = decision.pieces.back().find("é") != std::string::npos;
            decision.evidence.push_back({first, 1, isFor ? 0.8 : first % 3 == 0 ? -0.3 : 0.1});
            begin = end;
        }
        return decision;
    }

    std::vector<std::function<void()>> m_waiting;
};

/// Whole articles and 8, 16, … 1024 tokens, on valid and on train; error falls with the length.
inline void addRouter(SampleRouters& source, const std::string& variant, std::uint64_t seed, double error) {
    source.runs.push_back(sampleRouter(variant, seed));
    auto& matrices = source.all[source.runs.back().id];
    for (const char* split : {"valid", "train"})
        for (std::int64_t length = 8; length <= 2048; length *= 2) {
            const bool isWhole = length == 2048;
            const double factor = isWhole ? 1 : 1 + 10 * std::exp(-double(length) / 60);
            const double ours = split[0] == 'v' ? error : error / 2;
            NumberedMatrix matrix;
            matrix.number = static_cast<std::int64_t>(source.all.size() * 100 + matrices.size());
            matrix.evaluation = sampleMatrix(variant, isWhole ? 0 : length, std::min(0.9, ours * factor));
            matrix.evaluation.split = split;
            matrices.push_back(std::move(matrix));
        }
}

} // namespace retort
