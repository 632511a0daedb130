// SPDX-License-Identifier: GPL-3.0-or-later
// How figures and tables name their fields; see value_json.h.
#pragma once

#include "report/figure.h"
#include "report/table.h"
#include "report/value_json.h"

#include <utility>

namespace retort {

void describe(auto& fields, Interval& interval) {
    fields("low", interval.low);
    fields("high", interval.high);
}
void describe(auto& fields, FigureAxis& axis) {
    fields("title", axis.title);
    fields("unit", axis.unit);
    fields("is_logarithmic", axis.is_logarithmic);
    fields("range", axis.range);
}
void describe(auto& fields, FigureCurve& curve) {
    fields("label", curve.label);
    fields("style", curve.style);
    fields("is_faint", curve.is_faint);
    fields("has_marks", curve.has_marks);
    fields("steps", curve.steps);
    fields("tokens", curve.tokens);
    fields("wall_seconds", curve.wall_seconds);
    fields("values", curve.values);
    fields("low", curve.low);
    fields("high", curve.high);
    fields("strong", curve.strong);
}
void describe(auto& fields, FigureStage& stage) {
    fields("label", stage.label);
    fields("style", stage.style);
    fields("from", stage.from);
    fields("to", stage.to);
}
void describe(auto& fields, CurveFigure& figure) {
    std::string name = std::string(axis_key(figure.axis));
    fields("axis", name);
    for (const XAxis axis : {XAxis::step, XAxis::tokens, XAxis::wall_time})
        if (name == axis_key(axis) && axis != figure.axis) figure.axis = axis;
    fields("x", figure.x);
    fields("y", figure.y);
    fields("band", figure.band);
    fields("reference", figure.reference);
    fields("stages", figure.stages);
    fields("curves", figure.curves);
}
void describe(auto& fields, FigureBars& bars) {
    fields("label", bars.label);
    fields("style", bars.style);
    fields("values", bars.values);
    fields("low", bars.low);
    fields("high", bars.high);
}
void describe(auto& fields, BarFigure& figure) {
    fields("y", figure.y);
    fields("whisker", figure.whisker);
    fields("groups", figure.groups);
    fields("bars", figure.bars);
}
void describe(auto& fields, FigureInterval& row) {
    fields("label", row.label);
    fields("estimate", row.estimate);
    fields("interval", row.interval);
    fields("note", row.note);
    fields("style", row.style);
}
void describe(auto& fields, IntervalFigure& figure) {
    fields("x", figure.x);
    fields("reference", figure.reference);
    fields("margin", figure.margin);
    fields("rows", figure.rows);
}
void describe(auto& fields, MatrixFigure& figure) {
    fields("corner", figure.corner);
    fields("rows", figure.rows);
    fields("columns", figure.columns);
    fields("values", figure.values);
    fields("texts", figure.texts);
    fields("shades", figure.shades);
    fields("framed", figure.framed);
}
void describe(auto& fields, FigureRun& run) {
    fields("id", run.id);
    fields("label", run.label);
}
void describe(auto& fields, TableCell& cell) {
    fields("text", cell.text);
    fields("value", cell.value);
    fields("spread", cell.spread);
    fields("is_best", cell.is_best);
    fields("is_second", cell.is_second);
    fields("mark", cell.mark);
}
void describe(auto& fields, TableColumn& column) {
    fields("title", column.title);
    fields("is_numeric", column.is_numeric);
    fields("key", column.key);
}
void describe(auto& fields, ReportTable& table) {
    fields("caption", table.caption);
    fields("columns", table.columns);
    fields("rows", table.rows);
}

} // namespace retort
