// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/run_record.h"

#include "spec/imported_run.h"
#include "spec/run_spec_fields.h"

#include <set>

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

std::string trimmed(const std::string& text) {
    constexpr const char* spaces = " \t\r\n";
    const auto first = text.find_first_not_of(spaces);
    return first == std::string::npos ? std::string()
                                      : text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

} // namespace

std::vector<std::string> tidy_tags(const std::vector<std::string>& tags) {
    std::set<std::string> tidy;
    for (const std::string& tag : tags)
        tidy.insert(trimmed(tag));
    tidy.erase("");
    return {tidy.begin(), tidy.end()};
}

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
            {"name", record.marks.name},
            {"tags", record.marks.tags},
            {"starred", record.marks.starred},
            {"note", record.marks.note},
            {"spec", *record.spec},
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
