// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/study_claims.h"

#include "analysis/claim_metrics.h"
#include "base/error.h"
#include "spec/study_spec.h"
#include "store/stage_matrices.h"

#include <limits>
#include <map>
#include <set>
#include <utility>

namespace retort {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double read_loss(RunStore& store, const RunRecord& run, const ClaimMetric& metric) {
    std::vector<EvaluationRow> newest;
    std::int64_t step = 0;
    for (EvaluationRecord& record : store.evaluations(run.id)) {
        if (record.step != step) newest.clear();
        step = record.step;
        newest.push_back(std::move(record.row));
    }
    return loss_metric(metric, read_run_spec(run.spec).spec, newest);
}

double read_forgetting(RunStore& store, const RunRecord& run, const ClaimMetric& metric) {
    const ForgettingMeasures measures = forgetting_measures(read_stage_matrix(store, run));
    const Measure& asked = metric.kind == ClaimMetric::Kind::bwt ? measures.backward : measures.forgetting;
    return asked.value.value_or(nan);
}

double read_increment_variance(RunStore& store, const RunRecord& run) {
    for (const SeriesPoints& series : store.series(run.id, "ce"))
        if (series.key == SeriesKey{"ce", {}, {}, {}, "train"})
            return increment_variance(series.steps, series.values);
    return nan;
}

double read_router_metric(RunStore& store, const RunRecord& run, const ClaimMetric& metric) {
    std::vector<RoutingEvaluation> evaluations;
    for (MatrixRecord& record : store.matrices(run.id))
        evaluations.push_back(std::move(record.evaluation));
    return router_metric(metric, evaluations);
}

/// The newest finished runs of a study, and the numbers that its tests ask of them, each read once.
class StudyRuns {
public:
    StudyRuns(RunStore& store, const StudySpec& study) : store_(store) {
        for (const RunPlan& plan : plan_runs(study).plans)
            take(plan);
        for (const Claim& claim : study.claims)
            for (const ClaimTest& test : claim.tests)
                for (const auto& [key, is_as_planned] : is_as_planned_)
                    if (key.first == test.variant || key.first == test.reference) read(metric_of(test), key);
    }
    [[nodiscard]] const ClaimValues& values() const { return values_; }
    [[nodiscard]] std::vector<std::string> missing() const { return names_of(missing_); }
    [[nodiscard]] std::vector<std::string> deviating() const { return names_of(deviating_); }

private:
    using Key = MetricValues::key_type;

    static std::vector<std::string> names_of(const std::set<Key>& keys) {
        std::vector<std::string> names;
        for (const auto& [variant, seed] : keys)
            names.push_back(variant + "/" + std::to_string(seed));
        return names;
    }
    void take(const RunPlan& plan) {
        auto run = store_.newest_done(plan.study, plan.variant, plan.seed);
        const Key key = {plan.variant, plan.seed};
        is_as_planned_[key] = run && nlohmann::json(*run->spec) == nlohmann::json(to_json(plan.spec));
        if (run) runs_.emplace(key, *std::move(run));
    }
    void read(const std::string& metric, const Key& key) {
        if (!runs_.contains(key)) {
            missing_.insert(key);
            return;
        }
        if (!is_as_planned_[key]) deviating_.insert(key);
        if (!values_[metric].contains(key))
            values_[metric][key] = read_metric(store_, runs_.at(key), parse_metric(metric).value());
    }

    RunStore& store_;
    std::map<Key, RunRecord> runs_;
    std::map<Key, bool> is_as_planned_; ///< of every plan; false of those without a finished run
    std::set<Key> missing_;
    std::set<Key> deviating_;
    ClaimValues values_;
};

} // namespace

double read_metric(RunStore& store, const RunRecord& run, const ClaimMetric& metric) {
    using enum ClaimMetric::Kind;
    if (!read_run_spec(run.spec).problems.empty()) return nan;
    switch (metric.kind) {
    case loss:
    case domain_loss:
    case setting_loss:
        return read_loss(store, run, metric);
    case forgetting:
    case bwt:
        return read_forgetting(store, run, metric);
    case ce_increment_variance:
        return read_increment_variance(store, run);
    case ClaimMetric::Kind::router:
        break;
    }
    return read_router_metric(store, run, metric);
}

StudyClaims assess_study(RunStore& store, const StudyRecord& record) {
    const StudyReading reading = read_study(record.text);
    if (!reading.problems.empty())
        throw Error(ErrorKind::data, "The stored text of the study " + record.name +
                                         " cannot be read: " + to_text(reading.problems));
    const StudySpec& study = reading.study;
    StudyClaims result{record.name, study.title, study.conclusions.value_or(true), study.seeds, {}, {}, {}};
    if (study.claims.empty()) return result;
    const StudyRuns runs(store, study);
    for (const Claim& claim : study.claims)
        result.claims.push_back(assess_claim(claim, study.seeds, runs.values(), result.conclusions));
    result.missing = runs.missing();
    result.deviating = runs.deviating();
    return result;
}

} // namespace retort
