// SPDX-License-Identifier: GPL-3.0-or-later
// run, resume, stop, validate.
#include "app/ctl/command.h"
#include "app/ctl/interrupt.h"
#include "app/ctl/progress_view.h"
#include "app/ctl/router_table.h"
#include "app/ctl/study_command.h"
#include "app/ctl/text_table.h"
#include "app/fan_out.h"
#include "base/files.h"
#include "engine/run_study.h"
#include "spec/run_spec_fields.h"
#include "spec/study_spec.h"
#include "store/artifact_folder.h"
#include "store/recorder.h"
#include "store/run_store.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/core.h>
#include <fmt/format.h>
#include <memory>
#include <unistd.h>

namespace retort::ctl {
namespace {

[[noreturn]] void throw_problems(const std::string& file, const std::vector<Problem>& problems) {
    throw Error(ErrorKind::usage, file + " cannot be run:\n" + to_text(problems));
}

std::vector<Override> overrides_of(const std::vector<std::string>& sets) {
    std::vector<Override> overrides;
    for (const std::string& text : sets) {
        auto change = parse_override(text);
        if (!change)
            throw Error(ErrorKind::usage,
                        "--set " + text + " must have the form /json/pointer=value, e.g. /optim/lr=1e-3.");
        overrides.push_back(std::move(*change));
    }
    return overrides;
}

/// The ledger of the store; tells the view how each run is called.
class NamingLedger : public RunLedger {
public:
    NamingLedger(RunLedger& ledger, ProgressView& view) : ledger_(ledger), view_(view) {}
    [[nodiscard]] std::optional<RunRecord> find(const RunPlan& plan) override { return ledger_.find(plan); }
    [[nodiscard]] RunTicket begin(const RunPlan& plan) override { return named(ledger_.begin(plan)); }
    [[nodiscard]] RunTicket resume(const std::string& id) override { return named(ledger_.resume(id)); }

private:
    RunTicket named(RunTicket ticket) {
        view_.name_run(ticket.id, ticket.plan.label());
        return ticket;
    }
    RunLedger& ledger_;
    ProgressView& view_;
};

ProgressView::Style style_for(const Invocation& invocation) {
    if (invocation.json) return ProgressView::Style::json;
    return isatty(STDERR_FILENO) != 0 ? ProgressView::Style::terminal : ProgressView::Style::log;
}

/// The laboratory of one command: a workspace, its recorder and its view.
class Bench {
public:
    explicit Bench(const Invocation& invocation)
        : workspace_(invocation.workspace),
          view_(style_for(invocation)),
          recorder_(workspace_, &controls_),
          sink_{&recorder_, &view_},
          store_(workspace_),
          artifacts_(workspace_),
          ledger_(store_, view_) {}

    [[nodiscard]] Laboratory laboratory() { return {artifacts_, ledger_, controls_, sink_}; }
    [[nodiscard]] RunStore& store() { return store_; }
    [[nodiscard]] std::stop_token token() const { return interrupt_.token(); }
    void finish() {
        view_.finish();
        const std::string trouble = recorder_.trouble();
        if (!trouble.empty()) throw Error(ErrorKind::workspace, trouble);
    }

private:
    Interrupt interrupt_; // first: blocks the signals before the recorder's thread starts
    Workspace workspace_;
    RunControls controls_;
    ProgressView view_;
    Recorder recorder_;
    FanOut sink_;
    RunStore store_;
    ArtifactFolder artifacts_;
    NamingLedger ledger_;
};

int exit_status(const Outcome& outcome) {
    switch (outcome.status) {
    case RunStatus::done:
        return 0;
    case RunStatus::diverged:
        return static_cast<int>(ErrorKind::diverged);
    case RunStatus::failed:
        return static_cast<int>(outcome.error);
    default:
        return static_cast<int>(ErrorKind::interrupted);
    }
}

std::string cell(const std::optional<double>& value, const char* format) {
    return value ? fmt::format(fmt::runtime(format), *value) : "";
}

/// What was found: a line for each run with its losses or scores, and where all lies.
void print_findings(RunStore& store, const std::vector<RunOutcome>& outcomes,
                    const std::filesystem::path& workspace) {
    if (std::ranges::all_of(outcomes, [](const RunOutcome& o) { return o.plan.spec.task == Task::router; })) {
        fmt::print("\n{}\nMatrices, texts and routers lie in {}\n", router_table(store, outcomes),
                   workspace.string());
        return;
    }
    std::vector<std::vector<std::string>> rows = {{"run", "status", "loss", "perplexity"}};
    for (const RunOutcome& outcome : outcomes) {
        std::string perplexities, loss;
        if (!outcome.run_id.empty()) {
            const RunRecord record = store.run(outcome.run_id);
            loss = cell(record.summary.loss, "{:.4f}");
            for (const auto& domain : record.spec->at("data").at("domains")) {
                const auto found = record.summary.perplexity.find(domain.get<std::string>());
                if (found != record.summary.perplexity.end())
                    perplexities += fmt::format("{} {:.1f}  ", found->first, found->second);
            }
        }
        rows.push_back({outcome.plan.label(),
                        std::string(name_of(outcome.outcome.status)) + (outcome.skipped ? " before" : ""),
                        loss, perplexities});
    }
    fmt::print(
        "\n{}\nLoss: mean over the domains, nats per token. Curves, checkpoints and models lie in {}\n",
        text_table(rows), workspace.string());
}

int worst_status(const std::vector<RunOutcome>& outcomes) {
    int worst = 0;
    for (const RunOutcome& outcome : outcomes) {
        const int status = exit_status(outcome.outcome);
        if (status != 0 && outcome.run_id.empty())
            fmt::print(stderr, "retortctl: {}: {}\n", outcome.plan.label(), outcome.outcome.reason);
        if (worst == 0) worst = status;
    }
    return worst;
}

std::vector<RunPlan> plans_of(const StudySpec& study, const StudyCommand& options) {
    PlanReading reading = plan_runs(study, overrides_of(options.sets), options.variant, options.seed);
    if (!reading.problems.empty()) throw_problems(options.study, reading.problems);
    for (const RunPlan& plan : reading.plans)
        if (options.task && plan.spec.task != *options.task)
            throw Error(ErrorKind::usage, plan.label() + " of " + options.study + " has the task " +
                                              std::string(name_of(plan.spec.task)) +
                                              "; run it with retortctl run.");
    return std::move(reading.plans);
}

int run_on(Bench& bench, const Invocation& invocation, std::span<const RunPlan> plans,
           const StudyOptions& options) {
    const auto outcomes = run_study(plans, options, bench.laboratory(), bench.token());
    bench.finish();
    if (!invocation.json) print_findings(bench.store(), outcomes, invocation.workspace);
    const int status = worst_status(outcomes);
    return status == 0 && outcomes.size() < plans.size() ? static_cast<int>(ErrorKind::interrupted) : status;
}

int run(const Invocation& invocation, const StudyCommand& options) {
    const std::string text = read_file(options.study);
    const StudyReading reading = read_study(text);
    if (!reading.problems.empty()) throw_problems(options.study, reading.problems);
    const std::vector<RunPlan> plans = plans_of(reading.study, options);
    Bench bench(invocation);
    bench.store().save_study(reading.study, text);
    return run_on(bench, invocation, plans, {options.again});
}

int resume(const Invocation& invocation, const std::string& name) {
    Bench bench(invocation);
    const std::string id = bench.store().run(name).id;
    const std::vector outcomes = {resume_run(id, bench.laboratory(), bench.token())};
    bench.finish();
    if (!invocation.json) print_findings(bench.store(), outcomes, invocation.workspace);
    return worst_status(outcomes);
}

int stop(const Invocation& invocation, const std::string& name) {
    RunStore store{Workspace(invocation.workspace)};
    const RunRecord record = store.run(name);
    if (!is_live(record.status))
        throw Error(ErrorKind::usage, record.label() + " is " + std::string(name_of(record.status)) +
                                          ", not running; there is nothing to stop.");
    store.request(record.id, RunCommand::stop);
    fmt::print("{} will stop after a checkpoint.\n", record.label());
    return 0;
}

int validate(const std::string& file) {
    const StudyReading reading = read_study(read_file(file));
    if (!reading.problems.empty()) {
        fmt::print("{}\n", to_text(reading.problems));
        return static_cast<int>(ErrorKind::usage);
    }
    const auto plans = plan_runs(reading.study).plans;
    fmt::print("{} is a valid study of {} runs:\n", file, plans.size());
    for (const RunPlan& plan : plans)
        if (plan.spec.task == Task::router)
            fmt::print("  {}  {}\n", plan.label(), name_of(plan.spec.router->classifier));
        else
            fmt::print("  {}  {} steps, {} tokens\n", plan.label(), total_steps(plan.spec),
                       total_steps(plan.spec) * tokens_per_step(plan.spec));
    return 0;
}

/// A command whose one argument is a run.
template <class Action>
void add_on_run(CLI::App& app, Invocation& invocation, const std::string& name, const std::string& help,
                Action action) {
    CLI::App* command = add_command(app, invocation, name, help);
    auto run_name = std::make_shared<std::string>();
    command->add_option("run", *run_name, "A run's id or study/variant/seed")->required()->type_name("RUN");
    if (name == "resume") add_json(command, invocation, "One JSON object per event");
    command->callback([&invocation, run_name, action] {
        invocation.action = [&invocation, run_name, action] { return action(invocation, *run_name); };
    });
}

} // namespace

int run_plans(const Invocation& invocation, std::span<const RunPlan> plans) {
    Bench bench(invocation);
    return run_on(bench, invocation, plans, {});
}

PlanReading overridden(RunPlan plan, const std::vector<std::string>& sets) {
    PlanReading reading;
    Json json = to_json(plan.spec);
    for (const Override& change : overrides_of(sets))
        if (!apply(json, change, reading.problems)) return reading;
    RunSpecReading changed = read_run_spec(json);
    if (!changed.problems.empty()) return {{}, std::move(changed.problems)};
    plan.spec = std::move(changed.spec);
    reading.plans.push_back(std::move(plan));
    return reading;
}

void add_study_command(CLI::App& parent, Invocation& invocation, const std::string& name,
                       const std::string& help, std::optional<Task> task) {
    CLI::App* command = add_command(parent, invocation, name, help);
    auto options = std::make_shared<StudyCommand>();
    options->task = task;
    command->add_option("study", options->study, "Study file")->required()->type_name("STUDY.json");
    command->add_option("--set", options->sets, "Change a field after the variant's patch")
        ->type_name("/pointer=value");
    command->add_option("--variant", options->variant, "This variant alone");
    command->add_option("--seed", options->seed, "This seed alone");
    command->add_flag("--again", options->again, "Make new attempts of finished runs");
    add_json(command, invocation, "One JSON object per event");
    command->callback([&invocation, options] {
        invocation.action = [&invocation, options] { return run(invocation, *options); };
    });
}

void add_run_commands(CLI::App& app, Invocation& invocation) {
    add_study_command(app, invocation, "run",
                      "Run a study; finished runs of the same specification are skipped");
    add_on_run(app, invocation, "resume", "Go on with a run from its newest checkpoint", resume);
    add_on_run(app, invocation, "stop", "Ask the process that trains a run to stop after a checkpoint", stop);
    CLI::App* command = app.add_subcommand("validate", "List the problems of a study file");
    auto file = std::make_shared<std::string>();
    command->add_option("study", *file, "Study file")->required()->type_name("STUDY.json");
    command->callback([&invocation, file] { invocation.action = [file] { return validate(*file); }; });
}

} // namespace retort::ctl
