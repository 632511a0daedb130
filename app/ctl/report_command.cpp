// SPDX-License-Identifier: GPL-3.0-or-later
// report: a study, or chosen runs, as one file to read, to put beside a paper, or into one.
#include "app/ctl/command.h"
#include "app/ctl/figure_size.h"
#include "app/reporting/study_report.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <memory>

namespace retort::ctl {
namespace {

struct ReportOptions {
    std::vector<std::string> names;
    std::filesystem::path out;
    std::filesystem::path figures; ///< empty: none are written beside the report
    FigureSize size;
};

int report(const Invocation& invocation, const ReportOptions& options) {
    const std::string ending = options.out.extension();
    if (ending != ".html" && ending != ".pdf" && ending != ".tex" && ending != ".md")
        throw Error(ErrorKind::usage,
                    "--out must end with .html, .pdf, .tex or .md, but is " + options.out.string() + ".");
    RunStore store(Workspace(invocation.workspace, Workspace::Access::read_only));
    const Drawer drawer = own_drawer();
    if (ending != ".tex" && ending != ".pdf" && !drawer.can_draw())
        fmt::print(stderr, "retortctl: {}\n", drawer.no_drawing_reason());
    drawer.write_report(study_report(store, options.names), options.out, options.size.width(),
                        options.figures);
    fmt::print("{}\n", options.out.string());
    return 0;
}

} // namespace

void add_report_command(CLI::App& app, Invocation& invocation) {
    CLI::App* command =
        add_command(app, invocation, "report",
                    "Write the report of a study or of runs: question, answer, figures, tables");
    auto options = std::make_shared<ReportOptions>();
    command->add_option("names", options->names, "A study, or finished runs")->required();
    command->add_option("--out", options->out, "File that ends with .html, .pdf, .tex or .md")
        ->required()
        ->type_name("FILE");
    command
        ->add_option("--figures", options->figures,
                     "Folder for each figure as PDF, SVG, PNG, CSV, TeX and JSON")
        ->type_name("DIR");
    add_figure_size(command, options->size);
    command->callback([&invocation, options] {
        invocation.action = [&invocation, options] { return report(invocation, *options); };
    });
}

} // namespace retort::ctl
