// SPDX-License-Identifier: GPL-3.0-or-later
// export: what was trained, in a form that others read.
#include "app/ctl/command.h"
#include "engine/export_model.h"
#include "store/artifact_folder.h"
#include "store/run_store.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>

namespace retort::ctl {
namespace {

struct ExportOptions {
    std::string run;
    std::string format = "hf";
    std::filesystem::path out;
};

int export_run(const Invocation& invocation, const ExportOptions& options) {
    RunStore store{Workspace(invocation.workspace)};
    const RunRecord record = store.run(options.run);
    if (record.model_artifact.empty())
        throw Error(ErrorKind::data, record.label() + " is " + std::string(name_of(record.status)) +
                                         " and has no final weights; let it finish with retortctl resume.");
    ArtifactFolder artifacts{Workspace(invocation.workspace)};
    export_hugging_face(record, artifacts, options.out);
    fmt::print("{} lies in {}: config.json, model.safetensors, tokenizer.model.\n", record.label(),
               options.out.string());
    return 0;
}

} // namespace

void add_export_commands(CLI::App& app, Invocation& invocation) {
    CLI::App* command = add_command(app, invocation, "export", "Take a trained model away");
    auto options = std::make_shared<ExportOptions>();
    command->add_option("run", options->run, "A run's id or study/variant/seed")
        ->required()
        ->type_name("RUN");
    command->add_option("--format", options->format, "hf: a Hugging Face GPT-2 folder")
        ->check(CLI::IsMember({"hf"}))
        ->capture_default_str();
    command->add_option("--out", options->out, "Folder to write; it must be empty or not there")
        ->required()
        ->type_name("DIR");
    command->callback([&invocation, options] {
        invocation.action = [&invocation, options] { return export_run(invocation, *options); };
    });
}

} // namespace retort::ctl
