// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/score_drawing.h"

#include "widgets/forms/accents.h"
#include "widgets/plots/axis_colors.h"
#include "widgets/plots/number_text.h"
#include "widgets/plots/plot_legend.h"
#include "widgets/plots/point_names.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

// Of the height of the axes, for the largest count: the lines lie above most of it.
constexpr double barHeight = 0.3;

/// Between background and text.
QColor grey(const QPalette& palette, double shareOfText) {
    return blend(palette.color(QPalette::Base), palette.color(QPalette::Text), shareOfText);
}

/// In pixels, about: the rest is for the values beside it. The axis itself knows only after it was drawn.
double axisWidth(const QCustomPlot& plot) {
    return plot.width() - 5 * QFontMetrics(plot.font()).height();
}

/// Where x lies between the ends of the axis, 0 to 1.
double shareOfAxis(const ScoreFigure& figure, double x) {
    const auto scaled = [&](double value) { return figure.isXLogarithmic ? std::log(value) : value; };
    return (scaled(x) - scaled(figure.x.low)) / (scaled(figure.x.high) - scaled(figure.x.low));
}

/// By how many degrees the names of the ticks are turned so that none meets the next: not at all, half up or
/// upright.
double tickRotation(const QCustomPlot& plot, const ScoreFigure& figure) {
    const QFontMetrics metrics(plot.font());
    const double em = metrics.height(), axis = axisWidth(plot);
    double rotation = 0;
    for (std::size_t i = 1; i < figure.ticks.size(); ++i) {
        const ScoreTick &before = figure.ticks[i - 1], &tick = figure.ticks[i];
        const double room = axis * (shareOfAxis(figure, tick.x) - shareOfAxis(figure, before.x));
        const double wide =
            (metrics.horizontalAdvance(before.text) + metrics.horizontalAdvance(tick.text)) / 2 + em / 2;
        if (wide > room) rotation = std::min(rotation, room < 1.5 * em ? -90.0 : -45.0);
    }
    return rotation;
}

void placeTicks(QCustomPlot& plot, const ScoreFigure& figure) {
    plot.xAxis->setTickLabelRotation(tickRotation(plot, figure));
    if (figure.ticks.empty()) {
        plot.xAxis->setTicker(QSharedPointer<QCPAxisTicker>::create());
        return;
    }
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (const ScoreTick& tick : figure.ticks)
        ticker->addTick(tick.x, tick.text);
    plot.xAxis->setTicker(ticker);
}

void placeAxes(QCustomPlot& plot, const ScoreFigure& figure) {
    plot.xAxis->setScaleType(figure.isXLogarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    plot.xAxis->setRange(figure.x.low, figure.x.high);
    plot.yAxis->setRange(figure.y.low, figure.y.high);
    plot.xAxis->setLabel(figure.xLabel);
    plot.yAxis->setLabel(figure.yLabel);
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
        axis->setTickLabelFont(plot.font());
        axis->setLabelFont(plot.font());
    }
    placeTicks(plot, figure);
}

void addCount(QCustomPlot& plot, const ScoreBar& bar, double height, const QColor& color) {
    auto* text = new QCPItemText(&plot);
    text->setText(wholeText(bar.count));
    text->setColor(color);
    text->setFont(plot.font());
    text->setPositionAlignment(Qt::AlignHCenter | Qt::AlignBottom);
    text->position->setCoords(bar.x, height);
}

void drawBars(QCustomPlot& plot, const ScoreFigure& figure, const QPalette& palette) {
    if (figure.bars.empty()) return;
    auto* bars = new QCPBars(plot.xAxis, plot.yAxis);
    bars->setPen(Qt::NoPen);
    bars->setBrush(grey(palette, 0.14));
    bars->setWidth(figure.bars.front().width * 0.9);
    bars->removeFromLegend();
    const double most =
        static_cast<double>(std::ranges::max_element(figure.bars, {}, &ScoreBar::count)->count);
    const double height = barHeight * (figure.y.high - figure.y.low);
    for (const ScoreBar& bar : figure.bars) {
        const double top = static_cast<double>(bar.count) / most * height;
        bars->addData(bar.x, top);
        addCount(plot, bar, top, grey(palette, 0.7));
    }
}

void drawDiagonal(QCustomPlot& plot, const ScoreFigure& figure, const QPalette& palette) {
    if (!figure.hasDiagonal) return;
    auto* line = new QCPItemStraightLine(&plot);
    line->setPen(QPen(grey(palette, 0.5), 1, Qt::DashLine));
    line->point1->setCoords(0, 0);
    line->point2->setCoords(1, 1);
}

/// With ends of at most `width` pixels.
void drawIntervals(QCustomPlot& plot, const std::vector<ScorePoint>& points, QCPAbstractPlottable& of,
                   const QColor& color, double width = 9) {
    const auto hasInterval = [](const ScorePoint& point) { return point.interval.high > 0; };
    if (std::ranges::none_of(points, hasInterval)) return; // ends without an interval would hide the mark
    auto* errors = new QCPErrorBars(plot.xAxis, plot.yAxis);
    errors->removeFromLegend();
    errors->setDataPlottable(&of);
    errors->setPen(QPen(color, 1.2));
    errors->setWhiskerWidth(std::min(9.0, width));
    for (const ScorePoint& point : points)
        errors->addData(hasInterval(point) ? point.y - point.interval.low : 0,
                        hasInterval(point) ? point.interval.high - point.y : 0);
}

void drawXIntervals(QCustomPlot& plot, const ScoreLine& line, QCPAbstractPlottable& of, const QColor& color) {
    const auto hasInterval = [](const ScorePoint& point) {
        return point.xInterval.low < point.xInterval.high;
    };
    if (std::ranges::none_of(line.points, hasInterval)) return;
    auto* errors = new QCPErrorBars(plot.xAxis, plot.yAxis);
    errors->removeFromLegend();
    errors->setErrorType(QCPErrorBars::etKeyError);
    errors->setDataPlottable(&of);
    errors->setPen(QPen(color, 1.2));
    for (const ScorePoint& point : line.points)
        errors->addData(hasInterval(point) ? point.x - point.xInterval.low : 0,
                        hasInterval(point) ? point.xInterval.high - point.x : 0);
}

/// A point of the front beats all above it and to its right.
void drawStaircase(QCustomPlot& plot, const ScoreFigure& figure, const ScoreLine& line,
                   const QPalette& palette) {
    QCPGraph* graph = plot.addGraph();
    graph->setName(line.label);
    graph->setPen(QPen(grey(palette, 0.6), 1.2, Qt::DashLine));
    graph->setLineStyle(QCPGraph::lsStepLeft);
    if (line.points.empty()) return;
    graph->addData(line.points.front().x, figure.y.high);
    for (const ScorePoint& point : line.points)
        graph->addData(point.x, point.y);
    graph->addData(figure.x.high, line.points.back().y);
}

void drawLine(QCustomPlot& plot, const ScoreFigure& figure, const ScoreLine& line, const QPalette& palette) {
    if (line.isStaircase) return drawStaircase(plot, figure, line, palette);
    const QColor color = line.style.color(isDark(palette));
    QCPGraph* graph = plot.addGraph();
    graph->setName(line.label);
    graph->setPen(QPen(color, 1.6, line.style.slot % 2 == 0 ? Qt::SolidLine : Qt::DashLine));
    if (!line.isJoined) graph->setLineStyle(QCPGraph::lsNone);
    // Shapes differ too, for eyes and printers without colours.
    const auto shape = line.style.slot % 2 == 0 ? QCPScatterStyle::ssDisc : QCPScatterStyle::ssSquare;
    graph->setScatterStyle(line.isFaint
                               ? QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(grey(palette, 0.8)),
                                                 palette.color(QPalette::Base), 4)
                               : QCPScatterStyle(shape, QPen(color, 1.4),
                                                 line.isHollow ? palette.color(QPalette::Base) : color,
                                                 line.isJoined ? 6 : 9));
    if (!line.isInLegend) graph->removeFromLegend();
    for (const ScorePoint& point : line.points)
        graph->addData(point.x, point.y);
    drawIntervals(plot, line.points, *graph, color);
    drawXIntervals(plot, line, *graph, color);
}

/// With hatching on every other, for eyes and printers without colours.
void drawColumns(QCustomPlot& plot, const ScoreFigure& figure, const ScoreColumns& columns,
                 const QPalette& palette) {
    const QColor color = columns.style.color(isDark(palette));
    auto* bars = new QCPBars(plot.xAxis, plot.yAxis);
    bars->setName(columns.label);
    bars->setPen(QPen(color, 1));
    bars->setBrush(QBrush(color, columns.style.slot % 2 == 0 ? Qt::SolidPattern : Qt::Dense3Pattern));
    bars->setWidth(columns.width);
    for (const ScorePoint& point : columns.points)
        bars->addData(point.x, point.y);
    const double width = columns.width / (figure.x.high - figure.x.low) * axisWidth(plot);
    drawIntervals(plot, columns.points, *bars, palette.color(QPalette::Text), 0.7 * width);
}

void drawRing(QCustomPlot& plot, const ScorePoint& point, const QPalette& palette) {
    QCPGraph* ring = plot.addGraph();
    ring->removeFromLegend();
    ring->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(palette.color(QPalette::Text), 1.6),
                                          Qt::NoBrush, 13));
    ring->addData(point.x, point.y);
}

void drawLegend(QCustomPlot& plot, const ScoreFigure& figure, const QPalette& palette) {
    const auto isNamed = [](const ScoreLine& line) { return line.isInLegend; };
    const bool isShown = std::ranges::count_if(figure.lines, isNamed) + std::ssize(figure.columns) > 1;
    plot.legend->setVisible(isShown);
    plot.legend->setFont(plot.font());
    const int em = QFontMetrics(plot.font()).height();
    plot.legend->setIconSize(2 * em, em + 4); // a row is as high, and cuts what is higher
    plot.legend->setTextColor(palette.color(QPalette::Text));
    plot.legend->setBorderPen(Qt::NoPen);
    QColor fill = palette.color(QPalette::Base);
    fill.setAlpha(220);
    plot.legend->setBrush(fill);
    houseLegend(plot, figure.isLegendAbove && isShown);
    wrapLegend(plot, figure.isLegendAbove && isShown, plot.width());
}

} // namespace

void drawScoreFigure(QCustomPlot& plot, const ScoreFigure& figure, const QPalette& palette,
                     const ScorePoint* marked) {
    plot.clearItems();
    plot.clearPlottables();
    colorAxes(plot, palette);
    placeAxes(plot, figure);
    drawBars(plot, figure, palette);
    drawDiagonal(plot, figure, palette);
    for (const ScoreColumns& columns : figure.columns)
        drawColumns(plot, figure, columns, palette);
    for (const ScoreLine& line : figure.lines)
        drawLine(plot, figure, line, palette);
    drawPointNames(plot, figure, palette);
    if (marked != nullptr) drawRing(plot, *marked, palette);
    drawLegend(plot, figure, palette);
    plot.replot(QCustomPlot::rpQueuedReplot);
}

} // namespace retort
