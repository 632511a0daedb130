// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/figure_plots.h"

#include "widgets/forms/accents.h"
#include "widgets/plots/axis_colors.h"
#include "widgets/plots/picture_file.h"
#include "widgets/plots/plot_ticker.h"
#include "widgets/plots/series_style.h"
#include "widgets/plots/value_range.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

constexpr int labelSize = 8; ///< points, as all sizes here
constexpr int tickSize = 7;

QString text(const std::string& words) {
    return QString::fromStdString(words);
}

QColor grey(double shareOfText) {
    return blend(Qt::white, Qt::black, shareOfText);
}

QSharedPointer<QCPAxisTicker> rowTicker(const std::vector<QString>& names) {
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (std::size_t i = 0; i < names.size(); ++i)
        ticker->addTick(static_cast<double>(i), names[i]);
    return ticker;
}

void addMargin(QCustomPlot& plot, const Interval& margin) {
    auto* rect = new QCPItemRect(&plot);
    rect->setLayer(QStringLiteral("grid"));
    rect->setPen(Qt::NoPen);
    rect->setBrush(grey(0.08));
    for (QCPItemPosition* corner : {rect->topLeft, rect->bottomRight})
        corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
    rect->topLeft->setCoords(margin.low, 0);
    rect->bottomRight->setCoords(margin.high, 1);
}

QCPErrorBars* addWhiskers(QCustomPlot& plot, QCPAbstractPlottable& of, const QColor& color,
                          bool isHorizontal) {
    auto* whiskers = new QCPErrorBars(plot.xAxis, plot.yAxis);
    whiskers->removeFromLegend();
    whiskers->setDataPlottable(&of);
    whiskers->setErrorType(isHorizontal ? QCPErrorBars::etKeyError : QCPErrorBars::etValueError);
    whiskers->setPen(QPen(color, 0.8));
    whiskers->setWhiskerWidth(isHorizontal ? 4 : 5);
    whiskers->setSymbolGap(0);
    return whiskers;
}

void addBars(QCustomPlot& plot, const FigureBars& bars, double shift, double width, bool hasWhiskers) {
    const SeriesStyle style{bars.style};
    auto* columns = new QCPBars(plot.xAxis, plot.yAxis);
    columns->setName(text(bars.label));
    columns->setPen(QPen(style.color(false), 0.6));
    // Fills differ without colour too.
    columns->setBrush(
        QBrush(style.color(false), bars.style / 8 % 2 == 0 ? Qt::SolidPattern : Qt::Dense3Pattern));
    columns->setWidth(width * 0.92);
    QCPErrorBars* whiskers = hasWhiskers ? addWhiskers(plot, *columns, Qt::black, false) : nullptr;
    for (std::size_t group = 0; group < bars.values.size(); ++group) {
        if (!std::isfinite(bars.values[group])) continue;
        columns->addData(static_cast<double>(group) + shift, bars.values[group]);
        if (whiskers == nullptr) continue;
        const bool isThere = std::isfinite(bars.low[group]) && std::isfinite(bars.high[group]);
        whiskers->addData(isThere ? bars.values[group] - bars.low[group] : 0,
                          isThere ? bars.high[group] - bars.values[group] : 0);
    }
}

} // namespace

void dressForPrint(QCustomPlot& plot, QSize points) {
    plot.resize(points);
    plot.setViewport(QRect(QPoint(), points));
    plot.setFont(printFont(labelSize));
    plot.setNotAntialiasedElements({});
    colorAxes(plot, printPalette());
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis, plot.xAxis2, plot.yAxis2}) {
        axis->setLabelFont(printFont(labelSize));
        axis->setTickLabelFont(printFont(tickSize));
        axis->setTickLabelColor(Qt::black);
        axis->setLabelColor(Qt::black);
        axis->setBasePen(QPen(grey(0.45), 0.5));
        axis->setTickPen(QPen(grey(0.45), 0.5));
        axis->setSubTickPen(QPen(grey(0.45), 0.4));
        axis->setTickLength(0, 3);
        axis->setSubTickLength(0, 1);
        axis->setTickLabelPadding(2);
        axis->setLabelPadding(2);
        axis->grid()->setPen(QPen(grey(0.1), 0.4));
    }
    plot.plotLayout()->setMargins({});
    plot.axisRect()->setMinimumMargins(QMargins(0, 4, 6, 0));
    plot.axisRect()->setupFullAxesBox(false);
    plot.xAxis2->setVisible(false);
    plot.yAxis2->setVisible(false);
    plot.legend->setFont(printFont(tickSize));
    plot.legend->setIconSize(18, 7);
    plot.legend->setRowSpacing(0);
    plot.legend->setMargins(QMargins(3, 2, 3, 2));
    plot.legend->setBorderPen(Qt::NoPen);
    plot.legend->setBrush(QColor(255, 255, 255, 215));
}

void placeAxis(QCPAxis& axis, const FigureAxis& figure, Interval extent) {
    axis.setLabel(text(axis_text(figure)));
    axis.setScaleType(figure.is_logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (figure.range) extent = *figure.range;
    if (extent.low < extent.high) axis.setRange(extent.low, extent.high);
    axis.ticker()->setTickCount(5);
}

void addReferenceLine(QCustomPlot& plot, double value, Qt::Orientation orientation) {
    auto* line = new QCPItemStraightLine(&plot);
    line->setLayer(QStringLiteral("grid"));
    line->setPen(QPen(grey(0.5), 0.6, Qt::DashLine));
    for (int end = 0; end < 2; ++end) {
        QCPItemPosition& point = end == 0 ? *line->point1 : *line->point2;
        if (orientation == Qt::Vertical) {
            point.setTypeY(QCPItemPosition::ptAxisRectRatio);
            point.setCoords(value, end);
        } else {
            point.setTypeX(QCPItemPosition::ptAxisRectRatio);
            point.setCoords(end, value);
        }
    }
}

void putLegendAbove(QCustomPlot& plot, int columns) {
    plot.axisRect()->insetLayout()->take(plot.legend);
    plot.plotLayout()->insertRow(0);
    plot.plotLayout()->addElement(0, 0, plot.legend);
    plot.plotLayout()->setRowStretchFactor(0, 0.001);
    plot.plotLayout()->setRowSpacing(2);
    plot.legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
    plot.legend->setWrap(columns);
}

void fillPlot(QCustomPlot& plot, const BarFigure& figure) {
    const auto count = static_cast<double>(std::max<std::size_t>(1, figure.bars.size()));
    const double width = 0.75 / count;
    double least = 0, greatest = 0;
    for (std::size_t b = 0; b < figure.bars.size(); ++b) {
        addBars(plot, figure.bars[b], (static_cast<double>(b) + 0.5 - count / 2) * width, width,
                !figure.whisker.empty());
        for (const auto* list : {&figure.bars[b].values, &figure.bars[b].low, &figure.bars[b].high})
            for (const double value : *list) {
                if (!std::isfinite(value)) continue;
                least = std::min(least, value);
                greatest = std::max(greatest, value);
            }
    }
    plot.yAxis->setTicker(valueTicker(figure.y.is_logarithmic));
    placeAxis(*plot.yAxis, figure.y, {least * 1.08, greatest * 1.08});
    std::vector<QString> names;
    for (const std::string& group : figure.groups)
        names.push_back(text(group));
    plot.xAxis->setTicker(rowTicker(names));
    plot.xAxis->setRange(-0.5, static_cast<double>(names.size()) - 0.5);
    plot.xAxis->grid()->setVisible(false);
    plot.xAxis->setSubTicks(false);
    if (figure.bars.size() < 2) return;
    plot.legend->setVisible(true);
    putLegendAbove(plot, 4);
}

void fillPlot(QCustomPlot& plot, const IntervalFigure& figure) {
    std::vector<QString> names, notes;
    double least = figure.reference, greatest = figure.reference;
    if (figure.margin)
        least = std::min(least, figure.margin->low), greatest = std::max(greatest, figure.margin->high);
    for (std::size_t i = 0; i < figure.rows.size(); ++i) {
        const FigureInterval& row = figure.rows[i];
        names.push_back(text(row.label));
        notes.push_back(text(row.note));
        const QColor color = SeriesStyle{row.style}.color(false);
        QCPGraph* mark = plot.addGraph();
        mark->setLineStyle(QCPGraph::lsNone);
        mark->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, color, color, 5));
        mark->addData(row.estimate, static_cast<double>(i));
        const Interval interval = row.interval.value_or(Interval{row.estimate, row.estimate});
        if (row.interval)
            addWhiskers(plot, *mark, color, true)
                ->addData(row.estimate - interval.low, interval.high - row.estimate);
        least = std::min(least, interval.low);
        greatest = std::max(greatest, interval.high);
    }
    if (figure.margin) addMargin(plot, *figure.margin);
    addReferenceLine(plot, figure.reference, Qt::Vertical);
    const double air = greatest > least ? (greatest - least) * 0.05 : 1;
    plot.xAxis->setTicker(valueTicker(false));
    placeAxis(*plot.xAxis, figure.x, {least - air, greatest + air});
    const bool hasNotes = std::ranges::any_of(notes, [](const QString& note) { return !note.isEmpty(); });
    plot.yAxis2->setVisible(hasNotes);
    plot.yAxis2->setTickLabels(hasNotes);
    plot.yAxis2->setTicker(rowTicker(notes));
    plot.yAxis->setTicker(rowTicker(names));
    for (QCPAxis* axis : {plot.yAxis, plot.yAxis2}) {
        axis->setRange(-0.6, static_cast<double>(names.size()) - 0.4);
        axis->setRangeReversed(true);
        axis->setSubTicks(false);
        axis->setTicks(true);
        axis->setTickLength(0, 0);
        axis->setTickPen(Qt::NoPen); // else a dot
        axis->setBasePen(Qt::NoPen);
        axis->grid()->setVisible(false);
    }
}

} // namespace retort
