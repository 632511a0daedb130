// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/run_spec_json.h"

#include "spec/field_visitors.h"
#include "spec/run_spec_fields.h"

namespace retort {
namespace {

RunSpec complete_run() {
    RunSpec spec;
    spec.teacher.emplace();
    spec.distill.emplace();
    return spec;
}

/// A distill run has a teacher and a distillation; a teacher has neither.
void settle_sections(RunSpec& spec, const Json& json, std::vector<Problem>& problems) {
    if (spec.task == Task::distill) {
        if (!spec.teacher) spec.teacher.emplace();
        if (!spec.distill) spec.distill.emplace();
        return;
    }
    for (const char* section : {"teacher", "distill"})
        if (json.contains(section) && !json.at(section).is_null())
            problems.push_back(
                {std::string("/") + section, "does not belong to a run with the task teacher; remove it."});
    spec.teacher.reset();
    spec.distill.reset();
}

} // namespace

Json to_json(const RunSpec& spec) {
    Json json = {{"retort", spec_version}};
    JsonWriter writer(json);
    RunSpec copy = spec;
    describe(writer, copy);
    return json;
}

RunSpecReading read_run_spec(const Json& json) {
    RunSpecReading reading;
    if (!json.is_object()) {
        reading.problems.push_back({"", "must be an object with the fields of a run."});
        return reading;
    }
    JsonReader reader(json, "", reading.problems, {"retort"});
    describe(reader, reading.spec);
    reader.report_unknown_keys();
    settle_sections(reading.spec, json, reading.problems);
    if (reading.problems.empty()) reading.problems = check(reading.spec);
    return reading;
}

SectionInfo describe_run_spec() {
    SectionInfo root;
    RunSpec spec = complete_run();
    SectionLister lister(root);
    describe(lister, spec);
    return root;
}

} // namespace retort
