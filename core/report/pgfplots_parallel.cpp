// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/number_text.h"
#include "report/pgfplots_text.h"
#include "report/table.h"

#include <algorithm>
#include <cmath>

namespace retort::pgfplots {
namespace {

std::string tick_text(const ParallelTick& tick) {
    if (tick.value) return shown_number(*tick.value);
    return tick.text.empty() ? "–" : tick.text;
}

/// From blue, the best, to orange, the worst, in percent of blue; grey without a result.
std::string colour_of(const ParallelFigure& figure, std::size_t run) {
    const ParallelAxis& result = figure.axes.back();
    if (!is_kept(figure, run)) return "black!14";
    if (!result.values[run]) return "black!50";
    const double share = figure.is_higher_better ? result.places[run] : 1 - result.places[run];
    return colour_name(0) + "!" + std::to_string(std::lround(100 * share)) + "!" + colour_name(3);
}

std::string run_line(const ParallelFigure& figure, std::size_t run) {
    std::string text = "\\draw[" + colour_of(figure, run) + "] ";
    for (std::size_t axis = 0; axis < figure.axes.size(); ++axis)
        text += (axis == 0 ? "(" : " -- (") + std::to_string(axis) + "," +
                number(figure.axes[axis].places[run]) + ")";
    return text + ";\n";
}

std::string axis_lines(const ParallelFigure& figure, std::size_t axis) {
    const std::string x = std::to_string(axis);
    std::string text = "\\draw[black!60] (" + x + ",0) -- (" + x + ",1);\n";
    for (const ParallelTick& tick : figure.axes[axis].ticks)
        text += "\\draw[black!60] (" + x + "," + number(tick.place) +
                ") ++(-2bp,0) -- ++(4bp,0) node[anchor=west, text=black, inner sep=1bp, fill=white, fill "
                "opacity=0.75, text opacity=1] {" +
                latex_text(tick_text(tick)) + "};\n";
    std::string heading = latex_text(axis_name(figure, axis));
    if (const auto& correlation = figure.axes[axis].correlation)
        heading += "\\\\$\\rho = " + number(std::round(100 * *correlation) / 100) + "$";
    return text + "\\node[anchor=south, align=center] at (" + x + ",1.04) {" + heading + "};\n";
}

} // namespace

std::string written(const ParallelFigure& figure, double width, double height) {
    const double axes = std::max(1.0, static_cast<double>(figure.axes.size()));
    std::string text = "\\begin{scope}[x=" + length(width / axes) + ", y=" + length(height - 40) +
                       ", every node/.style={font=\\scriptsize}]\n";
    for (const bool are_kept : {false, true})
        for (std::size_t run = 0; run < figure.runs.size(); ++run)
            if (is_kept(figure, run) == are_kept) text += run_line(figure, run);
    for (std::size_t axis = 0; axis < figure.axes.size(); ++axis)
        text += axis_lines(figure, axis);
    return text + "\\end{scope}\n";
}

} // namespace retort::pgfplots
