// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run_study.h"

#include "analysis/model_size.h"
#include "base/error.h"
#include "base/files.h"
#include "engine/emitter.h"
#include "engine/prepare.h"
#include "engine/recipes.h"
#include "engine/routing/route.h"
#include "spec/fan_out.h"

#include <cmath>
#include <optional>

namespace retort {
namespace fs = std::filesystem;
namespace {

bool trains_its_teacher(const RunSpec& spec) {
    return uses_teacher(spec) && spec.teacher->artifact.empty() && spec.teacher->path.empty();
}

/// Runs whose models a run reads, in the order in which they are to be made. Each is a run of its own:
/// study/teacher/seed, study/router/seed, study/expert-en/seed.
std::vector<RunPlan> required_runs(const RunPlan& plan) {
    std::vector<RunPlan> required;
    const auto add = [&](const std::string& variant, RunSpec spec) {
        required.push_back({plan.study, variant, spec.seed, std::move(spec)});
    };
    if (trains_its_teacher(plan.spec)) add("teacher", teacher_run(plan.spec));
    if (asks_router(plan.spec)) add("router", router_run(plan.spec));
    for (const std::string& expert : separate_experts(plan.spec))
        add("expert-" + expert, expert_run(plan.spec, expert));
    return required;
}

class StudyRunner {
public:
    StudyRunner(const StudyOptions& options, const Laboratory& laboratory, std::stop_token stop)
        : options_(options), lab_(laboratory), stop_(std::move(stop)) {}

    /// Plans that can share batches, or a single one.
    std::vector<RunOutcome> run(std::span<const RunPlan> plans) {
        std::vector<RunOutcome> results;
        std::vector<RunTicket> tickets;
        std::vector<std::size_t> places; // of the tickets among the results
        for (const RunPlan& plan : plans) {
            results.push_back({plan, {}, false, {}});
            try {
                if (skip_finished(plan, results.back()) || !models_are_ready(plan, results.back())) continue;
                tickets.push_back(take(plan));
                places.push_back(results.size() - 1);
                results.back().run_id = tickets.back().id;
            } catch (const std::exception& error) {
                results.back().outcome = failed_outcome(error);
            }
        }
        const std::vector<Outcome> outcomes = carry_out(tickets);
        for (std::size_t i = 0; i < places.size(); ++i)
            results[places[i]].outcome = outcomes[i];
        return results;
    }

    RunOutcome resume(const std::string& run_id) {
        const RunTicket ticket = take_up(run_id);
        RunOutcome result{ticket.plan, ticket.id, false, {}};
        if (models_are_ready(ticket.plan, result))
            result.outcome = carry_out({&ticket, 1}).front();
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

    /// Trains what a plan reads where it is not there yet. False: something could not be trained.
    bool models_are_ready(const RunPlan& plan, RunOutcome& result) {
        for (const RunPlan& needed : required_runs(plan)) {
            if (find_trained_model(needed.spec, lab_.artifacts)) continue;
            if (!models_are_ready(needed, result)) return false;
            const RunTicket ticket = take(needed);
            const Outcome outcome = carry_out({&ticket, 1}).front();
            if (outcome.status == RunStatus::done) continue;
            result.outcome = outcome;
            result.outcome.reason = "The " + needed.variant + " was not trained: " + outcome.reason;
            return false;
        }
        return true;
    }

    /// Prepares, trains, keeps the weights, and says how each ended; never throws, so that no run is left by
    /// everyone.
    std::vector<Outcome> carry_out(std::span<const RunTicket> tickets) {
        std::vector<Outcome> outcomes(tickets.size());
        std::vector<TrainingMember> members;
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < tickets.size(); ++i)
            try {
                members.push_back({tickets[i], prepare(tickets[i])});
                places.push_back(i);
            } catch (const std::exception& error) {
                outcomes[i] = failed_outcome(error);
            }
        const std::vector<Outcome> trained = train_all(members);
        for (std::size_t k = 0; k < places.size(); ++k)
            outcomes[places[k]] = trained[k];
        for (std::size_t i = 0; i < tickets.size(); ++i)
            settle(tickets[i], outcomes[i]);
        return outcomes;
    }

    std::vector<Outcome> train_all(std::span<const TrainingMember> members) {
        try {
            if (members.size() == 1 && members.front().ticket.plan.spec.task == Task::router)
                return {route(members.front(), lab_.controls, lab_.sink, stop_)};
            return train(members, lab_.controls, lab_.sink, stop_);
        } catch (const std::exception& error) {
            return {members.size(), failed_outcome(error)};
        }
    }

    void settle(const RunTicket& ticket, Outcome& outcome) {
        std::string artifact;
        try {
            if (outcome.status == RunStatus::done) artifact = keep_model(ticket, outcome);
        } catch (const std::exception& error) {
            outcome = failed_outcome(error);
        }
        say_end(ticket, outcome, artifact);
    }

    TrainingInputs prepare(const RunTicket& ticket) {
        Emitter emit(lab_.sink, ticket);
        if (const double bytes = hidden_cache_bytes(ticket.plan.spec); bytes > 0)
            emit.info(
                "The teacher's hidden states are kept in the workspace's folder caches, for this run up to " +
                std::to_string(static_cast<std::int64_t>(std::ceil(bytes / 1e6))) + " MB.");
        return prepare_inputs(ticket.plan.spec, lab_.artifacts, [&](const std::string& phase, double done) {
            emit(Progressed{phase, done, 1.0});
        });
    }

    std::string keep_model(const RunTicket& ticket, const Outcome& outcome) {
        const std::string identity = open_corpus(ticket.plan.spec.data.corpus).identity();
        const Artifact kept =
            lab_.artifacts.put(model_recipe(ticket.plan.spec, identity),
                               [&](const fs::path& folder) { copy_files(outcome.model, folder); });
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

std::vector<std::vector<std::size_t>> singles(std::size_t count) {
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < count; ++i)
        groups.push_back({i});
    return groups;
}

} // namespace

std::vector<RunOutcome> run_study(std::span<const RunPlan> plans, const StudyOptions& options,
                                  Laboratory laboratory, std::stop_token stop) {
    StudyRunner runner(options, laboratory, stop);
    std::vector<std::optional<RunOutcome>> outcomes(plans.size());
    for (const std::vector<std::size_t>& places :
         options.fan_out ? fan_out_groups(plans) : singles(plans.size())) {
        if (stop.stop_requested()) break;
        std::vector<RunPlan> group;
        for (const std::size_t place : places)
            group.push_back(plans[place]);
        std::vector<RunOutcome> done = runner.run(group);
        for (std::size_t k = 0; k < places.size(); ++k)
            outcomes[places[k]] = std::move(done[k]);
    }
    std::vector<RunOutcome> all;
    for (std::optional<RunOutcome>& outcome : outcomes)
        if (outcome) all.push_back(std::move(*outcome));
    return all;
}

RunOutcome resume_run(const std::string& run_id, Laboratory laboratory, std::stop_token stop) {
    return StudyRunner({}, laboratory, std::move(stop)).resume(run_id);
}

} // namespace retort
