// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/run_record.h"

#include "spec/imported_run.h"
#include "spec/run_spec_fields.h"

namespace retort {
namespace {

template <class T>
Json json_or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json summary_json(const RunSummary& summary) {
    return {
        {"loss", json_or_null(summary.loss)}, {"ce", json_or_null(summary.ce)},
        {"kd", json_or_null(summary.kd)},     {"tokens_per_second", json_or_null(summary.tokens_per_second)},
        {"perplexity", summary.perplexity},   {"accuracy", summary.accuracy}};
}

Json best_json(const std::optional<BestEvaluation>& best) {
    if (!best) return nullptr;
    return {{"step", best->step}, {"loss", best->loss}};
}

} // namespace

Json to_json(const RunRecord& record) {
    return {{"id", record.id},
            {"study", record.study},
            {"variant", record.variant},
            {"seed", record.seed},
            {"attempt", record.attempt},
            {"task", task_name(record)},
            {"status", name_of(record.status)},
            {"reason", record.reason},
            {"created", record.created},
            {"spec", record.spec},
            {"steps", record.steps},
            {"total_steps", record.total_steps},
            {"tokens", record.tokens},
            {"wall_seconds", record.wall_seconds},
            {"parameters", {{"total", record.parameters.total}, {"active", record.parameters.active}}},
            {"summary", summary_json(record.summary)},
            {"best", best_json(record.best)},
            {"model", record.model_artifact}};
}

} // namespace retort
