// SPDX-License-Identifier: GPL-3.0-or-later
// export: what was trained and measured, in forms that others read.
#include "app/ctl/amounts.h"
#include "app/ctl/command.h"
#include "app/reporting/compared_curves.h"
#include "base/files.h"
#include "engine/export_model.h"
#include "interchange/curves_csv.h"
#include "interchange/tensorboard.h"
#include "store/artifact_folder.h"
#include "store/run_exchange.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>
#include <set>
#include <sstream>

namespace retort::ctl {
namespace {

struct ExportOptions {
    std::vector<std::string> runs;
    std::string format = "hf";
    std::filesystem::path out;
};

int export_model(const Invocation& invocation, const ExportOptions& options) {
    if (options.runs.size() != 1)
        throw Error(ErrorKind::usage, "A folder holds one model; export one run at a time.");
    RunStore store{Workspace(invocation.workspace)};
    const RunRecord record = store.run(options.runs.front());
    if (is_imported(record))
        throw Error(ErrorKind::data, record.label() +
                                         " was imported and has no model; export its curves with "
                                         "--format csv or tensorboard.");
    if (record.model_artifact.empty())
        throw Error(ErrorKind::data, record.label() + " is " + std::string(name_of(record.status)) +
                                         " and has no final weights; let it finish with retortctl resume.");
    ArtifactFolder artifacts{Workspace(invocation.workspace)};
    export_hugging_face(record, artifacts, options.out);
    fmt::print("{} lies in {}: config.json, model.safetensors, tokenizer.model.\n", record.label(),
               options.out.string());
    return 0;
}

void require_new(const std::filesystem::path& path) {
    if (std::filesystem::exists(path))
        throw Error(ErrorKind::usage, path.string() + " is there already; choose another folder.");
}

int export_csv(RunStore& store, const std::vector<RunRecord>& runs, const std::filesystem::path& out) {
    const std::filesystem::path file = out / "curves.csv";
    require_new(file);
    std::ostringstream text;
    text << curves_csv_head;
    for (const RunRecord& run : runs)
        write_curves_csv(read_run_curves(store, run), run.label(), text);
    std::filesystem::create_directories(out);
    write_file_atomically(file, text.view());
    fmt::print("The curves of {} lie in {}.\n", counted(runs.size(), "run"), file.string());
    return 0;
}

/// Where TensorBoard finds a run; `study/variant/seed`, so that it reads back with its name.
std::filesystem::path folder_of(const RunRecord& run, bool is_another_attempt) {
    const std::string seed = std::to_string(run.seed);
    return std::filesystem::path(run.study) / run.variant /
           (is_another_attempt ? seed + "-attempt-" + std::to_string(run.attempt) : seed);
}

int export_tensorboard(RunStore& store, const std::vector<RunRecord>& runs,
                       const std::filesystem::path& out) {
    std::set<std::string> labels;
    for (const RunRecord& run : runs) {
        const std::filesystem::path folder = out / folder_of(run, !labels.insert(run.label()).second);
        require_new(folder);
        write_tensorboard(read_run_curves(store, run), folder);
    }
    fmt::print("The curves of {} lie in {}; see them with tensorboard --logdir {}.\n",
               counted(runs.size(), "run"), out.string(), out.string());
    return 0;
}

int export_runs(const Invocation& invocation, const ExportOptions& options) {
    if (options.format == "hf") return export_model(invocation, options);
    RunStore store{Workspace(invocation.workspace, Workspace::Access::read_only)};
    const std::vector<RunRecord> runs = chosen_runs(store, options.runs);
    return options.format == "csv" ? export_csv(store, runs, options.out)
                                   : export_tensorboard(store, runs, options.out);
}

} // namespace

void add_export_commands(CLI::App& app, Invocation& invocation) {
    CLI::App* command = add_command(app, invocation, "export", "Take a trained model or curves away");
    auto options = std::make_shared<ExportOptions>();
    command
        ->add_option(
            "runs", options->runs,
            "A run's id or study/variant/seed; for curves several, and studies with all their finished "
            "runs")
        ->required()
        ->type_name("RUN");
    command
        ->add_option("--format", options->format,
                     "hf: a Hugging Face GPT-2 folder; csv: every point of the curves in curves.csv; "
                     "tensorboard: the same as event files")
        ->check(CLI::IsMember({"hf", "csv", "tensorboard"}))
        ->capture_default_str();
    command->add_option("--out", options->out, "Folder to write; a model wants an empty one, or none there")
        ->required()
        ->type_name("DIR");
    command->callback([&invocation, options] {
        invocation.action = [&invocation, options] { return export_runs(invocation, *options); };
    });
}

} // namespace retort::ctl
