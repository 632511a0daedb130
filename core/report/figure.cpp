// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figure.h"

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
};

} // namespace

double FigureCurve::position(std::size_t point, XAxis axis) const {
    if (axis == XAxis::tokens && !tokens.empty()) return tokens[point];
    if (axis == XAxis::wall_time && !wall_seconds.empty()) return wall_seconds[point];
    return static_cast<double>(steps[point]);
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
