// SPDX-License-Identifier: GPL-3.0-or-later
// What retortctl asks `retort --render` to draw: a file that holds everything, so that the drawing program
// needs no workspace.
#pragma once

#include "report/document.h"

#include <optional>
#include <string>
#include <vector>

namespace retort {

/// A figure as files NAME.ENDING.
struct FigureRequest {
    Figure figure;
    double width = 396;               ///< PDF points; whole ones are drawn, never more
    std::vector<std::string> endings; ///< pdf, svg, png
};

struct RenderRequest {
    std::vector<FigureRequest> figures = {};
    std::optional<ReportDocument> document = {}; ///< laid out as report.pdf
};

[[nodiscard]] Json to_json(const RenderRequest& request);
/// Throws std::invalid_argument with what is wrong.
[[nodiscard]] RenderRequest read_render_request(const Json& json);

} // namespace retort
