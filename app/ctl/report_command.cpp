// SPDX-License-Identifier: GPL-3.0-or-later
// report: a study, or chosen runs, as one file to read, to put beside a paper, or into one.
#include "app/ctl/command.h"
#include "app/ctl/figure_files.h"
#include "app/reporting/study_report.h"
#include "base/files.h"

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

std::string html(ReportDocument& document, double width) {
    if (can_draw())
        draw_into(document, width);
    else
        fmt::print(stderr, "retortctl: {}\n", no_drawing_reason());
    return to_html(document);
}

/// With its pictures in a folder beside it.
std::string markdown(ReportDocument& document, const ReportOptions& options) {
    const std::filesystem::path folder =
        options.figures.empty() ? options.out.parent_path() / (options.out.stem().string() + "-figures")
                                : options.figures;
    write_figures(document, folder, options.size.width());
    if (!can_draw()) {
        fmt::print(stderr, "retortctl: {}\n", no_drawing_reason());
        return to_markdown(document);
    }
    const auto from = std::filesystem::absolute(options.out).parent_path();
    for (ReportFigure* block : figures_of(document))
        block->image =
            std::filesystem::absolute(folder).lexically_relative(from) / (block->figure.name + ".svg");
    return to_markdown(document);
}

std::string written(ReportDocument& document, const ReportOptions& options) {
    const std::string ending = options.out.extension();
    if (ending == ".pdf") return drawn_pdf(document);
    if (ending == ".tex") return to_latex(document);
    return ending == ".html" ? html(document, options.size.width()) : markdown(document, options);
}

int report(const Invocation& invocation, const ReportOptions& options) {
    const std::string ending = options.out.extension();
    if (ending != ".html" && ending != ".pdf" && ending != ".tex" && ending != ".md")
        throw Error(ErrorKind::usage,
                    "--out must end with .html, .pdf, .tex or .md, but is " + options.out.string() + ".");
    RunStore store(Workspace(invocation.workspace, Workspace::Access::read_only));
    ReportDocument document = study_report(store, options.names);
    if (!options.figures.empty() && ending != ".md")
        write_figures(document, options.figures, options.size.width());
    write_file_atomically(options.out, written(document, options));
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
