// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/event_json.h"

#include "spec/run_spec_fields.h"

#include <cmath>

namespace retort {
namespace {

Json number(double value) {
    if (std::isfinite(value)) return value;
    return std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

Json body(const RunStarted& e) {
    const ResolvedSettings& r = e.resolved;
    return {{"event", "started"},
            {"resumed_from_step", e.resumed_from_step},
            {"total_steps", e.total_steps},
            {"tokens_per_step", e.tokens_per_step},
            {"parameters", {{"total", e.parameters.total}, {"active", e.parameters.active}}},
            {"device", r.device},
            {"precision", r.precision},
            {"threads", r.threads},
            {"inexact", e.inexact}};
}

Json body(const StepMeasured& e) {
    Json json = {{"event", "step"}, {"step", e.step}, {"tokens", e.tokens}, {"wall_seconds", e.wall_seconds}};
    for (const Metric& metric : e.metrics)
        json["metrics"][metric.series.name] = number(metric.value);
    return json;
}

Json body(const Evaluated& e) {
    Json json = {
        {"event", "evaluated"}, {"step", e.step}, {"tokens", e.tokens}, {"wall_seconds", e.wall_seconds}};
    json["rows"] = Json::array();
    for (const EvaluationRow& row : e.rows)
        json["rows"].push_back({{"domain", row.domain},
                                {"expert", row.expert},
                                {"setting", row.setting},
                                {"split", row.split},
                                {"nll", number(row.nll)},
                                {"tokens", row.tokens},
                                {"bytes", row.bytes},
                                {"correct", row.correct}});
    json["samples"] = Json::array();
    for (const TextSample& sample : e.samples)
        json["samples"].push_back(
            {{"domain", sample.domain}, {"prompt", sample.prompt}, {"text", sample.text}});
    return json;
}

/// Without the examples, which are many.
Json body(const RoutingEvaluation& e) {
    return {{"event", "routed"},
            {"kind", e.kind},
            {"classifier", e.classifier},
            {"split", e.split},
            {"fold", e.fold},
            {"length", e.length},
            {"step", e.step},
            {"rows", e.rows},
            {"columns", e.columns},
            {"counts", e.counts},
            {"forced", e.forced},
            {"log_loss", number(e.log_loss)},
            {"unknown_auroc", number(e.unknown_auroc)}};
}

Json body(const CheckpointSaved& e) {
    return {{"event", "checkpoint"},
            {"step", e.step},
            {"folder", e.folder},
            {"bytes", e.bytes},
            {"best", e.best}};
}

Json body(const Progressed& e) {
    return {{"event", "progress"}, {"phase", e.phase}, {"done", e.done}, {"total", e.total}};
}

Json body(const Notice& e) {
    constexpr const char* levels[] = {"info", "warning", "error"};
    return {{"event", "notice"}, {"level", levels[static_cast<int>(e.level)]}, {"text", e.text}};
}

Json body(const StatusChanged& e) {
    return {{"event", "status"},
            {"status", name_of(e.status)},
            {"reason", e.reason},
            {"model", e.model_artifact}};
}

} // namespace

Json to_json(const RunEvent& event) {
    Json json = {{"run", event.run}, {"attempt", event.attempt}, {"sequence", event.sequence}};
    json.update(std::visit([](const auto& what) { return body(what); }, event.what));
    return json;
}

} // namespace retort
