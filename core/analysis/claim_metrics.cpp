// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/claim_metrics.h"

#include "analysis/confusion.h"
#include "analysis/evaluation.h"
#include "analysis/statistics.h"
#include "spec/grid.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <vector>

namespace retort {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using Rows = std::vector<EvaluationRow>;

Rows rows_of_setting(std::span<const EvaluationRow> rows, const std::string& setting) {
    Rows chosen;
    std::ranges::copy_if(rows, std::back_inserter(chosen), [&](const EvaluationRow& row) {
        return row.setting == setting && row.expert.empty() && row.split == "valid";
    });
    return chosen;
}

/// As it is stored: `all` for all experts, whatever names the claim used.
std::string stored_name(const std::string& setting, const RunSpec& spec) {
    const auto parsed = spec.modular ? parse_setting(setting, experts_of(spec)) : std::nullopt;
    return parsed ? name_of(*parsed, experts_of(spec)) : setting;
}

double score(const ConfusionMatrix& matrix, const std::string& name) {
    if (name == "accuracy") return accuracy(matrix);
    const ClassScores scores = weighted_scores(matrix);
    return name == "precision" ? scores.precision : name == "recall" ? scores.recall : scores.f1;
}

} // namespace

double loss_metric(const ClaimMetric& metric, const RunSpec& spec, std::span<const EvaluationRow> rows) {
    if (metric.kind == ClaimMetric::Kind::setting_loss)
        return macro_mean(rows_of_setting(rows, stored_name(metric.part, spec)));
    const Rows whole = headline(rows);
    return best_criterion(metric.kind == ClaimMetric::Kind::domain_loss ? metric.part : "macro", whole);
}

double increment_variance(std::span<const std::int64_t> steps, std::span<const double> values) {
    std::vector<double> increments;
    for (std::size_t i = 1; i < std::min(steps.size(), values.size()); ++i)
        if (steps[i] == steps[i - 1] + 1) increments.push_back(values[i] - values[i - 1]);
    const auto deviation = summarise(increments).standard_deviation;
    return deviation ? *deviation * *deviation : nan;
}

double router_metric(const ClaimMetric& metric, std::span<const RoutingEvaluation> evaluations) {
    double found = nan;
    for (const RoutingEvaluation& evaluation : evaluations) {
        if (evaluation.kind != "router" || evaluation.length != metric.length) continue;
        const bool is_of_all = evaluation.split == "folds" && evaluation.fold == 0;
        if (is_of_all) return score(headline_matrix(evaluation), metric.part);
        if (evaluation.split == "valid") found = score(headline_matrix(evaluation), metric.part);
    }
    return found;
}

} // namespace retort
