// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/csv.h"
#include "report/figure.h"

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

std::string number_or_nothing(double value) {
    return std::isnan(value) ? std::string() : csv_number(value);
}

struct CurveColumns {
    bool tokens = false;
    bool wall_seconds = false;
    bool band = false;
};

CurveColumns columns_of(const CurveFigure& figure) {
    CurveColumns columns;
    for (const FigureCurve& curve : figure.curves) {
        columns.tokens = columns.tokens || !curve.tokens.empty();
        columns.wall_seconds = columns.wall_seconds || !curve.wall_seconds.empty();
        columns.band = columns.band || !curve.low.empty();
    }
    return columns;
}

/// "," and the value, exact; "," alone where the curve has no such numbers.
std::string cell(const std::vector<double>& values, std::size_t point) {
    return values.empty() ? "," : "," + csv_number(values[point]);
}

std::string lines_of(const FigureCurve& curve, const CurveColumns& columns) {
    const std::string label = csv_field(curve.label);
    std::string csv;
    for (std::size_t i = 0; i < curve.values.size(); ++i) {
        csv += label + ',' + std::to_string(curve.steps[i]);
        if (columns.tokens) csv += cell(curve.tokens, i);
        if (columns.wall_seconds) csv += cell(curve.wall_seconds, i);
        csv += cell(curve.values, i);
        if (columns.band) csv += cell(curve.low, i) + cell(curve.high, i);
        csv += '\n';
    }
    return csv;
}

std::string interval_cells(const std::optional<Interval>& interval) {
    return interval ? ',' + csv_number(interval->low) + ',' + csv_number(interval->high) : ",,";
}

std::string lines_of(const std::string& label, const std::vector<FigurePoint>& points, bool is_more) {
    std::string csv;
    for (const FigurePoint& point : points) {
        csv += csv_field(label) + ',' + csv_number(point.x) + ',' + csv_number(point.y) +
               interval_cells(point.y_interval);
        if (is_more) csv += interval_cells(point.x_interval) + ',' + csv_field(point.name);
        csv += '\n';
    }
    return csv;
}

bool has_names(const PointFigure& figure) {
    return std::ranges::any_of(figure.lines, [](const FigurePoints& line) {
        return std::ranges::any_of(
            line.points, [](const FigurePoint& point) { return point.x_interval || !point.name.empty(); });
    });
}

struct CsvWriter {
    std::string operator()(const CurveFigure& figure) const {
        const CurveColumns columns = columns_of(figure);
        std::string csv = "curve,step";
        csv += columns.tokens ? ",tokens" : "";
        csv += columns.wall_seconds ? ",wall_seconds" : "";
        csv += columns.band ? ",value,low,high\n" : ",value\n";
        for (const FigureCurve& curve : figure.curves)
            csv += lines_of(curve, columns);
        return csv;
    }
    std::string operator()(const BarFigure& figure) const {
        std::string csv = "group,bar,value,low,high\n";
        for (std::size_t group = 0; group < figure.groups.size(); ++group)
            for (const FigureBars& bars : figure.bars)
                csv += csv_field(figure.groups[group]) + ',' + csv_field(bars.label) + ',' +
                       number_or_nothing(bars.values[group]) + ',' + number_or_nothing(bars.low[group]) +
                       ',' + number_or_nothing(bars.high[group]) + '\n';
        return csv;
    }
    std::string operator()(const IntervalFigure& figure) const {
        std::string csv = "label,estimate,low,high,note\n";
        for (const FigureInterval& row : figure.rows) {
            csv += csv_field(row.label) + ',' + csv_number(row.estimate) + ',';
            if (row.interval)
                csv += csv_number(row.interval->low) + ',' + csv_number(row.interval->high);
            else
                csv += ',';
            csv += ',' + csv_field(row.note) + '\n';
        }
        return csv;
    }
    std::string operator()(const MatrixFigure& figure) const {
        std::string csv = csv_field(figure.corner);
        for (const std::string& column : figure.columns)
            csv += ',' + csv_field(column);
        csv += '\n';
        for (std::size_t row = 0; row < figure.rows.size(); ++row) {
            csv += csv_field(figure.rows[row]);
            for (std::size_t column = 0; column < figure.columns.size(); ++column)
                csv += ',' + number_or_nothing(figure.values[row * figure.columns.size() + column]);
            csv += '\n';
        }
        return csv;
    }
    std::string operator()(const PointFigure& figure) const {
        const bool is_more = has_names(figure);
        std::string csv = is_more ? "line,x,y,low,high,x_low,x_high,name\n" : "line,x,y,low,high\n";
        for (const FigureColumns& columns : figure.columns)
            csv += lines_of(columns.label, columns.points, is_more);
        for (const FigurePoints& line : figure.lines)
            csv += lines_of(line.label, line.points, is_more);
        for (const FigureCount& count : figure.counts)
            csv += "count," + csv_number(count.x) + ',' + std::to_string(count.count) +
                   (is_more ? ",,,,,\n" : ",,\n");
        return csv;
    }
    std::string operator()(const ParallelFigure& figure) const {
        std::string csv = "run";
        for (const ParallelAxis& axis : figure.axes)
            csv += ',' + (axis.pointer.empty() ? std::string("result") : csv_field(axis.pointer));
        csv += '\n';
        for (std::size_t run = 0; run < figure.runs.size(); ++run) {
            csv += csv_field(figure.runs[run]);
            for (const ParallelAxis& axis : figure.axes)
                csv += ',' + (axis.values[run] ? csv_number(*axis.values[run]) : csv_field(axis.texts[run]));
            csv += '\n';
        }
        return csv;
    }
};

} // namespace

std::string to_csv(const Figure& figure) {
    return figure.data.empty() ? std::visit(CsvWriter(), figure.content) : figure.data;
}

} // namespace retort
