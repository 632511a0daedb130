// SPDX-License-Identifier: GPL-3.0-or-later
// Figures and reports as files. Texts are written here. What has to be drawn is drawn by `retort --render`, a
// program of its own: it needs no display, and no window waits for it.
#pragma once

#include "report/document.h"

#include <filesystem>
#include <string>
#include <vector>

namespace retort {

struct RenderRequest;

/// Any thread; a call returns when the files are there. Throws Error{usage} for an unknown ending,
/// Error{workspace} when a file cannot be written, Error{data} when the program is not there or fails.
class Drawer {
public:
    using Files = std::vector<std::filesystem::path>;

    /// `program` answers to --render; `version` is Retort's, for the file beside a figure.
    Drawer(std::filesystem::path program, std::string version);

    [[nodiscard]] bool can_draw() const;
    /// "…, so figures are not drawn": why, and what to do.
    [[nodiscard]] std::string no_drawing_reason() const;

    /// `file` is a picture, .pdf, .svg or .png; beside it go .csv, .tex and .json of the same name, which are
    /// written first. A .csv comes alone. `width` in PDF points. Returns what was written, `file` first.
    Files write_figure(const Figure& figure, const std::filesystem::path& file, double width) const;
    /// All figures of a document by their names, in all forms; without a program their texts alone.
    void write_figures(ReportDocument& document, const std::filesystem::path& folder, double width) const;
    /// .html with the drawings in it, .pdf, .tex, or .md with its figures in `figures` (empty: a folder of
    /// its name beside it). Without a program .html and .md come without pictures. Returns `file`, and that
    /// folder if there is one.
    Files write_report(ReportDocument document, const std::filesystem::path& file, double width,
                       std::filesystem::path figures = {}) const;

private:
    void write_texts(const Figure& figure, const std::filesystem::path& file, double width) const;
    void draw(const RenderRequest& request, const std::filesystem::path& folder) const;
    [[nodiscard]] std::string drawn_pdf(ReportDocument document) const;
    void draw_into(ReportDocument& document, double width) const;
    void refer_to_figures(ReportDocument& document, const std::filesystem::path& folder,
                          const std::filesystem::path& file, double width) const;

    std::filesystem::path program_;
    std::string version_;
};

} // namespace retort
