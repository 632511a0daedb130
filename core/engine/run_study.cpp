// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run_study.h"

#include "base/error.h"
#include "engine/emitter.h"
#include "engine/prepare.h"
#include "engine/recipes.h"

namespace retort {
namespace fs = std::filesystem;
namespace {

RunPlan teacher_plan(const RunPlan& student) {
    const RunSpec spec = teacher_run(student.spec);
    return {student.study, "teacher", spec.seed, spec};
}

bool trains_its_teacher(const RunSpec& spec) {
    return uses_teacher(spec) && spec.teacher->artifact.empty() && spec.teacher->path.empty();
}

class StudyRunner {
public:
    StudyRunner(const StudyOptions& options, const Laboratory& laboratory, std::stop_token stop)
        : options_(options), lab_(laboratory), stop_(std::move(stop)) {}

    RunOutcome run(const RunPlan& plan) {
        RunOutcome result{plan, {}, false, {}};
        try {
            if (skip_finished(plan, result)) return result;
            if (!teacher_is_ready(plan, result)) return result;
            const RunTicket ticket = take(plan);
            result.run_id = ticket.id;
            result.outcome = carry_out(ticket);
        } catch (const std::exception& error) {
            result.outcome = failed_outcome(error);
        }
        return result;
    }

    RunOutcome resume(const std::string& run_id) {
        const RunTicket ticket = take_up(run_id);
        RunOutcome result{ticket.plan, ticket.id, false, {}};
        if (teacher_is_ready(ticket.plan, result))
            result.outcome = carry_out(ticket);
        else
            say_end(ticket, result.outcome, {});
        return result;
    }

private:
    RunTicket take_up(const std::string& run_id) {
        RunTicket ticket = lab_.ledger.resume(run_id);
        lab_.controls.request(ticket.id, RunCommand::go); // the wish to stop that ended it was for then
        return ticket;
    }

    /// A new attempt, or the newest one of the same specification where that was cut short.
    RunTicket take(const RunPlan& plan) {
        const auto record = options_.again ? std::nullopt : lab_.ledger.find(plan);
        const bool goes_on = record && (is_resumable(record->status) || is_live(record->status));
        return goes_on ? take_up(record->id) : lab_.ledger.begin(plan);
    }

    bool skip_finished(const RunPlan& plan, RunOutcome& result) {
        if (options_.again) return false;
        const auto record = lab_.ledger.find(plan);
        if (!record || record->status != RunStatus::done) return false;
        result.run_id = record->id;
        result.skipped = true;
        result.outcome.status = RunStatus::done;
        result.outcome.steps = record->steps;
        return true;
    }

    /// Trains the teacher of a plan where its weights are not there yet. False: it could not be trained.
    bool teacher_is_ready(const RunPlan& plan, RunOutcome& result) {
        if (!trains_its_teacher(plan.spec)) return true;
        const RunPlan teacher = teacher_plan(plan);
        if (find_trained_model(teacher.spec, lab_.artifacts)) return true;
        const RunTicket ticket = take(teacher);
        const Outcome outcome = carry_out(ticket);
        if (outcome.status == RunStatus::done) return true;
        result.outcome = outcome;
        result.outcome.reason = "The teacher was not trained: " + outcome.reason;
        return false;
    }

    /// Prepares, trains, keeps the weights, and says how it ended; never throws, so that the run is left by
    /// no one.
    Outcome carry_out(const RunTicket& ticket) {
        Outcome outcome;
        std::string artifact;
        try {
            const TrainingMember member{ticket, prepare(ticket)};
            outcome = train({&member, 1}, lab_.controls, lab_.sink, stop_).front();
            if (outcome.status == RunStatus::done) artifact = keep_model(ticket, outcome);
        } catch (const std::exception& error) {
            outcome = failed_outcome(error);
        }
        say_end(ticket, outcome, artifact);
        return outcome;
    }

    TrainingInputs prepare(const RunTicket& ticket) {
        Emitter emit(lab_.sink, ticket);
        return prepare_inputs(ticket.plan.spec, lab_.artifacts, [&](const std::string& phase, double done) {
            emit(Progressed{phase, done, 1.0});
        });
    }

    std::string keep_model(const RunTicket& ticket, const Outcome& outcome) {
        const std::string identity = open_corpus(ticket.plan.spec.data.corpus).identity();
        const Artifact kept =
            lab_.artifacts.put(model_recipe(ticket.plan.spec, identity), [&](const fs::path& folder) {
                for (const auto& entry : fs::directory_iterator(outcome.model))
                    fs::copy_file(entry.path(), folder / entry.path().filename());
            });
        std::error_code ignored; // the artifact holds the weights now
        fs::remove_all(outcome.model, ignored);
        return kept.id;
    }

    void say_end(const RunTicket& ticket, const Outcome& outcome, const std::string& artifact) {
        Emitter emit(lab_.sink, ticket);
        emit(StatusChanged{outcome.status, outcome.reason, artifact});
        try {
            emit.flush();
        } catch (const Error&) { // said already as the run's reason, or by the sink itself
        }
    }

    StudyOptions options_;
    Laboratory lab_;
    std::stop_token stop_;
};

} // namespace

std::vector<RunOutcome> run_study(std::span<const RunPlan> plans, const StudyOptions& options,
                                  Laboratory laboratory, std::stop_token stop) {
    StudyRunner runner(options, laboratory, stop);
    std::vector<RunOutcome> outcomes;
    for (const RunPlan& plan : plans) {
        if (stop.stop_requested()) break;
        outcomes.push_back(runner.run(plan));
    }
    return outcomes;
}

RunOutcome resume_run(const std::string& run_id, Laboratory laboratory, std::stop_token stop) {
    return StudyRunner({}, laboratory, std::move(stop)).resume(run_id);
}

} // namespace retort
