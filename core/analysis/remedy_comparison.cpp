// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/remedy_comparison.h"

#include "spec/run_spec_json.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

namespace retort {
namespace {

double final_loss(const StageMatrix& matrix) {
    if (matrix.rows.empty()) return std::numeric_limits<double>::quiet_NaN();
    const std::vector<double>& losses = matrix.rows.back().scores.loss;
    return std::accumulate(losses.begin(), losses.end(), 0.0) / static_cast<double>(losses.size());
}

/// What is left of a specification when seed and order are the same for all.
std::string group_of(RunSpec spec) {
    spec.seed = 1;
    spec.schedule.domains = training_domains(spec);
    std::ranges::sort(spec.schedule.domains);
    std::ranges::sort(spec.data.domains);
    std::ranges::sort(spec.data.tokenizer.domains);
    return to_json(spec).dump();
}

template <class Value, class Key>
void add_new(std::vector<Value>& values, const Key& value) {
    if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

using Runs = std::vector<const RemedyRun*>;

/// What `value` says of each run; one that has none is left out.
template <class Of>
SampleSummary summary_of(const Runs& runs, const Of& value) {
    std::vector<double> values;
    for (const RemedyRun* run : runs)
        if (const std::optional<double> number = value(*run)) values.push_back(*number);
    return summarise(values);
}

SampleSummary measure_of(const Runs& runs, Measure ForgettingMeasures::*measure) {
    return summary_of(runs, [measure](const RemedyRun& run) { return (run.measures.*measure).value; });
}

SampleSummary loss_of(const Runs& runs) {
    return summary_of(runs, [](const RemedyRun& run) { return std::optional(run.loss); });
}

Runs complete_runs(std::span<const RemedyRun> runs, const std::string& variant) {
    Runs complete;
    for (const RemedyRun& run : runs)
        if (run.variant == variant && !run.matrix.rows.empty() && run.matrix.is_complete())
            complete.push_back(&run);
    return complete;
}

bool is_better(const CostPair& a, const CostPair& b) {
    return a.x <= b.x && a.y <= b.y && (a.x < b.x || a.y < b.y);
}

std::optional<double> range_of(const std::vector<double>& values) {
    if (values.size() < 2 || !are_finite(values)) return {};
    const auto [least, largest] = std::ranges::minmax(values);
    return largest - least;
}

std::vector<double> values_of(const Runs& runs, const auto& value) {
    std::vector<double> values;
    for (const RemedyRun* run : runs)
        values.push_back(value(*run));
    return values;
}

/// Each element: the runs of one order.
OrderSpread spread_of(const std::vector<Runs>& orders, const auto& value) {
    std::vector<double> means, ranges;
    double squares = 0, freedom = 0;
    for (const Runs& runs : orders) {
        const std::vector<double> values = values_of(runs, value);
        const SampleSummary summary = summarise(values);
        means.push_back(summary.mean.value_or(std::numeric_limits<double>::quiet_NaN()));
        if (const auto range = range_of(values)) ranges.push_back(*range);
        if (!summary.standard_deviation) continue;
        const auto own = static_cast<double>(values.size() - 1);
        squares += own * *summary.standard_deviation * *summary.standard_deviation;
        freedom += own;
    }
    OrderSpread spread{{range_of(means), summarise(means).standard_deviation}, {}};
    if (freedom > 0) spread.seeds = {summarise(ranges).mean, std::sqrt(squares / freedom)};
    return spread;
}

/// Places of the stages; the columns of a matrix begin with them.
std::vector<std::string> order_of(const RemedyRun& run) {
    const auto stages = static_cast<std::ptrdiff_t>(run.matrix.rows.size());
    return {run.matrix.domains.begin(), run.matrix.domains.begin() + stages};
}

std::vector<SampleSummary> by_position(const std::vector<Runs>& orders,
                                       const std::vector<std::string>& domains) {
    std::vector<SampleSummary> cells;
    for (const std::string& domain : domains)
        for (std::size_t place = 0; place < domains.size(); ++place) {
            std::vector<double> losses;
            for (const Runs& runs : orders)
                for (const RemedyRun* run : runs)
                    if (run->matrix.domains[place] == domain)
                        losses.push_back(run->matrix.rows.back().scores.loss[place]);
            cells.push_back(summarise(losses));
        }
    return cells;
}

double forgetting_of(const RemedyRun& run) {
    return run.measures.forgetting.value.value_or(std::numeric_limits<double>::quiet_NaN());
}

OrderSensitivity sensitivity_of(const std::vector<Runs>& orders) {
    OrderSensitivity result;
    for (const Runs& runs : orders)
        result.orders.push_back({runs.front()->variant, order_of(*runs.front()), loss_of(runs),
                                 measure_of(runs, &ForgettingMeasures::forgetting)});
    result.domains = result.orders.front().order;
    result.by_position = by_position(orders, result.domains);
    result.loss = spread_of(orders, [](const RemedyRun& run) { return run.loss; });
    result.forgetting = spread_of(orders, forgetting_of);
    return result;
}

} // namespace

RemedyRun remedy_run(std::string variant, const RunSpec& spec, StageMatrix matrix, const StageMatrix* joint) {
    RemedyRun run{std::move(variant), spec.seed, std::move(matrix), {}, 0, {}};
    run.measures = forgetting_measures(run.matrix, joint);
    run.loss = final_loss(run.matrix);
    if (run.matrix.is_sequential) run.order_group = group_of(spec);
    return run;
}

std::vector<RemedySummary> summarise_remedies(std::span<const RemedyRun> runs) {
    std::vector<std::string> variants;
    for (const RemedyRun& run : runs)
        add_new(variants, run.variant);
    std::vector<RemedySummary> summaries;
    for (const std::string& variant : variants) {
        const Runs complete = complete_runs(runs, variant);
        summaries.push_back({variant,
                             std::ranges::find(runs, variant, &RemedyRun::variant)->matrix.is_sequential,
                             static_cast<std::size_t>(std::ranges::count(runs, variant, &RemedyRun::variant)),
                             loss_of(complete), measure_of(complete, &ForgettingMeasures::forgetting),
                             measure_of(complete, &ForgettingMeasures::backward),
                             measure_of(complete, &ForgettingMeasures::forward),
                             measure_of(complete, &ForgettingMeasures::forward_unigram),
                             measure_of(complete, &ForgettingMeasures::intransigence)});
    }
    return summaries;
}

std::vector<std::size_t> pareto_front(std::span<const CostPair> costs) {
    const auto is_finite = [](const CostPair& cost) {
        return std::isfinite(cost.x) && std::isfinite(cost.y);
    };
    std::vector<std::size_t> front;
    for (std::size_t i = 0; i < costs.size(); ++i) {
        const auto beats = [&](const CostPair& other) {
            return is_finite(other) && is_better(other, costs[i]);
        };
        if (is_finite(costs[i]) && std::ranges::none_of(costs, beats)) front.push_back(i);
    }
    std::ranges::stable_sort(front, {}, [&](std::size_t i) { return std::pair(costs[i].x, costs[i].y); });
    return front;
}

std::vector<OrderSensitivity> order_sensitivities(std::span<const RemedyRun> runs) {
    std::vector<std::string> groups;
    for (const RemedyRun& run : runs)
        if (!run.order_group.empty()) add_new(groups, run.order_group);
    std::vector<OrderSensitivity> results;
    for (const std::string& group : groups) {
        std::vector<std::string> variants;
        std::vector<Runs> orders;
        std::set<std::vector<std::string>> different;
        for (const RemedyRun& run : runs)
            if (run.order_group == group) add_new(variants, run.variant);
        for (const std::string& variant : variants) {
            const Runs complete = complete_runs(runs, variant);
            if (complete.empty()) continue;
            orders.push_back(complete);
            different.insert(order_of(*complete.front()));
        }
        if (different.size() > 1) results.push_back(sensitivity_of(orders));
    }
    return results;
}

} // namespace retort
