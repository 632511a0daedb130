// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/score_figure.h"

#include <utility>

namespace retort {
namespace {

std::optional<Interval> intervalOf(const Interval& interval, bool isThere) {
    return isThere ? std::optional(interval) : std::nullopt;
}

std::vector<FigurePoint> printed(const std::vector<ScorePoint>& points) {
    std::vector<FigurePoint> result;
    for (const ScorePoint& point : points)
        result.push_back({point.x, point.y,
                          intervalOf(point.xInterval, point.xInterval.low < point.xInterval.high),
                          intervalOf(point.interval, point.interval.high > 0), point.name.toStdString()});
    return result;
}

std::vector<ScorePoint> drawn(const std::vector<FigurePoint>& points) {
    std::vector<ScorePoint> result;
    for (const FigurePoint& point : points)
        result.push_back({point.x,
                          point.y,
                          point.y_interval.value_or(Interval{}),
                          {},
                          point.x_interval.value_or(Interval{}),
                          QString::fromStdString(point.name)});
    return result;
}

} // namespace

PointFigure pointFigureOf(const ScoreFigure& figure) {
    PointFigure result{{figure.xLabel.toStdString(), {}, figure.isXLogarithmic, figure.x},
                       {figure.yLabel.toStdString(), {}, false, figure.y}};
    result.has_diagonal = figure.hasDiagonal;
    result.is_legend_above = figure.isLegendAbove;
    for (const ScoreTick& tick : figure.ticks)
        result.ticks.push_back({tick.x, tick.text.toStdString()});
    for (const ScoreLine& line : figure.lines)
        result.lines.push_back({line.label.toStdString(), line.style.slot, printed(line.points),
                                line.isInLegend, line.isJoined, line.isFaint, line.isHollow,
                                line.isStaircase});
    for (const ScoreColumns& columns : figure.columns)
        result.columns.push_back(
            {columns.label.toStdString(), columns.style.slot, columns.width, printed(columns.points)});
    for (const ScoreBar& bar : figure.bars)
        result.counts.push_back({bar.x, bar.width, bar.count});
    return result;
}

ScoreFigure scoreFigureOf(const PointFigure& figure) {
    ScoreFigure result;
    result.xLabel = QString::fromStdString(axis_text(figure.x));
    result.yLabel = QString::fromStdString(axis_text(figure.y));
    result.x = *figure.x.range;
    result.y = *figure.y.range;
    result.isXLogarithmic = figure.x.is_logarithmic;
    result.hasDiagonal = figure.has_diagonal;
    result.isLegendAbove = figure.is_legend_above;
    for (const FigureTick& tick : figure.ticks)
        result.ticks.push_back({tick.x, QString::fromStdString(tick.text)});
    for (const FigurePoints& line : figure.lines)
        result.lines.push_back({QString::fromStdString(line.label),
                                {line.style},
                                drawn(line.points),
                                line.is_in_legend,
                                line.is_joined,
                                line.is_faint,
                                line.is_hollow,
                                line.is_staircase});
    for (const FigureColumns& columns : figure.columns)
        result.columns.push_back(
            {QString::fromStdString(columns.label), {columns.style}, columns.width, drawn(columns.points)});
    for (const FigureCount& count : figure.counts)
        result.bars.push_back({count.x, count.width, count.count});
    return result;
}

} // namespace retort
