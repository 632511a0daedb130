// SPDX-License-Identifier: GPL-3.0-or-later
// experts: what a finished modular model is made of, and experts that come and go.
#include "analysis/evaluation.h"
#include "app/ctl/command.h"
#include "app/ctl/study_command.h"
#include "app/ctl/text_table.h"
#include "base/sha256.h"
#include "engine/prepare.h"
#include "spec/expert_change.h"
#include "spec/grid.h"
#include "store/artifact_folder.h"
#include "store/run_store.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>

namespace retort::ctl {
namespace {

namespace fs = std::filesystem;
using Kind = ExpertChange::Kind;

struct ExpertOptions {
    std::string run;
    ExpertChange change;
    std::string out;
    std::vector<std::string> sets;
};

/// A finished run with its model's folder.
struct ModularRun {
    FinishedModel model;
    fs::path folder;
};

std::string teacher_of(const RunSpec& spec, ArtifactStore& artifacts) {
    if (!spec.teacher || !spec.teacher->artifact.empty() || !spec.teacher->path.empty()) return {};
    const auto found = find_trained_model(teacher_run(spec), artifacts);
    return found ? found->id : std::string();
}

ModularRun open_run(const Invocation& invocation, const std::string& name) {
    const Workspace workspace(invocation.workspace, Workspace::Access::read_only);
    RunStore store(workspace);
    ArtifactFolder artifacts(workspace);
    const RunRecord record = store.run(name);
    const RunSpec spec = read_run_spec(record.spec).spec;
    if (!spec.modular)
        throw Error(ErrorKind::usage,
                    record.label() + " is no modular model; name a run of the task modular.");
    const auto found = record.model_artifact.empty() ? std::nullopt : artifacts.find(record.model_artifact);
    if (!found)
        throw Error(ErrorKind::data, "The model of " + record.label() +
                                         " is not in the workspace (its run is " +
                                         std::string(name_of(record.status)) + "); run it again.");
    return {{{record.study, record.variant, record.seed, spec}, found->id, teacher_of(spec, artifacts)},
            found->folder};
}

fs::path file_of(const ModularRun& run, const std::string& expert) {
    const fs::path file = run.folder / ("expert." + expert + ".safetensors");
    if (!fs::exists(file))
        throw Error(ErrorKind::usage, run.model.plan.label() + " has no expert " + expert + ".");
    return file;
}

int list(const Invocation& invocation, const ExpertOptions& options) {
    const ModularRun run = open_run(invocation, options.run);
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows = {{"expert", "bytes", "sha256", "file"}};
    for (const std::string& expert : experts_of(run.model.plan.spec)) {
        const fs::path file = file_of(run, expert);
        const std::string sha256 = sha256_of_file(file);
        json.push_back({{"expert", expert},
                        {"bytes", fs::file_size(file)},
                        {"sha256", sha256},
                        {"file", file.string()}});
        rows.push_back({expert, std::to_string(fs::file_size(file)), sha256.substr(0, 16), file.string()});
    }
    fmt::print("{}", invocation.json ? json.dump(1) + "\n" : text_table(rows));
    return 0;
}

int copy_out(const Invocation& invocation, const ExpertOptions& options) {
    const ModularRun run = open_run(invocation, options.run);
    std::error_code failed;
    fs::copy_file(file_of(run, options.change.expert), options.out, failed);
    if (failed)
        throw Error(ErrorKind::workspace,
                    "Cannot write " + options.out + " (" + failed.message() + "); choose another file.");
    fmt::print("The expert {} lies in {}.\n", options.change.expert, options.out);
    return 0;
}

/// Nats per token of the newest evaluation: of the whole model, or of one expert on its own domain's text.
std::optional<double> loss_of(const std::vector<EvaluationRecord>& records, const std::string& domain,
                              const std::string& setting) {
    std::optional<double> loss;
    for (const EvaluationRecord& record : records)
        if (record.row.domain == domain && record.row.expert.empty() && record.row.setting == setting)
            loss = nats_per_token(record.row); // the newest is last
    return loss;
}

std::string own_setting(const RunSpec& spec, const std::string& domain) {
    GridSetting setting = main_setting(spec);
    setting.experts = {domain};
    return name_of(setting, experts_of(spec));
}

void print_comparison(const Invocation& invocation, const RunPlan& before, const RunPlan& after) {
    RunStore store(Workspace(invocation.workspace, Workspace::Access::read_only));
    const auto old_rows = store.evaluations(store.run(before.label()).id),
               new_rows = store.evaluations(store.run(after.label()).id);
    const auto text = [](const std::optional<double>& value) {
        return value ? fmt::format("{:.6f}", *value) : std::string("-");
    };
    std::vector<std::vector<std::string>> rows = {
        {"domain", "model before", "model after", "its expert before", "its expert after", "the same"}};
    for (const std::string& domain : after.spec.data.domains) {
        const auto own = loss_of(old_rows, domain, own_setting(before.spec, domain)),
                   own_now = loss_of(new_rows, domain, own_setting(after.spec, domain));
        rows.push_back({domain, text(loss_of(old_rows, domain, "")), text(loss_of(new_rows, domain, "")),
                        text(own), text(own_now),
                        !own || !own_now   ? ""
                        : *own == *own_now ? "to the bit"
                                           : "no"});
    }
    fmt::print("\n{}\nNats per token, before and after. The whole model asks its router, which was trained "
               "anew.\nThe run is {}.\n",
               text_table(rows), after.label());
}

int change(const Invocation& invocation, const ExpertOptions& options) {
    const ModularRun run = open_run(invocation, options.run);
    ExpertChange wanted = options.change;
    if (!wanted.file.empty()) wanted.file = fs::absolute(wanted.file).string();
    PlanReading reading = changed_run(run.model, wanted);
    if (reading.problems.empty()) reading = overridden(std::move(reading.plans.front()), options.sets);
    if (!reading.problems.empty()) throw Error(ErrorKind::usage, to_text(reading.problems));
    const RunPlan& plan = reading.plans.front();
    const int status = run_plans(invocation, {&plan, 1});
    if (status == 0 && !invocation.json) print_comparison(invocation, run.model.plan, plan);
    return status;
}

using Action = int (*)(const Invocation&, const ExpertOptions&);

struct Verb {
    const char* name;
    const char* help;
    Action action;
    Kind kind = Kind::add;
};

CLI::App* add_verb(CLI::App& group, Invocation& invocation, const Verb& verb,
                   const std::shared_ptr<ExpertOptions>& options) {
    CLI::App* command = add_command(group, invocation, verb.name, verb.help);
    command->add_option("run", options->run, "A modular run: its id or study/variant/seed")
        ->required()
        ->type_name("RUN");
    command->callback([&invocation, options, verb] {
        options->change.kind = verb.kind;
        invocation.action = [&invocation, options, verb] { return verb.action(invocation, *options); };
    });
    return command;
}

void add_expert_name(CLI::App* command, const std::shared_ptr<ExpertOptions>& options) {
    command->add_option("--expert", options->change.expert, "The domain that it reads")
        ->required()
        ->type_name("NAME");
}

void add_making(CLI::App* command, Invocation& invocation, const std::shared_ptr<ExpertOptions>& options) {
    add_expert_name(command, options);
    command->add_option("--file", options->change.file, "Take this expert file instead of training one")
        ->type_name("FILE");
    command->add_option("--tokens", options->change.tokens, "Targets to train on")->type_name("N");
    command->add_option("--set", options->sets, "Change a field of the run: /json/pointer=value");
    add_json(command, invocation, "One JSON object per event");
}

} // namespace

void add_expert_commands(CLI::App& app, Invocation& invocation) {
    CLI::App* group = app.add_subcommand("experts", "Experts of a finished modular model");
    group->require_subcommand(1);
    const auto options = std::make_shared<ExpertOptions>();
    CLI::App* command = add_verb(*group, invocation, {"list", "Name them, with their files", list}, options);
    add_json(command, invocation, "One JSON array");
    command = add_verb(
        *group, invocation,
        {"add", "Train or take an expert for a new domain; the others stay", change, Kind::add}, options);
    add_making(command, invocation, options);
    command =
        add_verb(*group, invocation,
                 {"replace", "Train an expert further, or take another", change, Kind::replace}, options);
    add_making(command, invocation, options);
    command = add_verb(*group, invocation, {"remove", "Leave an expert out", change, Kind::remove}, options);
    add_expert_name(command, options);
    add_json(command, invocation, "One JSON object per event");
    command = add_verb(*group, invocation,
                       {"export", "Copy an expert's file, to take it elsewhere", copy_out}, options);
    add_expert_name(command, options);
    command->add_option("--out", options->out, "File to write")->required()->type_name("FILE");
}

} // namespace retort::ctl
