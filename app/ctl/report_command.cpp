// SPDX-License-Identifier: GPL-3.0-or-later
// report: a study as one file to read, to put beside a paper, or into one.
#include "app/ctl/command.h"
#include "app/ctl/study_report.h"
#include "base/files.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>

namespace retort::ctl {
namespace {

int report(const Invocation& invocation, const std::string& study, const std::filesystem::path& out) {
    const std::string ending = out.extension();
    if (ending != ".html" && ending != ".tex" && ending != ".md")
        throw Error(ErrorKind::usage, "--out must end with .html, .tex or .md, but is " + out.string() + ".");
    RunStore store(Workspace(invocation.workspace, Workspace::Access::read_only));
    const ReportDocument document = study_report(store, study);
    write_file_atomically(out, ending == ".html"  ? to_html(document)
                               : ending == ".tex" ? to_latex(document)
                                                  : to_markdown(document));
    fmt::print("{}\n", out.string());
    return 0;
}

} // namespace

void add_report_command(CLI::App& app, Invocation& invocation) {
    CLI::App* command =
        add_command(app, invocation, "report", "Write a study's report: question, answer, tables");
    struct Options {
        std::string study;
        std::filesystem::path out;
    };
    auto options = std::make_shared<Options>();
    command->add_option("study", options->study, "Name of the study")->required();
    command->add_option("--out", options->out, "File that ends with .html, .tex or .md")
        ->required()
        ->type_name("FILE");
    command->callback([&invocation, options] {
        invocation.action = [&invocation, options] {
            return report(invocation, options->study, options->out);
        };
    });
}

} // namespace retort::ctl
