// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/imported_run.h"

#include "spec/run_spec_fields.h"

namespace retort {
namespace {

constexpr const char* origin_key = "imported";

} // namespace

Json origin_json(const ImportedRun& run, const std::string& sha256) {
    return {{origin_key, {{"from", run.from}, {"format", run.format}, {"sha256", sha256}}}};
}

bool is_imported(const RunRecord& run) {
    const Json& spec = run.spec;
    return spec.is_object() && spec.contains(origin_key);
}

std::string_view task_name(const RunRecord& run) {
    return is_imported(run) ? origin_key : name_of(run.task);
}

} // namespace retort
