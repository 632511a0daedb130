// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/figure_files.h"

#include "app/reporting/study_report.h"
#include "base/error.h"
#include "base/files.h"
#include "base/ulid.h"
#include "data/child_process.h"
#include "report/venue.h"

#include <CLI/CLI.hpp>

namespace retort::ctl {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t drawn_columns = 1200; ///< of the x axis: more than a page can show

fs::path drawing_program() {
    std::error_code error;
    const fs::path own = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::path("retort") : own.parent_path() / "retort";
}

/// Gone with what is in it when the object goes.
class ScratchFolder {
public:
    ScratchFolder() : path_(fs::temp_directory_path() / ("retort-" + new_ulid())) {
        fs::create_directories(path_);
    }
    ~ScratchFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

void draw(const RenderRequest& request, const fs::path& folder) {
    if (!can_draw()) throw Error(ErrorKind::data, no_drawing_reason());
    const fs::path file = folder / "request.json";
    write_file_atomically(file, to_json(request).dump());
    const ChildResult result =
        run_child({drawing_program().string(), "--render", file.string(), "--out", folder.string()},
                  [](const std::string&) {});
    if (result.status != 0)
        throw Error(ErrorKind::data, "retort could not draw (exit status " + std::to_string(result.status) +
                                         "): " + result.last_error);
}

void write_texts(const Figure& figure, const fs::path& file, double width) {
    const auto beside = [&](const char* ending) { return fs::path(file).replace_extension(ending); };
    write_file_atomically(beside(".csv"), to_csv(figure));
    write_file_atomically(beside(".tex"), to_pgfplots(figure, width, usual_height(width)));
    Json provenance = figure_provenance(figure, figure_makers());
    provenance["width_points"] = width;
    write_file_atomically(beside(".json"), provenance.dump(1) + "\n");
}

FigureRequest request_of(const Figure& figure, double width, std::vector<std::string> endings) {
    return {thinned(figure, drawn_columns), width, std::move(endings)};
}

} // namespace

double FigureSize::width() const {
    return millimetres > 0 ? points_of_mm(millimetres) : venue_of(venue)->width;
}

void add_figure_size(CLI::App* command, FigureSize& size) {
    std::vector<std::string> keys;
    for (const Venue& venue : venues)
        keys.emplace_back(venue.key);
    command->add_option("--venue", size.venue, "Whose column the figures are as wide as")
        ->check(CLI::IsMember(keys));
    command->add_option("--width", size.millimetres, "Width of the figures in mm, instead of a venue's")
        ->check(CLI::Range(25.0, 1000.0))
        ->type_name("MM");
}

bool can_draw() {
    std::error_code error;
    return fs::is_regular_file(drawing_program(), error);
}

std::string no_drawing_reason() {
    return "Figures and PDF are drawn by the program retort, which is not at " + drawing_program().string() +
           "; install it, or write .html or .tex, which hold the tables and the data.";
}

std::string drawn_pdf(const ReportDocument& document) {
    RenderRequest request{{}, document};
    for (ReportFigure* block : figures_of(*request.document))
        block->figure = thinned(block->figure, drawn_columns);
    const ScratchFolder scratch;
    draw(request, scratch.path());
    return read_file(scratch.path() / "report.pdf");
}

void draw_into(ReportDocument& document, double width) {
    RenderRequest request;
    for (const ReportFigure* block : figures_of(document))
        request.figures.push_back(request_of(block->figure, width, {"svg.html"}));
    if (request.figures.empty()) return;
    const ScratchFolder scratch;
    draw(request, scratch.path());
    for (ReportFigure* block : figures_of(document))
        block->svg = read_file(scratch.path() / (block->figure.name + ".svg.html"));
}

void write_figure(const Figure& figure, const fs::path& file, double width) {
    const std::string ending = file.extension();
    if (ending != ".pdf" && ending != ".svg" && ending != ".png")
        throw Error(ErrorKind::usage,
                    "A figure's file must end with .pdf, .svg or .png, but is " + file.string() + ".");
    write_texts(figure, file, width);
    const ScratchFolder scratch;
    draw({{request_of(figure, width, {ending.substr(1)})}}, scratch.path());
    write_file_atomically(file, read_file(scratch.path() / (figure.name + ending)));
}

void write_figures(ReportDocument& document, const fs::path& folder, double width) {
    fs::create_directories(folder);
    RenderRequest request;
    const std::vector<std::string> endings = {"pdf", "svg", "png"};
    for (const ReportFigure* block : figures_of(document)) {
        write_texts(block->figure, folder / (block->figure.name + ".csv"), width);
        request.figures.push_back(request_of(block->figure, width, endings));
    }
    if (request.figures.empty() || !can_draw()) return;
    const ScratchFolder scratch;
    draw(request, scratch.path());
    for (const FigureRequest& one : request.figures)
        for (const std::string& ending : endings) {
            const std::string name = one.figure.name + "." + ending;
            write_file_atomically(folder / name, read_file(scratch.path() / name));
        }
}

} // namespace retort::ctl
