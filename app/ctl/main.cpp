// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "engine/process_setup.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace {

using namespace retort;

int report(const std::string& sentence, ErrorKind kind) {
    fmt::print(stderr, "retortctl: {}\n", sentence);
    return static_cast<int>(kind);
}

int run_action(const ctl::Invocation& invocation) {
    try {
        return invocation.action();
    } catch (const Error& error) {
        return report(error.what(), error.kind());
    } catch (const std::exception& error) {
        return report(std::string("an internal error: ") + error.what(), ErrorKind::internal);
    }
}

} // namespace

int main(int argc, char** argv) {
    set_up_process(argv);
    CLI::App app("Distil a multilingual teacher into small language models, without a window.", "retortctl");
    app.set_version_flag("--version", "retortctl " RETORT_VERSION);
    app.require_subcommand(1);
    ctl::Invocation invocation;
    ctl::add_run_commands(app, invocation);
    ctl::add_read_commands(app, invocation);
    ctl::add_runs_command(app, invocation);
    ctl::add_tag_command(app, invocation);
    ctl::add_bin_command(app, invocation);
    ctl::add_corpus_commands(app, invocation);
    ctl::add_data_commands(app, invocation);
    ctl::add_router_commands(app, invocation);
    ctl::add_matrix_commands(app, invocation);
    ctl::add_claims_command(app, invocation);
    ctl::add_compare_command(app, invocation);
    ctl::add_report_command(app, invocation);
    ctl::add_expert_commands(app, invocation);
    ctl::add_bench_commands(app, invocation);
    ctl::add_export_commands(app, invocation);
    ctl::add_import_runs_command(app, invocation);
    ctl::add_space_commands(app, invocation);
    ctl::add_generate_commands(app, invocation);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(ErrorKind::usage);
    }
    return run_action(invocation);
}
