// SPDX-License-Identifier: GPL-3.0-or-later
// How figures and tables name their fields; see value_json.h.
#pragma once

#include "report/figure.h"
#include "report/table.h"
#include "report/value_json.h"

#include <utility>

namespace retort {

void describe(auto& fields, Interval& interval) {
    fields("low", interval.low)("high", interval.high);
}
void describe(auto& fields, FigureAxis& axis) {
    fields("title", axis.title)("unit", axis.unit)("is_logarithmic", axis.is_logarithmic)("range",
                                                                                          axis.range);
}
void describe(auto& fields, FigureCurve& curve) {
    fields("label", curve.label)("style", curve.style)("is_faint", curve.is_faint)(
        "has_marks", curve.has_marks)("steps", curve.steps)("tokens", curve.tokens)("wall_seconds",
                                                                                    curve.wall_seconds)(
        "values", curve.values)("low", curve.low)("high", curve.high)("strong", curve.strong);
}
void describe(auto& fields, FigureStage& stage) {
    fields("label", stage.label)("style", stage.style)("from", stage.from)("to", stage.to);
}
void describe(auto& fields, CurveFigure& figure) {
    std::string name = std::string(axis_key(figure.axis));
    fields("axis", name);
    for (const XAxis axis : {XAxis::step, XAxis::tokens, XAxis::wall_time})
        if (name == axis_key(axis) && axis != figure.axis) figure.axis = axis;
    fields("x", figure.x)("y", figure.y)("band", figure.band)("reference", figure.reference)(
        "stages", figure.stages)("curves", figure.curves);
}
void describe(auto& fields, FigureBars& bars) {
    fields("label", bars.label)("style", bars.style)("values", bars.values)("low", bars.low)("high",
                                                                                             bars.high);
}
void describe(auto& fields, BarFigure& figure) {
    fields("y", figure.y)("whisker", figure.whisker)("groups", figure.groups)("bars", figure.bars);
}
void describe(auto& fields, FigureInterval& row) {
    fields("label", row.label)("estimate", row.estimate)("interval",
                                                         row.interval)("note", row.note)("style", row.style);
}
void describe(auto& fields, IntervalFigure& figure) {
    fields("x", figure.x)("reference", figure.reference)("margin", figure.margin)("rows", figure.rows);
}
void describe(auto& fields, MatrixFigure& figure) {
    fields("corner", figure.corner)("rows", figure.rows)("columns", figure.columns)("values", figure.values)(
        "texts", figure.texts)("shades", figure.shades)("framed", figure.framed);
}
void describe(auto& fields, FigurePoint& point) {
    fields("x", point.x)("y", point.y)("x_interval", point.x_interval)("y_interval",
                                                                       point.y_interval)("name", point.name);
}
void describe(auto& fields, FigurePoints& line) {
    fields("label", line.label)("style", line.style)("points", line.points)(
        "is_in_legend", line.is_in_legend)("is_joined", line.is_joined)("is_faint", line.is_faint)(
        "is_hollow", line.is_hollow)("is_staircase", line.is_staircase);
}
void describe(auto& fields, FigureColumns& columns) {
    fields("label", columns.label)("style", columns.style)("width", columns.width)("points", columns.points);
}
void describe(auto& fields, FigureCount& count) {
    fields("x", count.x)("width", count.width)("count", count.count);
}
void describe(auto& fields, FigureTick& tick) {
    fields("x", tick.x)("text", tick.text);
}
void describe(auto& fields, PointFigure& figure) {
    fields("x", figure.x)("y", figure.y)("ticks", figure.ticks)("has_diagonal", figure.has_diagonal)(
        "is_legend_above",
        figure.is_legend_above)("lines", figure.lines)("columns", figure.columns)("counts", figure.counts);
}
void describe(auto& fields, ParallelTick& tick) {
    fields("place", tick.place)("value", tick.value)("text", tick.text);
}
void describe(auto& fields, ParallelAxis& axis) {
    fields("pointer", axis.pointer)("is_logarithmic", axis.is_logarithmic)("ticks", axis.ticks)(
        "places", axis.places)("values", axis.values)("texts", axis.texts)("correlation", axis.correlation);
}
void describe(auto& fields, ParallelFigure& figure) {
    fields("result", figure.result)("is_higher_better", figure.is_higher_better)("runs", figure.runs)(
        "axes", figure.axes)("kept", figure.kept);
}
void describe(auto& fields, FigureRun& run) {
    fields("id", run.id)("label", run.label);
}
void describe(auto& fields, TableCell& cell) {
    fields("text", cell.text)("value", cell.value)("spread", cell.spread)("is_best", cell.is_best)(
        "is_second", cell.is_second)("mark", cell.mark);
}
void describe(auto& fields, TableColumn& column) {
    fields("title", column.title)("is_numeric", column.is_numeric)("key", column.key);
}
void describe(auto& fields, ReportTable& table) {
    fields("caption", table.caption)("columns", table.columns)("rows", table.rows);
}

} // namespace retort
