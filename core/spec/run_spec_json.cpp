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
    spec.modular.emplace();
    spec.router.emplace();
    spec.evaluation.emplace();
    return spec;
}

template <class Section>
void settle(std::optional<Section>& section, bool belongs) {
    if (!belongs) section.reset();
    if (belongs && !section) section.emplace();
}

/// Each task has its own sections; one that is named and belongs to another task is a mistake.
void settle_sections(RunSpec& spec, const Json& json, std::vector<Problem>& problems) {
    for (const std::string_view section : foreign_sections(spec.task)) {
        const auto found = json.find(section);
        if (found != json.end() && !found->is_null())
            problems.push_back({"/" + std::string(section), "does not belong to a run with the task " +
                                                                std::string(name_of(spec.task)) +
                                                                "; remove it."});
    }
    const bool is_modular = spec.task == Task::modular, learns = is_modular || spec.task == Task::distill;
    settle(spec.teacher, learns);
    settle(spec.distill, learns);
    settle(spec.modular, is_modular);
    settle(spec.evaluation, is_modular);
    settle(spec.router, is_modular || spec.task == Task::router);
}

} // namespace

std::span<const std::string_view> foreign_sections(Task task) {
    using namespace std::string_view_literals;
    static constexpr std::array of_teacher = {"teacher"sv, "distill"sv, "router"sv, "modular"sv,
                                              "evaluation"sv};
    static constexpr std::array of_distill = {"router"sv, "modular"sv, "evaluation"sv};
    static constexpr std::array of_router = {"teacher"sv,  "model"sv,     "distill"sv, "schedule"sv,
                                             "remedies"sv, "optim"sv,     "run"sv,     "best"sv,
                                             "modular"sv,  "evaluation"sv};
    switch (task) {
    case Task::router:
        return of_router;
    case Task::distill:
        return of_distill;
    case Task::modular:
        return {};
    case Task::teacher:
        break;
    }
    return of_teacher;
}

Json to_json(const RunSpec& spec) {
    Json json = {{"retort", spec_version}};
    JsonWriter writer(json);
    RunSpec copy = spec;
    describe(writer, copy);
    for (const std::string_view section : foreign_sections(spec.task))
        json.erase(std::string(section));
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
