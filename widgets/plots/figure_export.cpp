// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/figure_export.h"

#include "widgets/plots/line_plot.h"
#include "widgets/plots/plot_group.h"
#include "widgets/plots/x_axis_choice.h"

#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>

namespace retort {
namespace {

std::string text(const QString& words) {
    return words.toStdString();
}

std::vector<double> copied(const MinMaxPyramid& values) {
    return {values.values().begin(), values.values().end()};
}

FigureCurve curveOf(const Curve& curve) {
    FigureCurve result{.label = text(curve.label()), .style = curve.style().slot};
    result.has_marks = !curve.isSmoothable;
    result.is_faint = curve.isOwned();
    result.steps.assign(curve.steps().begin(), curve.steps().end());
    for (const std::int64_t step : result.steps) {
        result.tokens.push_back(curve.clock().position(step, XAxis::tokens));
        result.wall_seconds.push_back(curve.clock().position(step, XAxis::wall_time));
    }
    result.values = copied(curve.values());
    result.low = copied(curve.low());
    result.high = copied(curve.high());
    if (curve.strong)
        result.strong =
            Interval{static_cast<double>(curve.strong->first), static_cast<double>(curve.strong->last)};
    return result;
}

/// The smoothed curve, and before it the values, faint behind.
void appendSmoothed(CurveFigure& figure, FigureCurve curve, const Curve& drawn, double smoothing) {
    FigureCurve smoothed = curve;
    smoothed.values = copied(drawn.smoothed());
    smoothed.label = text(LinePlot::tr("%1, smoothed %2").arg(drawn.label(), QString::number(smoothing)));
    curve.is_faint = true;
    figure.curves.push_back(std::move(curve));
    figure.curves.push_back(std::move(smoothed));
}

FigureAxis axisOf(const QString& title, const QString& unit, bool isLogarithmic, Window window) {
    return {text(title), text(unit), isLogarithmic, Interval{window.from, window.to}};
}

} // namespace

Figure figureOf(const LinePlot& plot) {
    const CurveView& view = plot.view();
    CurveFigure figure{.axis = view.xAxis,
                       .x = axisOf(axisName(view.xAxis), {}, view.isXLogarithmic, plot.xWindow()),
                       .y = axisOf(plot.title(), plot.unit(), view.isLogarithmic, plot.yWindow()),
                       .reference = plot.reference(),
                       .curves = {}};
    for (const PlotBand& band : plot.group().bands())
        figure.stages.push_back({text(band.label), band.style.slot, band.from, band.to});
    for (const auto& curve : plot.curves()) {
        if (!curve->isVisible || curve->size() == 0) continue;
        const bool isSmoothed =
            view.isSmoothed() && curve->isSmoothable && curve->smoothed().size() == curve->size();
        if (isSmoothed)
            appendSmoothed(figure, curveOf(*curve), *curve, view.smoothing);
        else
            figure.curves.push_back(curveOf(*curve));
    }
    return {figure_name(text(plot.title())), text(plot.title()), {}, std::move(figure), plot.runs(),
            {{"smoothing", view.smoothing}}};
}

QString curvesAsCsv(const LinePlot& plot) {
    Figure figure = figureOf(plot);
    std::erase_if(std::get<CurveFigure>(figure.content).curves, [&](const FigureCurve& curve) {
        return curve.label.find(", smoothed ") != std::string::npos;
    });
    return QString::fromStdString(to_csv(figure));
}

QString exportFigure(const LinePlot& plot, const QString& file, double width) {
    return saveFigure(figureOf(plot), {file, width});
}

void copyPicture(LinePlot& plot) {
    QGuiApplication::clipboard()->setPixmap(plot.grab());
}

} // namespace retort
