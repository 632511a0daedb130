// SPDX-License-Identifier: GPL-3.0-or-later
// What every command of retortctl shares.
#pragma once

#include "base/error.h"
#include "store/workspace.h"

#include <CLI/App.hpp>
#include <filesystem>
#include <functional>
#include <string>

namespace retort::ctl {

/// Options that stand on many commands, and what the chosen command does.
struct Invocation {
    std::filesystem::path workspace = Workspace::default_folder();
    bool json = false;
    std::function<int()> action; ///< returns the exit status; may throw Error
};

/// A command with a --workspace option.
inline CLI::App* add_command(CLI::App& parent, Invocation& invocation, const std::string& name,
                             const std::string& help) {
    CLI::App* command = parent.add_subcommand(name, help);
    command->add_option("--workspace", invocation.workspace, "Folder of the workspace")->type_name("DIR");
    return command;
}

inline void add_json(CLI::App* command, Invocation& invocation, const std::string& help) {
    command->add_flag("--json", invocation.json, help);
}

void add_run_commands(CLI::App& app, Invocation& invocation);    ///< run, resume, stop, validate
void add_read_commands(CLI::App& app, Invocation& invocation);   ///< show, metrics, trace
void add_runs_command(CLI::App& app, Invocation& invocation);    ///< runs
void add_tag_command(CLI::App& app, Invocation& invocation);     ///< tag
void add_bin_command(CLI::App& app, Invocation& invocation);     ///< bin list, put, restore, erase
void add_corpus_commands(CLI::App& app, Invocation& invocation); ///< corpus build, import, list, stats
void add_data_commands(CLI::App& app, Invocation& invocation); ///< tokenizer train, import, list, encode, ...

void add_router_commands(CLI::App& app, Invocation& invocation); ///< router train, evaluate, predict
void add_matrix_commands(CLI::App& app, Invocation& invocation); ///< matrix
void add_claims_command(CLI::App& app, Invocation& invocation);  ///< claims
void add_compare_command(CLI::App& app, Invocation& invocation); ///< compare
void add_report_command(CLI::App& app, Invocation& invocation);  ///< report
/// experts list, add, replace, remove, export
void add_expert_commands(CLI::App& app, Invocation& invocation);
void add_bench_commands(CLI::App& app, Invocation& invocation);      ///< bench
void add_export_commands(CLI::App& app, Invocation& invocation);     ///< export
void add_space_commands(CLI::App& app, Invocation& invocation);      ///< artifacts, gc
void add_import_runs_command(CLI::App& app, Invocation& invocation); ///< import
void add_generate_commands(CLI::App& app, Invocation& invocation);   ///< generate

} // namespace retort::ctl
