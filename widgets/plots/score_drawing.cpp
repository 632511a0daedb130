// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/score_drawing.h"

#include "widgets/forms/accents.h"
#include "widgets/plots/axis_colors.h"
#include "widgets/plots/number_text.h"

#include <qcustomplot.h>

#include <algorithm>

namespace retort {
namespace {

// Of the height of the axes, for the largest count: the lines lie above most of it.
constexpr double barHeight = 0.3;

/// Between background and text.
QColor grey(const QPalette& palette, double shareOfText) {
    return blend(palette.color(QPalette::Base), palette.color(QPalette::Text), shareOfText);
}

void placeTicks(QCustomPlot& plot, const ScoreFigure& figure) {
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

void drawIntervals(QCustomPlot& plot, const std::vector<ScorePoint>& points, QCPAbstractPlottable& of,
                   const QColor& color) {
    auto* errors = new QCPErrorBars(plot.xAxis, plot.yAxis);
    errors->removeFromLegend();
    errors->setDataPlottable(&of);
    errors->setPen(QPen(color, 1.2));
    for (const ScorePoint& point : points) {
        const bool hasInterval = point.interval.high > 0;
        errors->addData(hasInterval ? point.y - point.interval.low : 0,
                        hasInterval ? point.interval.high - point.y : 0);
    }
}

void drawLine(QCustomPlot& plot, const ScoreLine& line, const QPalette& palette) {
    const QColor color = line.style.color(isDark(palette));
    QCPGraph* graph = plot.addGraph();
    graph->setName(line.label);
    graph->setPen(QPen(color, 1.6, line.style.slot % 2 == 0 ? Qt::SolidLine : Qt::DashLine));
    if (!line.isJoined) graph->setLineStyle(QCPGraph::lsNone);
    // Shapes differ too, for eyes and printers without colours.
    const auto shape = line.style.slot % 2 == 0 ? QCPScatterStyle::ssDisc : QCPScatterStyle::ssSquare;
    const QColor ink = line.isFaint ? grey(palette, 0.8) : color;
    graph->setScatterStyle(line.isFaint
                               ? QCPScatterStyle(QCPScatterStyle::ssCircle, ink, Qt::NoBrush, 4)
                               : QCPScatterStyle(shape, QPen(color, 1.4), color, line.isJoined ? 6 : 9));
    if (!line.isInLegend) graph->removeFromLegend();
    for (const ScorePoint& point : line.points)
        graph->addData(point.x, point.y);
    drawIntervals(plot, line.points, *graph, color);
}

/// With hatching on every other, for eyes and printers without colours.
void drawColumns(QCustomPlot& plot, const ScoreColumns& columns, const QPalette& palette) {
    const QColor color = columns.style.color(isDark(palette));
    auto* bars = new QCPBars(plot.xAxis, plot.yAxis);
    bars->setName(columns.label);
    bars->setPen(QPen(color, 1));
    bars->setBrush(QBrush(color, columns.style.slot % 2 == 0 ? Qt::SolidPattern : Qt::Dense3Pattern));
    bars->setWidth(columns.width);
    for (const ScorePoint& point : columns.points)
        bars->addData(point.x, point.y);
    drawIntervals(plot, columns.points, *bars, palette.color(QPalette::Text));
}

void drawRing(QCustomPlot& plot, const ScorePoint& point, const QPalette& palette) {
    QCPGraph* ring = plot.addGraph();
    ring->removeFromLegend();
    ring->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(palette.color(QPalette::Text), 1.6),
                                          Qt::NoBrush, 13));
    ring->addData(point.x, point.y);
}

/// In rows of as many as the width holds.
void placeLegend(QCustomPlot& plot, const ScoreFigure& figure) {
    QCPLayoutInset& inset = *plot.axisRect()->insetLayout();
    inset.setInsetAlignment(0, figure.isLegendAbove ? Qt::AlignTop | Qt::AlignHCenter
                                                    : Qt::AlignBottom | Qt::AlignRight);
    double widest = 1;
    for (int i = 0; i < plot.legend->itemCount(); ++i) // the last row of a wrapped legend has empty places
        if (const QCPAbstractLegendItem* item = plot.legend->item(i))
            widest = std::max(widest, static_cast<double>(item->minimumOuterSizeHint().width()));
    const int fitting = std::max(1, static_cast<int>((plot.axisRect()->width() - 10) / (widest + 8)));
    plot.legend->setWrap(figure.isLegendAbove ? fitting : 0);
    // Puts the entries in place again, by the new wrap.
    plot.legend->setFillOrder(figure.isLegendAbove ? QCPLegend::foColumnsFirst : QCPLegend::foRowsFirst);
}

void drawLegend(QCustomPlot& plot, const ScoreFigure& figure, const QPalette& palette) {
    const auto isNamed = [](const ScoreLine& line) { return line.isInLegend; };
    plot.legend->setVisible(std::ranges::count_if(figure.lines, isNamed) + std::ssize(figure.columns) > 1);
    plot.legend->setFont(plot.font());
    plot.legend->setTextColor(palette.color(QPalette::Text));
    plot.legend->setBorderPen(Qt::NoPen);
    QColor fill = palette.color(QPalette::Base);
    fill.setAlpha(220);
    plot.legend->setBrush(fill);
    placeLegend(plot, figure);
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
        drawColumns(plot, columns, palette);
    for (const ScoreLine& line : figure.lines)
        drawLine(plot, line, palette);
    if (marked != nullptr) drawRing(plot, *marked, palette);
    drawLegend(plot, figure, palette);
    plot.replot(QCustomPlot::rpQueuedReplot);
}

} // namespace retort
