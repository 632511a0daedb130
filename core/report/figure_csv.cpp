// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/figure.h"
#include "base/csv.h"

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
};

} // namespace

std::string to_csv(const Figure& figure) {
    return std::visit(CsvWriter(), figure.content);
}

} // namespace retort
