// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/router_table.h"

#include "analysis/confusion.h"
#include "app/ctl/text_table.h"

#include <fmt/core.h>
#include <map>
#include <set>

namespace retort::ctl {
namespace {

/// By input length; cross-validation where there is one, because it has asked about all text.
std::map<std::int64_t, double> f1_by_length(RunStore& store, const RunOutcome& outcome) {
    std::map<std::int64_t, double> scores;
    if (outcome.run_id.empty()) return scores;
    for (const auto& [number, evaluation] : store.matrices(outcome.run_id)) {
        const bool is_of_all = evaluation.split == "folds" && evaluation.fold == 0;
        if (is_of_all || (evaluation.split == "valid" && !scores.contains(evaluation.length)))
            scores[evaluation.length] = weighted_scores(headline_matrix(evaluation)).f1;
    }
    return scores;
}

} // namespace

std::string router_table(RunStore& store, const std::vector<RunOutcome>& outcomes) {
    std::vector<std::map<std::int64_t, double>> scores;
    std::set<std::int64_t> lengths;
    for (const RunOutcome& outcome : outcomes) {
        scores.push_back(f1_by_length(store, outcome));
        for (const auto& [length, f1] : scores.back())
            lengths.insert(length);
    }
    std::vector<std::vector<std::string>> rows = {{"weighted F1 in %", "status"}};
    for (const std::int64_t length : lengths)
        rows[0].push_back(length == 0 ? "articles" : fmt::format("{} tokens", length));
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        rows.push_back({outcomes[i].plan.label(), std::string(name_of(outcomes[i].outcome.status))});
        for (const std::int64_t length : lengths)
            rows.back().push_back(
                scores[i].contains(length) ? fmt::format("{:.2f}", 100 * scores[i].at(length)) : "");
    }
    return text_table(rows);
}

} // namespace retort::ctl
