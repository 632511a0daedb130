// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figure.h"

#include <algorithm>
#include <cctype>

namespace retort {
namespace {

struct Counter {
    std::size_t operator()(const CurveFigure& figure) const {
        std::size_t points = 0;
        for (const FigureCurve& curve : figure.curves)
            points += curve.values.size();
        return points;
    }
    std::size_t operator()(const BarFigure& figure) const {
        return figure.groups.size() * figure.bars.size();
    }
    std::size_t operator()(const IntervalFigure& figure) const { return figure.rows.size(); }
    std::size_t operator()(const MatrixFigure& figure) const { return figure.values.size(); }
    std::size_t operator()(const PointFigure& figure) const {
        std::size_t points = figure.counts.size();
        for (const FigurePoints& line : figure.lines)
            points += line.points.size();
        for (const FigureColumns& columns : figure.columns)
            points += columns.points.size();
        return points;
    }
    std::size_t operator()(const ParallelFigure& figure) const {
        return figure.runs.size() * figure.axes.size();
    }
};

} // namespace

double FigureCurve::position(std::size_t point, XAxis axis) const {
    if (axis == XAxis::tokens && !tokens.empty()) return tokens[point];
    if (axis == XAxis::wall_time && !wall_seconds.empty()) return wall_seconds[point];
    return static_cast<double>(steps[point]);
}

std::vector<FigureRun> figure_runs(const std::vector<RunRecord>& runs) {
    std::vector<FigureRun> result;
    for (const RunRecord& run : runs)
        result.push_back({run.id, run.label()});
    return result;
}

std::string figure_name(const std::string& title) {
    std::string name;
    for (const char letter : title) {
        const auto code = static_cast<unsigned char>(letter);
        if (std::isalnum(code) != 0)
            name += static_cast<char>(std::tolower(code));
        else if (!name.empty() && name.back() != '-')
            name += '-';
    }
    if (!name.empty() && name.back() == '-') name.pop_back();
    return name.empty() ? "figure" : name;
}

std::string axis_text(const FigureAxis& axis) {
    return axis.unit.empty() ? axis.title : axis.title + " (" + axis.unit + ")";
}

bool is_kept(const ParallelFigure& figure, std::size_t run) {
    constexpr double rounding = 1e-9;
    for (std::size_t i = 0; i < std::min(figure.kept.size(), figure.axes.size()); ++i) {
        const double place = figure.axes[i].places[run];
        const std::optional<Interval>& kept = figure.kept[i];
        if (kept && (place < kept->low - rounding || place > kept->high + rounding)) return false;
    }
    return true;
}

std::string axis_name(const ParallelFigure& figure, std::size_t axis) {
    std::string name = figure.axes[axis].pointer;
    if (name.empty()) return figure.result;
    std::ranges::replace(name, '/', '.');
    return name.substr(1);
}

std::size_t point_count(const Figure& figure) {
    return std::visit(Counter(), figure.content);
}

Json figure_provenance(const Figure& figure, const Json& made_with) {
    Json runs = Json::array();
    for (const FigureRun& run : figure.runs)
        runs.push_back({{"id", run.id}, {"run", run.label}});
    return {{"figure", figure.name},         {"title", figure.title},   {"caption", figure.caption},
            {"points", point_count(figure)}, {"runs", std::move(runs)}, {"options", figure.options},
            {"made_with", made_with}};
}

} // namespace retort
