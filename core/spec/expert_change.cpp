// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/expert_change.h"

#include "spec/grid.h"

#include <algorithm>

namespace retort {
namespace {

using Kind = ExpertChange::Kind;

std::string fault_of(const FinishedModel& model, const ExpertChange& change) {
    if (!model.plan.spec.modular) return "is no modular model; name a run of the task modular.";
    const auto& experts = experts_of(model.plan.spec);
    const bool is_there = std::ranges::count(experts, change.expert) > 0;
    if (change.kind == Kind::add && is_there)
        return "has an expert " + change.expert + " already; replace it, or give the new one another name.";
    if (change.kind != Kind::add && !is_there) return "has no expert " + change.expert + ".";
    if (change.kind == Kind::remove && experts.size() == 1) return "has one expert alone, which must stay.";
    return {};
}

const char* mark_of(Kind kind) {
    return kind == Kind::add ? "+" : kind == Kind::remove ? "-" : "~";
}

/// The same tokens, updates and sequences of an update for one expert as each of the model's had.
void set_budget(const FinishedModel& model, const ExpertChange& change, RunSpec& spec) {
    const OptimSpec& before = model.plan.spec.optim;
    const auto experts = static_cast<std::int64_t>(model.plan.spec.data.domains.size());
    std::int64_t tokens = change.tokens.value_or(before.tokens / experts),
                 batch = std::max<std::int64_t>(1, before.batch / experts);
    if (spec.modular->architecture == Architecture::ple) { // its expert_run() takes a share of both
        tokens *= static_cast<std::int64_t>(spec.data.domains.size());
        batch *= static_cast<std::int64_t>(spec.data.domains.size());
    }
    spec.optim.tokens = tokens;
    spec.optim.batch = batch;
}

RunSpec changed_spec(const FinishedModel& model, const ExpertChange& change) {
    RunSpec spec = model.plan.spec;
    ModularSpec& modular = *spec.modular;
    spec.data.tokenizer.domains = tokenizer_domains(model.plan.spec.data);
    modular.experts = experts_of(model.plan.spec);
    modular.base = model.artifact;
    modular.train.clear();
    modular.files.clear();
    if (change.kind == Kind::add) {
        modular.experts.push_back(change.expert);
        if (std::ranges::count(spec.data.domains, change.expert) == 0)
            spec.data.domains.push_back(change.expert);
    }
    if (change.kind == Kind::remove) std::erase(modular.experts, change.expert);
    if (!change.file.empty())
        modular.files = {change.file};
    else if (change.kind != Kind::remove)
        modular.train = {change.expert};
    if (!modular.train.empty()) {
        spec.schedule = {.kind = ScheduleKind::balanced, .domains = {change.expert}};
        set_budget(model, change, spec);
    }
    if (spec.teacher && !model.teacher_artifact.empty()) spec.teacher->artifact = model.teacher_artifact;
    auto& grid = spec.evaluation->grid;
    if (std::ranges::count(grid, "singles") == 0) grid.emplace_back("singles"); // to compare before and after
    return spec;
}

std::string teacher_artifact(const RunSpec& spec, std::span<const RunRecord> runs) {
    if (!spec.teacher || !spec.teacher->artifact.empty() || !spec.teacher->path.empty()) return {};
    const RunSpec teacher = teacher_run(spec);
    for (const RunRecord& run : runs)
        if (run.task == Task::teacher && run.status == RunStatus::done &&
            read_run_spec(run.spec).spec == teacher)
            return run.model_artifact;
    return {};
}

} // namespace

std::optional<FinishedModel> finished_model(const RunRecord& run, std::span<const RunRecord> runs) {
    if (run.task != Task::modular || run.model_artifact.empty()) return {};
    const RunSpec spec = read_run_spec(run.spec).spec;
    return FinishedModel{
        {run.study, run.variant, run.seed, spec}, run.model_artifact, teacher_artifact(spec, runs)};
}

PlanReading changed_run(const FinishedModel& model, const ExpertChange& change) {
    PlanReading reading;
    if (const std::string fault = fault_of(model, change); !fault.empty()) {
        reading.problems.push_back({model.plan.label(), fault});
        return reading;
    }
    RunPlan plan = model.plan;
    plan.variant += mark_of(change.kind) + change.expert;
    plan.spec = changed_spec(model, change);
    reading.problems = check(plan.spec);
    if (reading.problems.empty()) reading.plans.push_back(std::move(plan));
    return reading;
}

} // namespace retort
