// SPDX-License-Identifier: GPL-3.0-or-later
// import: runs that other programs, or other workspaces, have measured.
#include "app/ctl/amounts.h"
#include "app/ctl/command.h"
#include "interchange/import_runs.h"
#include "store/run_exchange.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>

namespace retort::ctl {
namespace {

struct ImportOptions {
    std::vector<std::filesystem::path> paths;
    ImportNames names;
};

std::size_t points_of(const RunCurves& curves) {
    std::size_t points = 0;
    for (const RunCurves::Curve& curve : curves.curves)
        points += curve.steps.size();
    return points;
}

void tell(const Invocation& invocation, const ImportedRun& run, const ImportOutcome& outcome) {
    if (invocation.json) {
        const Json json = {{"run", run.name.label()},        {"id", outcome.run},
                           {"new", outcome.is_new},          {"from", run.from},
                           {"format", run.format},           {"curves", run.curves.curves.size()},
                           {"points", points_of(run.curves)}};
        fmt::print("{}\n", json.dump());
    } else if (outcome.is_new) {
        fmt::print("{}: {}, {} from {}\n", run.name.label(), counted(run.curves.curves.size(), "curve"),
                   counted(points_of(run.curves), "point"), run.from);
    } else {
        fmt::print("{}: these curves are there already\n", run.name.label());
    }
}

void import_source(const Invocation& invocation, const Workspace& workspace, const RunFiles& source) {
    const ImportReading reading = read_import(source);
    for (const std::string& notice : reading.notices)
        fmt::print(stderr, "retortctl: {}\n", notice);
    for (const ImportedRun& run : reading.runs)
        tell(invocation, run, import_run(workspace, run, reading.notices));
}

/// What cannot be read leaves out itself alone.
int import(const Invocation& invocation, const ImportOptions& options) {
    std::vector<RunFiles> sources;
    for (const std::filesystem::path& path : options.paths)
        for (RunFiles& source : find_imports(path, options.names))
            sources.push_back(std::move(source));
    const Workspace workspace(invocation.workspace);
    int status = 0;
    for (const RunFiles& source : sources) {
        try {
            import_source(invocation, workspace, source);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::data) throw;
            fmt::print(stderr, "retortctl: {}\n", error.what());
            status = error.exit_status();
        }
    }
    return status;
}

} // namespace

void add_import_runs_command(CLI::App& app, Invocation& invocation) {
    CLI::App* command = add_command(app, invocation, "import", "Take in runs from TensorBoard or CSV files");
    auto options = std::make_shared<ImportOptions>();
    command
        ->add_option("paths", options->paths, "Event files, CSV files, or folders that are searched for them")
        ->required()
        ->type_name("PATH");
    command->add_option("--study", options->names.study, "Study of the runs; without it, by the path")
        ->type_name("NAME");
    command->add_option("--variant", options->names.variant, "Variant of the runs; without it, by the path")
        ->type_name("NAME");
    command->add_option("--seed", options->names.seed, "Seed of the runs; without it, by the path, else 1")
        ->type_name("N");
    add_json(command, invocation, "An object for each run");
    command->callback([&invocation, options] {
        invocation.action = [&invocation, options] { return import(invocation, *options); };
    });
}

} // namespace retort::ctl
