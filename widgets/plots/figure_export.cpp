// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/figure_export.h"

#include "widgets/plots/line_plot.h"
#include "widgets/plots/plot_group.h"
#include "widgets/plots/x_axis_choice.h"

#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>
#include <map>
#include <memory>
#include <utility>

namespace retort {
namespace {

std::string text(const QString& words) {
    return words.toStdString();
}

std::vector<double> copied(const MinMaxPyramid& values) {
    return {values.values().begin(), values.values().end()};
}

/// A figure whose curves lack tokens and seconds, and the clocks that know them.
struct Snapshot {
    Figure figure;
    std::vector<std::shared_ptr<const RunClock>> clocks; ///< of each curve
};

FigureCurve curveOf(const Curve& curve) {
    FigureCurve result{.label = text(curve.label()), .style = curve.style().slot};
    result.has_marks = !curve.isSmoothable;
    result.is_faint = curve.isOwned();
    result.steps.assign(curve.steps().begin(), curve.steps().end());
    result.values = copied(curve.values());
    result.low = copied(curve.low());
    result.high = copied(curve.high());
    if (curve.strong)
        result.strong =
            Interval{static_cast<double>(curve.strong->first), static_cast<double>(curve.strong->last)};
    return result;
}

void place(FigureCurve& curve, const RunClock& clock) {
    curve.tokens.reserve(curve.steps.size());
    curve.wall_seconds.reserve(curve.steps.size());
    for (const std::int64_t step : curve.steps) {
        curve.tokens.push_back(clock.position(step, XAxis::tokens));
        curve.wall_seconds.push_back(clock.position(step, XAxis::wall_time));
    }
}

Figure placed(Snapshot snapshot) {
    auto& curves = std::get<CurveFigure>(snapshot.figure.content).curves;
    for (std::size_t i = 0; i < curves.size(); ++i)
        place(curves[i], *snapshot.clocks[i]);
    return std::move(snapshot.figure);
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

CurveFigure emptyFigureOf(const LinePlot& plot) {
    const CurveView& view = plot.view();
    CurveFigure figure{.axis = view.xAxis,
                       .x = axisOf(axisName(view.xAxis), {}, view.isXLogarithmic, plot.xWindow()),
                       .y = axisOf(plot.title(), plot.unit(), view.isLogarithmic, plot.yWindow()),
                       .reference = plot.reference(),
                       .curves = {}};
    for (const PlotBand& band : plot.group().bands())
        figure.stages.push_back({text(band.label), band.style.slot, band.from, band.to});
    return figure;
}

Snapshot snapshotOf(const LinePlot& plot) {
    const CurveView& view = plot.view();
    CurveFigure figure = emptyFigureOf(plot);
    Snapshot snapshot;
    std::map<const RunClock*, std::shared_ptr<const RunClock>> clocks; // runs' curves share them
    for (const auto& curve : plot.curves()) {
        if (!curve->isVisible || curve->size() == 0) continue;
        auto& clock = clocks[&curve->clock()];
        if (!clock) clock = std::make_shared<RunClock>(curve->clock());
        const bool isSmoothed =
            view.isSmoothed() && curve->isSmoothable && curve->smoothed().size() == curve->size();
        if (isSmoothed)
            appendSmoothed(figure, curveOf(*curve), *curve, view.smoothing);
        else
            figure.curves.push_back(curveOf(*curve));
        snapshot.clocks.resize(figure.curves.size(), clock);
    }
    Json options = plot.figureOptions();
    options["smoothing"] = view.smoothing;
    snapshot.figure = {figure_name(text(plot.title())),
                       text(plot.title()),
                       {},
                       std::move(figure),
                       plot.runs(),
                       std::move(options)};
    return snapshot;
}

} // namespace

Figure figureOf(const LinePlot& plot) {
    return placed(snapshotOf(plot));
}

MakeFigure laterFigureOf(const LinePlot& plot) {
    return [taken = std::make_shared<Snapshot>(snapshotOf(plot))] { return placed(std::move(*taken)); };
}

QString curvesAsCsv(const LinePlot& plot) {
    Figure figure = figureOf(plot);
    std::erase_if(std::get<CurveFigure>(figure.content).curves, [&](const FigureCurve& curve) {
        return curve.label.find(", smoothed ") != std::string::npos;
    });
    return QString::fromStdString(to_csv(figure));
}

void copyPicture(LinePlot& plot) {
    QGuiApplication::clipboard()->setPixmap(plot.grab());
}

} // namespace retort
