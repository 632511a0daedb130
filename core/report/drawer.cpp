// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/drawer.h"

#include "base/child_process.h"
#include "base/error.h"
#include "base/files.h"
#include "base/ulid.h"
#include "report/render_request.h"
#include "report/venue.h"
#include "spec/run_spec.h"

#include <utility>

namespace retort {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t drawn_columns = 1200; ///< of the x axis: more than a page can show

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

FigureRequest request_of(const Figure& figure, double width, std::vector<std::string> endings) {
    return {thinned(figure, drawn_columns), width, std::move(endings)};
}

fs::path beside(fs::path file, const char* ending) {
    return file.replace_extension(ending);
}

void make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error(ErrorKind::workspace,
                    folder.string() + " could not be made (" + error.message() + "); choose another place.");
}

} // namespace

Drawer::Drawer(fs::path program, std::string version)
    : program_(std::move(program)), version_(std::move(version)) {}

bool Drawer::can_draw() const {
    std::error_code error;
    return fs::is_regular_file(program_, error);
}

std::string Drawer::no_drawing_reason() const {
    return "Figures and PDF are drawn by the program retort, which is not at " + program_.string() +
           "; install it, or write .html or .tex, which hold the tables and the data.";
}

void Drawer::draw(const RenderRequest& request, const fs::path& folder) const {
    if (!can_draw()) throw Error(ErrorKind::data, no_drawing_reason());
    const fs::path file = folder / "request.json";
    write_file_atomically(file, to_json(request).dump());
    const ChildResult result = run_child(
        {program_.string(), "--render", file.string(), "--out", folder.string()}, [](const std::string&) {});
    if (result.status != 0)
        throw Error(ErrorKind::data, "retort could not draw (exit status " + std::to_string(result.status) +
                                         "): " + result.last_error);
}

void Drawer::write_texts(const Figure& figure, const fs::path& file, double width) const {
    write_file_atomically(beside(file, ".csv"), to_csv(figure));
    write_file_atomically(beside(file, ".tex"), to_pgfplots(figure, width, usual_height(width)));
    Json provenance = figure_provenance(figure, {{"retort", version_}, {"specification", spec_version}});
    provenance["width_points"] = width;
    write_file_atomically(beside(file, ".json"), provenance.dump(1) + "\n");
}

Drawer::Files Drawer::write_figure(const Figure& figure, const fs::path& file, double width) const {
    const std::string ending = file.extension();
    if (ending == ".csv") {
        write_file_atomically(file, to_csv(figure));
        return {file};
    }
    if (ending != ".pdf" && ending != ".svg" && ending != ".png")
        throw Error(ErrorKind::usage,
                    "A figure's file must end with .pdf, .svg, .png or .csv, but is " + file.string() + ".");
    Figure named = figure;
    named.name = file.stem();
    write_texts(named, file, width);
    named.name = figure_name(named.name); // within the request
    const ScratchFolder scratch;
    draw({{request_of(named, width, {ending.substr(1)})}}, scratch.path());
    write_file_atomically(file, read_file(scratch.path() / (named.name + ending)));
    return {file, beside(file, ".csv"), beside(file, ".tex"), beside(file, ".json")};
}

void Drawer::write_figures(ReportDocument& document, const fs::path& folder, double width) const {
    make_folder(folder);
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

std::string Drawer::drawn_pdf(ReportDocument document) const {
    for (ReportFigure* block : figures_of(document))
        block->figure = thinned(block->figure, drawn_columns);
    const ScratchFolder scratch;
    draw({{}, std::move(document)}, scratch.path());
    return read_file(scratch.path() / "report.pdf");
}

void Drawer::draw_into(ReportDocument& document, double width) const {
    RenderRequest request;
    for (const ReportFigure* block : figures_of(document))
        request.figures.push_back(request_of(block->figure, width, {"svg.html"}));
    if (request.figures.empty() || !can_draw()) return;
    const ScratchFolder scratch;
    draw(request, scratch.path());
    for (ReportFigure* block : figures_of(document))
        block->svg = read_file(scratch.path() / (block->figure.name + ".svg.html"));
}

void Drawer::refer_to_figures(ReportDocument& document, const fs::path& folder, const fs::path& file,
                              double width) const {
    write_figures(document, folder, width);
    if (!can_draw()) return;
    const fs::path from = fs::absolute(file).parent_path();
    for (ReportFigure* block : figures_of(document))
        block->image = fs::absolute(folder).lexically_relative(from) / (block->figure.name + ".svg");
}

Drawer::Files Drawer::write_report(ReportDocument document, const fs::path& file, double width,
                                   fs::path figures) const {
    const std::string ending = file.extension();
    if (ending == ".md" && figures.empty())
        figures = file.parent_path() / (file.stem().string() + "-figures");
    Files files = {file};
    if (!figures.empty()) files.push_back(figures);
    if (ending == ".md")
        refer_to_figures(document, figures, file, width);
    else if (!figures.empty())
        write_figures(document, figures, width);
    if (ending == ".html") draw_into(document, width);
    if (ending == ".pdf")
        write_file_atomically(file, drawn_pdf(std::move(document)));
    else if (ending == ".tex")
        write_file_atomically(file, to_latex(document));
    else if (ending == ".html")
        write_file_atomically(file, to_html(document));
    else if (ending == ".md")
        write_file_atomically(file, to_markdown(document));
    else
        throw Error(ErrorKind::usage,
                    "A report's file must end with .html, .pdf, .tex or .md, but is " + file.string() + ".");
    return files;
}

} // namespace retort
