// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/pgfplots_text.h"
#include "report/table.h"

#include <algorithm>

namespace retort::pgfplots {
namespace {

// Of the height of the axes, for the largest count: the lines lie above most of it.
constexpr double count_height = 0.3;

std::string place(double x, double y) {
    return "(axis cs:" + number(x) + "," + number(y) + ")";
}

std::string counts(const PointFigure& figure) {
    std::int64_t most = 1;
    for (const FigureCount& count : figure.counts)
        most = std::max(most, count.count);
    const double height = count_height * (figure.y.range->high - figure.y.range->low);
    std::string text;
    for (const FigureCount& count : figure.counts) {
        const double top = static_cast<double>(count.count) / static_cast<double>(most) * height;
        text += "\\fill[black!14] " + place(count.x - 0.45 * count.width, 0) + " rectangle " +
                place(count.x + 0.45 * count.width, top) + ";\n\\node[anchor=south, font=\\tiny, " +
                "text=black!70] at " + place(count.x, top) + " {" + std::to_string(count.count) + "};\n";
    }
    return text;
}

bool has_intervals(const std::vector<FigurePoint>& points, std::optional<Interval> FigurePoint::*interval) {
    return std::ranges::any_of(points,
                               [&](const FigurePoint& point) { return (point.*interval).has_value(); });
}

std::string coordinates(const std::vector<FigurePoint>& points, bool has_whiskers) {
    std::string text = " coordinates {";
    for (const FigurePoint& point : points) {
        text += "(" + number(point.x) + "," + number(point.y) + ")";
        if (!has_whiskers) continue;
        const Interval x = point.x_interval.value_or(Interval{point.x, point.x});
        const Interval y = point.y_interval.value_or(Interval{point.y, point.y});
        text += " += (" + number(x.high - point.x) + "," + number(y.high - point.y) + ") -= (" +
                number(point.x - x.low) + "," + number(point.y - y.low) + ")\n";
    }
    return text + "};\n";
}

std::string plot(const std::string& options, const std::vector<FigurePoint>& points,
                 const std::string& label) {
    std::string letters;
    if (has_intervals(points, &FigurePoint::x_interval)) letters += 'x';
    if (has_intervals(points, &FigurePoint::y_interval)) letters += 'y';
    const std::string forgotten = label.empty() ? ", forget plot" : "";
    return "\\addplot[" + options + forgotten + whiskers(letters) + "]" +
           coordinates(points, !letters.empty()) +
           (label.empty() ? "" : "\\addlegendentry{" + latex_text(label) + "}\n");
}

/// A point of the front beats all above it and to its right.
std::string staircase(const PointFigure& figure, const FigurePoints& line, const std::string& label) {
    if (line.points.empty()) return "";
    std::vector<FigurePoint> points = line.points;
    for (FigurePoint& point : points)
        point = {point.x, point.y};
    points.insert(points.begin(), {points.front().x, figure.y.range->high});
    points.push_back({figure.x.range->high, points.back().y});
    return plot("const plot, black!60, dashed", points, label);
}

/// Shapes differ too, for printers without colours.
std::string line_options(const FigurePoints& line) {
    if (line.is_faint) return "only marks, mark=o, mark size=1pt, black!80";
    const bool is_disc = line.style % 2 == 0;
    const std::string mark = line.is_hollow ? (is_disc ? "o" : "square") : (is_disc ? "*" : "square*");
    return colour_name(line.style) + ", mark=" + mark + ", mark size=1.6pt, mark options={solid}" +
           (line.is_joined ? (is_disc ? ", line width=0.8pt" : ", line width=0.8pt, dashed")
                           : ", only marks");
}

std::string names(const FigurePoints& line) {
    std::string text;
    for (const FigurePoint& point : line.points)
        if (!point.name.empty())
            text += "\\node[anchor=west, font=\\scriptsize] at " + place(point.x, point.y) + " {" +
                    latex_text(point.name) + "};\n";
    return text;
}

} // namespace

std::string written(const PointFigure& figure, double width, double height) {
    const auto entries =
        std::ranges::count(figure.lines, true, &FigurePoints::is_in_legend) + std::ssize(figure.columns);
    const auto label = [&](const std::string& of, bool is_in_legend) {
        return entries > 1 && is_in_legend ? of : std::string();
    };
    std::string text = axis_head(width, height) + axis_options('x', figure.x) + axis_options('y', figure.y);
    if (!figure.ticks.empty()) text += tick_options('x', figure.ticks);
    if (figure.is_legend_above) text += ",\n  legend style={at={(0.5,1.02)}, anchor=south}, legend columns=4";
    text += "]\n" + counts(figure);
    if (figure.has_diagonal) text += "\\draw[dashed, black!50] " + place(0, 0) + " -- " + place(1, 1) + ";\n";
    for (const FigureColumns& columns : figure.columns)
        text += plot("ybar, bar shift=0pt, bar width=" + number(columns.width) +
                         ", draw=none, fill=" + colour_name(columns.style),
                     columns.points, label(columns.label, true));
    for (const FigurePoints& line : figure.lines)
        text +=
            line.is_staircase
                ? staircase(figure, line, label(line.label, line.is_in_legend))
                : plot(line_options(line), line.points, label(line.label, line.is_in_legend)) + names(line);
    return text + "\\end{axis}\n";
}

} // namespace retort::pgfplots
