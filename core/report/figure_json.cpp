// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figure_fields.h"

namespace retort {
namespace {

using value_json::read;
using value_json::written;

const char* kind_of(const Figure& figure) {
    constexpr const char* kinds[] = {"curves", "bars", "intervals", "matrix"}; // as the alternatives come
    return kinds[figure.content.index()];
}

template <class Content>
Content read_content(const Json& json) {
    Content content;
    read(json, content);
    return content;
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
};

} // namespace

Json to_json(const Figure& figure) {
    return {{"name", figure.name},
            {"title", figure.title},
            {"caption", figure.caption},
            {"kind", kind_of(figure)},
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
        const auto kind = json.at("kind").get<std::string>();
        const Json& content = json.at("content");
        if (kind == "curves")
            figure.content = read_content<CurveFigure>(content);
        else if (kind == "bars")
            figure.content = read_content<BarFigure>(content);
        else if (kind == "intervals")
            figure.content = read_content<IntervalFigure>(content);
        else if (kind == "matrix")
            figure.content = read_content<MatrixFigure>(content);
        else
            throw std::invalid_argument("a figure is of the kind curves, bars, intervals or matrix, not " +
                                        kind);
        require(figure.name == figure_name(figure.name),
                "\"" + figure.name + "\" is no name of a figure's files");
        std::visit(Checker(), figure.content);
        return figure;
    });
}

} // namespace retort
