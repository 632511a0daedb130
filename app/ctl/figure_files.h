// SPDX-License-Identifier: GPL-3.0-or-later
// Figures and reports as files. What has to be drawn is drawn by the retort beside this program, which needs
// no display for it; texts are written here.
#pragma once

#include "report/render_request.h"

#include <CLI/App.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace retort::ctl {

struct FigureSize {
    std::string venue = "neurips"; ///< key of a Venue
    double millimetres = 0;        ///< instead of the venue's width; 0: not given

    [[nodiscard]] double width() const; ///< PDF points
};
/// --venue and --width.
void add_figure_size(CLI::App* command, FigureSize& size);

/// Whether there is a retort to draw with.
[[nodiscard]] bool can_draw();
/// "…, so figures are not drawn": why, and what to do.
[[nodiscard]] std::string no_drawing_reason();

/// The bytes of the document as PDF. Throws Error{data} without a retort.
[[nodiscard]] std::string drawn_pdf(const ReportDocument& document);
/// Puts the drawing into each figure of the document, for HTML.
void draw_into(ReportDocument& document, double width);

/// FILE is a picture, .pdf, .svg or .png; beside it go .csv, .tex and .json of the same name. Throws
/// Error{data} without a retort, after the texts were written.
void write_figure(const Figure& figure, const std::filesystem::path& file, double width);
/// All figures by their names, in all forms; without a retort their texts alone.
void write_figures(ReportDocument& document, const std::filesystem::path& folder, double width);

} // namespace retort::ctl
