// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/figure_plots.h"
#include "widgets/plots/plot_bands.h"
#include "widgets/plots/plot_ticker.h"
#include "widgets/plots/series_style.h"
#include "widgets/plots/value_range.h"

#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace retort {
namespace {

constexpr std::size_t longestLegend = 8; ///< entries within the axes; more stand above them

/// What a graph cannot place breaks its line.
double placed(double value, bool isLogarithmic) {
    const bool isThere = std::isfinite(value) && (!isLogarithmic || value > 0);
    return isThere ? value : std::numeric_limits<double>::quiet_NaN();
}

QCPGraph* addLine(QCustomPlot& plot, const CurveFigure& figure, const FigureCurve& curve,
                  const std::vector<double>& values) {
    QCPGraph* graph = plot.addGraph();
    graph->setAdaptiveSampling(false); // the points were thinned, without losing peaks
    QVector<double> x, y;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double place = curve.position(i, figure.axis);
        if (figure.x.is_logarithmic && place <= 0) continue;
        x << place;
        y << placed(values[i], figure.y.is_logarithmic);
    }
    graph->setData(x, y, true);
    return graph;
}

void addBand(QCustomPlot& plot, const CurveFigure& figure, const FigureCurve& curve) {
    QCPGraph* low = addLine(plot, figure, curve, curve.low);
    QCPGraph* high = addLine(plot, figure, curve, curve.high);
    QColor fill = SeriesStyle{curve.style}.color(false);
    fill.setAlphaF(0.2F);
    for (QCPGraph* edge : {low, high}) {
        edge->setPen(Qt::NoPen);
        edge->removeFromLegend();
    }
    high->setBrush(fill);
    high->setChannelFillGraph(low);
}

/// The part of a curve that speaks of its own stage, over it.
void addStrongPart(QCustomPlot& plot, const CurveFigure& figure, const FigureCurve& curve, QPen pen) {
    FigureCurve part = curve;
    for (std::size_t i = 0; i < part.values.size(); ++i) {
        const auto step = static_cast<double>(part.steps[i]);
        if (step < curve.strong->low || step > curve.strong->high)
            part.values[i] = std::numeric_limits<double>::quiet_NaN();
    }
    QCPGraph* graph = addLine(plot, figure, part, part.values);
    graph->removeFromLegend();
    pen.setWidthF(2.2);
    pen.setStyle(Qt::SolidLine);
    graph->setPen(pen);
}

void addStages(QCustomPlot& plot, const CurveFigure& figure) {
    if (figure.stages.empty()) return;
    PlotBands bands(plot); // what it draws is the plot's
    std::vector<PlotBand> placed;
    for (const FigureStage& stage : figure.stages)
        placed.push_back({QString::fromStdString(stage.label), {stage.style}, stage.from, stage.to});
    bands.set(placed);
    bands.setColors(printPalette());
    plot.axisRect()->setMinimumMargins(QMargins(0, std::max(4, bands.stripHeight()), 6, 0));
}

void addCurve(QCustomPlot& plot, const CurveFigure& figure, const FigureCurve& curve) {
    const SeriesStyle style{curve.style};
    QCPGraph* graph = addLine(plot, figure, curve, curve.values);
    QColor color = style.color(false);
    if (curve.is_faint) {
        color.setAlphaF(0.4F);
        graph->setPen(QPen(color, 0.4));
        graph->removeFromLegend();
        return;
    }
    graph->setName(QString::fromStdString(curve.label));
    QPen pen(color, 1.1, style.dash());
    pen.setJoinStyle(Qt::RoundJoin);
    graph->setPen(pen);
    if (curve.has_marks) graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, color, color, 2.6));
    if (curve.strong) addStrongPart(plot, figure, curve, pen);
}

struct Extents {
    Extent x, y;
};

Extents extentsOf(const CurveFigure& figure) {
    Extents extents;
    for (const FigureCurve& curve : figure.curves) {
        for (std::size_t i = 0; i < curve.values.size(); ++i)
            extents.x.add(curve.position(i, figure.axis));
        for (const auto* list : {&curve.values, &curve.low, &curve.high})
            for (const double value : *list)
                extents.y.add(value);
    }
    return extents;
}

Interval xInterval(const Extent& extent, bool isLogarithmic) {
    if (!extent.has_finite()) return {0, 1};
    if (isLogarithmic) return {extent.min_positive, extent.max};
    return {std::min(0.0, extent.min), extent.max};
}

/// The corner of the axes with the fewest points, as an alignment.
Qt::Alignment emptiestCorner(const QCustomPlot& plot) {
    const std::array<Qt::Alignment, 4> corners = {Qt::AlignRight | Qt::AlignTop, Qt::AlignLeft | Qt::AlignTop,
                                                  Qt::AlignRight | Qt::AlignBottom,
                                                  Qt::AlignLeft | Qt::AlignBottom};
    std::array<int, 4> counts{};
    const auto share = [](const QCPAxis& axis, double value) {
        const QCPRange range = axis.range();
        if (axis.scaleType() == QCPAxis::stLogarithmic)
            return std::log(value / range.lower) / std::log(range.upper / range.lower);
        return (value - range.lower) / range.size();
    };
    for (int i = 0; i < plot.graphCount(); ++i)
        for (const QCPGraphData& point : *plot.graph(i)->data()) {
            const double x = share(*plot.xAxis, point.key), y = share(*plot.yAxis, point.value);
            if (std::isnan(y) || (x > 0.4 && x < 0.6) || (y > 0.35 && y < 0.6)) continue;
            ++counts[(y < 0.5 ? 2U : 0U) + (x < 0.5 ? 1U : 0U)];
        }
    return corners[static_cast<std::size_t>(std::ranges::min_element(counts) - counts.begin())];
}

void placeLegend(QCustomPlot& plot, const CurveFigure& figure) {
    const auto entries = std::ranges::count(figure.curves, false, &FigureCurve::is_faint);
    plot.legend->setVisible(entries > 0);
    if (entries <= static_cast<std::ptrdiff_t>(longestLegend)) {
        plot.axisRect()->insetLayout()->setInsetAlignment(0, emptiestCorner(plot));
        plot.axisRect()->insetLayout()->setMargins(QMargins(4, 2, 4, 4));
        return;
    }
    putLegendAbove(plot, 3);
}

} // namespace

void fillPlot(QCustomPlot& plot, const CurveFigure& figure) {
    addStages(plot, figure);
    for (const FigureCurve& curve : figure.curves)
        if (!curve.low.empty()) addBand(plot, figure, curve);
    for (const bool isFaint : {true, false}) // the means over their seeds
        for (const FigureCurve& curve : figure.curves)
            if (curve.is_faint == isFaint) addCurve(plot, figure, curve);
    if (figure.reference) addReferenceLine(plot, *figure.reference, Qt::Horizontal);
    const Extents extents = extentsOf(figure);
    const Window y = fittingWindow(extents.y, figure.y.is_logarithmic).value_or(Window{0, 1});
    plot.xAxis->setTicker(xTicker(figure.axis, figure.x.is_logarithmic));
    plot.yAxis->setTicker(valueTicker(figure.y.is_logarithmic));
    placeAxis(*plot.xAxis, figure.x, xInterval(extents.x, figure.x.is_logarithmic));
    placeAxis(*plot.yAxis, figure.y, {y.from, y.to});
    placeLegend(plot, figure);
}

} // namespace retort
