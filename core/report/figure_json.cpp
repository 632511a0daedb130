// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figure_fields.h"

#include <array>

namespace retort {
namespace {

using value_json::read;
using value_json::written;

/// As the alternatives come.
constexpr std::array<const char*, std::variant_size_v<decltype(Figure::content)>> kinds = {
    "curves", "bars", "intervals", "matrix", "points", "parallel"};

template <std::size_t kind = 0>
void read_content(const std::string& name, const Json& json, Figure& figure) {
    if constexpr (kind == kinds.size()) {
        throw std::invalid_argument("no figure is of the kind " + name);
    } else {
        if (name != kinds[kind]) return read_content<kind + 1>(name, json, figure);
        read(json, figure.content.emplace<kind>());
    }
}

/// Lists that belong together must be of one length: what draws them relies on it.
void require(bool fits, const std::string& what) {
    if (!fits) throw std::invalid_argument(what);
}

struct Checker {
    void operator()(const CurveFigure& figure) const {
        for (const FigureCurve& curve : figure.curves) {
            const auto fits = [&](const auto& list) {
                return list.empty() || list.size() == curve.values.size();
            };
            require(curve.steps.size() == curve.values.size() && fits(curve.tokens) &&
                        fits(curve.wall_seconds) && fits(curve.low) && fits(curve.high) &&
                        curve.low.size() == curve.high.size(),
                    "the lists of the curve \"" + curve.label + "\" differ in length");
        }
    }
    void operator()(const BarFigure& figure) const {
        for (const FigureBars& bars : figure.bars)
            for (const auto* list : {&bars.values, &bars.low, &bars.high})
                require(list->size() == figure.groups.size(),
                        "the bars \"" + bars.label + "\" are not one for each group");
    }
    void operator()(const IntervalFigure&) const {}
    void operator()(const MatrixFigure& figure) const {
        const std::size_t cells = figure.rows.size() * figure.columns.size();
        require(figure.values.size() == cells && figure.texts.size() == cells &&
                    figure.shades.size() == cells,
                "the matrix has not one value, text and shade for each cell");
    }
    void operator()(const PointFigure& figure) const {
        require(figure.x.range && figure.y.range, "a figure of points has no range");
    }
    void operator()(const ParallelFigure& figure) const {
        for (const ParallelAxis& axis : figure.axes)
            require(axis.places.size() == figure.runs.size() && axis.values.size() == figure.runs.size() &&
                        axis.texts.size() == figure.runs.size(),
                    "the axis \"" + axis.pointer + "\" has not one place for each run");
    }
};

} // namespace

Json to_json(const Figure& figure) {
    return {{"name", figure.name},
            {"title", figure.title},
            {"caption", figure.caption},
            {"kind", kinds[figure.content.index()]},
            {"content", std::visit([](const auto& content) { return written(content); }, figure.content)},
            {"runs", written(figure.runs)},
            {"options", figure.options}};
}

Figure read_figure(const Json& json) {
    return value_json::checked([&] {
        Figure figure;
        read(json.at("name"), figure.name);
        read(json.at("title"), figure.title);
        read(json.at("caption"), figure.caption);
        read(json.at("runs"), figure.runs);
        figure.options = json.at("options");
        read_content(json.at("kind").get<std::string>(), json.at("content"), figure);
        require(figure.name == figure_name(figure.name),
                "\"" + figure.name + "\" is no name of a figure's files");
        std::visit(Checker(), figure.content);
        return figure;
    });
}

} // namespace retort
