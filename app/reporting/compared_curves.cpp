// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reporting/compared_curves.h"

#include "analysis/evaluation.h"
#include "base/error.h"

#include <algorithm>
#include <map>
#include <set>

namespace retort {
namespace {

/// Mean over the domains, or one domain's; nothing where it was not evaluated.
std::optional<double> value_of(const std::vector<EvaluationRow>& rows, const EvaluationMetric& metric) {
    double sum = 0;
    int count = 0;
    for (const EvaluationRow& row : headline(rows)) {
        if (!metric.domain.empty() && row.domain != metric.domain) continue;
        sum += metric.ratio(row);
        ++count;
    }
    return count == 0 ? std::nullopt : std::optional(sum / count);
}

void add_evaluations(RunStore& store, const RunRecord& run, const EvaluationMetric& metric,
                     SeedCurve& curve) {
    std::map<std::int64_t, std::vector<EvaluationRow>> by_step;
    for (EvaluationRecord& record : store.evaluations(run.id))
        by_step[record.step].push_back(std::move(record.row));
    for (const auto& [step, rows] : by_step)
        if (const auto value = value_of(rows, metric)) {
            curve.steps.push_back(step);
            curve.values.push_back(*value);
        }
}

void add_series(RunStore& store, const RunRecord& run, const std::string& name, SeedCurve& curve) {
    for (SeriesPoints& points : store.series(run.id, name)) {
        // Of the whole run; only what was imported has curves of another split than training's.
        if (!points.key.domain.empty() || !points.key.expert.empty() || !points.key.setting.empty()) continue;
        curve.steps = std::move(points.steps);
        curve.values = std::move(points.values);
    }
}

} // namespace

std::optional<EvaluationMetric> evaluation_metric(const std::string& name) {
    static const std::map<std::string, EvaluationMetric> known = {
        {"loss", {nats_per_token, {}, {"Loss", "nats per token", Better::lower, {}}}},
        {"perplexity", {perplexity, {}, {"Perplexity", "", Better::lower, {}}}},
        {"bits_per_byte", {bits_per_byte, {}, {"Loss", "bits per byte", Better::lower, {}}}},
        {"accuracy", {accuracy, {}, {"Top-1 accuracy", "", Better::higher, {}}}}};
    const auto dot = name.find('.');
    const auto found = known.find(name.substr(0, dot));
    if (found == known.end()) return {};
    EvaluationMetric metric = found->second;
    if (dot == std::string::npos) return metric;
    metric.domain = name.substr(dot + 1);
    metric.topic.quantity += " on " + metric.domain;
    return metric;
}

std::vector<RunRecord> runs_of_study(const std::vector<RunRecord>& all, const std::string& study) {
    std::vector<RunRecord> runs;
    std::set<std::pair<std::string, std::uint64_t>> seen;
    for (const RunRecord& run : all) // newest attempt first
        if (run.study == study && run.status == RunStatus::done && run.task != Task::router &&
            run.variant != "teacher" && !run.variant.starts_with("expert-") &&
            seen.emplace(run.variant, run.seed).second)
            runs.push_back(run);
    std::ranges::sort(runs, {}, &RunRecord::created);
    return runs;
}

std::vector<RunRecord> chosen_runs(RunStore& store, const std::vector<std::string>& names) {
    const std::vector<RunRecord> all = store.runs();
    std::vector<RunRecord> runs;
    for (const std::string& name : names) {
        const bool is_study = std::ranges::count(all, name, &RunRecord::study) > 0;
        std::vector<RunRecord> more = is_study ? runs_of_study(all, name) : std::vector{store.run(name)};
        std::ranges::move(more, std::back_inserter(runs));
    }
    return runs;
}

std::vector<SeedCurve> curves_of(RunStore& store, const std::vector<RunRecord>& runs,
                                 const std::string& metric) {
    const auto evaluated = evaluation_metric(metric);
    const bool has_studies =
        std::ranges::any_of(runs, [&](const RunRecord& run) { return run.study != runs.front().study; });
    std::vector<SeedCurve> curves;
    for (const RunRecord& run : runs) {
        SeedCurve curve;
        curve.variant = has_studies ? run.study + "/" + run.variant : run.variant;
        curve.seed = run.seed;
        curve.stands = run.status == RunStatus::done && run.total_steps == 0;
        if (evaluated)
            add_evaluations(store, run, *evaluated, curve);
        else
            add_series(store, run, metric, curve);
        if (!curve.steps.empty()) curves.push_back(std::move(curve));
    }
    if (curves.empty())
        throw Error(ErrorKind::data, "None of these runs has measured " + metric +
                                         "; name loss, perplexity, accuracy or bits_per_byte, with .DOMAIN "
                                         "for one domain, or a curve such as ce.");
    return curves;
}

} // namespace retort
