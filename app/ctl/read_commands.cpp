// SPDX-License-Identifier: GPL-3.0-or-later
// show, metrics, trace: what is stored of a run, and what can be made of it.
#include "app/ctl/command.h"
#include "app/ctl/forgetting_view.h"
#include "app/ctl/text_table.h"
#include "engine/trace.h"
#include "spec/imported_run.h"
#include "spec/run_spec_fields.h"
#include "store/artifact_folder.h"
#include "store/metrics_csv.h"
#include "store/run_store.h"
#include "store/stage_matrices.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <memory>

namespace retort::ctl {
namespace {

Workspace existing_workspace(const Invocation& invocation) {
    return Workspace(invocation.workspace, Workspace::Access::read_only);
}

/// Of runs that can forget, and whose specification this Retort can read.
std::optional<StageMatrix> stages_of_run(RunStore& store, const RunRecord& record) {
    try {
        StageMatrix matrix = read_stage_matrix(store, record);
        return can_forget(matrix) ? std::optional(std::move(matrix)) : std::nullopt;
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::data) throw;
        return {};
    }
}

ForgettingMeasures measures_of(RunStore& store, const RunRecord& record, const StageMatrix& matrix) {
    const auto joint = read_joint_matrix(store, record);
    return forgetting_measures(matrix, joint ? &*joint : nullptr);
}

int show(const Invocation& invocation, const std::string& name) {
    RunStore store(existing_workspace(invocation));
    const RunRecord record = store.run(name);
    const std::optional<StageMatrix> matrix = stages_of_run(store, record);
    Json json = to_json(record);
    if (invocation.json) {
        if (matrix) json["forgetting"] = forgetting_json(measures_of(store, record, *matrix));
        fmt::print("{}\n", json.dump(1));
        return 0;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& [key, value] : json.items())
        if (key != "spec") rows.push_back({key, value.is_string() ? value.get<std::string>() : value.dump()});
    fmt::print("{}\n{}\n", text_table(rows), json["spec"].dump(2));
    if (matrix) fmt::print("\n{}", forgetting_text(*matrix, measures_of(store, record, *matrix)));
    return 0;
}

int metrics(const Invocation& invocation, const std::string& name, const std::string& file) {
    RunStore store(existing_workspace(invocation));
    const std::string id = store.run(name).id;
    if (file == "-") {
        write_metrics_csv(store, id, std::cout);
        return 0;
    }
    std::ofstream out(file);
    if (out) write_metrics_csv(store, id, out);
    out.close();
    if (!out)
        throw Error(ErrorKind::workspace, "Cannot write " + file + "; choose a folder that can be written.");
    return 0;
}

int trace_run(const Invocation& invocation, const std::string& name, std::int64_t steps,
              const std::string& out) {
    const Workspace workspace(invocation.workspace);
    const RunRecord record = RunStore(workspace).run(name);
    if (is_imported(record))
        throw Error(ErrorKind::data, record.label() + " was imported; only a run of Retort can be traced.");
    const RunSpecReading reading = read_run_spec(record.spec);
    if (!reading.problems.empty())
        throw Error(ErrorKind::data, "The stored specification of " + record.label() +
                                         " cannot be read: " + to_text(reading.problems));
    ArtifactFolder artifacts(workspace);
    trace(reading.spec, artifacts, steps, out);
    fmt::print("Wrote the first {} steps of {} to {}.\n", steps, record.label(), out);
    return 0;
}

CLI::App* add_on_run(CLI::App& app, Invocation& invocation, const std::string& name, const std::string& help,
                     std::string& run) {
    CLI::App* command = add_command(app, invocation, name, help);
    command->add_option("run", run, "A run's id or study/variant/seed")->required()->type_name("RUN");
    return command;
}

struct ReadOptions {
    std::string run;
    std::string file = "-";
    std::string out;
    std::int64_t steps = 10;
};

} // namespace

void add_read_commands(CLI::App& app, Invocation& invocation) {
    auto options = std::make_shared<ReadOptions>();
    const auto act = [&invocation, options](CLI::App* command, std::function<int()> action) {
        command->callback([&invocation, options, action] { invocation.action = action; });
    };
    CLI::App* one = add_on_run(app, invocation, "show", "Everything about one run", options->run);
    add_json(one, invocation, "One object");
    act(one, [&invocation, options] { return show(invocation, options->run); });

    CLI::App* points = add_on_run(app, invocation, "metrics", "Every stored point of a run", options->run);
    points->add_option("--csv", options->file, "Where to write; - is the standard output")->type_name("FILE");
    act(points, [&invocation, options] { return metrics(invocation, options->run, options->file); });

    CLI::App* replay =
        add_on_run(app, invocation, "trace",
                   "Weights, batches and losses of the first steps, to replay elsewhere", options->run);
    replay->add_option("--steps", options->steps, "Optimiser steps")->type_name("N");
    replay->add_option("--out", options->out, "Folder to write into")->required()->type_name("DIR");
    act(replay,
        [&invocation, options] { return trace_run(invocation, options->run, options->steps, options->out); });
}

} // namespace retort::ctl
