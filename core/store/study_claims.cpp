// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/study_claims.h"

#include "analysis/claim_metrics.h"
#include "base/error.h"
#include "spec/study_spec.h"
#include "store/stage_matrices.h"

#include <algorithm>
#include <limits>

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

/// What the tests of one study need: each number read once.
ClaimValues read_values(RunStore& store, const StudySpec& study) {
    ClaimValues values;
    const auto read = [&](const std::string& metric, const std::string& variant) {
        for (const std::uint64_t seed : study.seeds) {
            MetricValues& known = values[metric];
            if (variant.empty() || known.contains({variant, seed})) continue;
            const auto run = store.newest_done(study.name, variant, seed);
            if (run) known[{variant, seed}] = read_metric(store, *run, parse_metric(metric).value());
        }
    };
    for (const Claim& claim : study.claims)
        for (const ClaimTest& test : claim.tests) {
            read(metric_of(test), test.variant);
            read(metric_of(test), test.reference);
        }
    return values;
}

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
    StudyClaims result{record.name, study.title, study.conclusions.value_or(true), {}};
    const ClaimValues values = read_values(store, study);
    for (const Claim& claim : study.claims)
        result.claims.push_back(assess_claim(claim, study.seeds, values, result.conclusions));
    return result;
}

} // namespace retort
