// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/csv.h"
#include "report/figure.h"
#include "report/figure_style.h"
#include "report/pgfplots_text.h"
#include "report/table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace retort {
namespace {

constexpr std::size_t tex_columns = 150; ///< of the x axis: TeX keeps every point in memory

using namespace pgfplots;

std::string line_style(int style) {
    constexpr std::array<const char*, dash_count> dashes = {"solid", "dashed", "densely dotted", "dash dot"};
    return colour_name(style) + ", " + dashes[static_cast<std::size_t>(dash_of(style))];
}

std::string coordinates(const FigureCurve& curve, XAxis axis, const std::vector<double>& values) {
    std::string text = "coordinates {";
    for (std::size_t i = 0; i < values.size(); ++i)
        text +=
            "(" + number(curve.position(i, axis)) + "," + number(values[i]) + ")" + (i % 6 == 5 ? "\n" : "");
    return text + "};\n";
}

std::string band(const FigureCurve& curve, XAxis axis, const std::string& name) {
    return "\\addplot[name path=low" + name + ", draw=none, forget plot] " +
           coordinates(curve, axis, curve.low) + "\\addplot[name path=high" + name +
           ", draw=none, forget plot] " + coordinates(curve, axis, curve.high) + "\\addplot[" +
           colour_name(curve.style) + ", fill opacity=0.2, forget plot] fill between[of=low" + name +
           " and high" + name + "];\n";
}

std::string line(const FigureCurve& curve, XAxis axis) {
    if (curve.is_faint)
        return "\\addplot[" + colour_name(curve.style) + ", opacity=0.35, very thin, forget plot] " +
               coordinates(curve, axis, curve.values);
    const std::string marks = curve.has_marks ? ", mark=*, mark size=0.8pt, mark options={solid}" : "";
    return "\\addplot[" + line_style(curve.style) + ", line width=0.8pt" + marks + "] " +
           coordinates(curve, axis, curve.values) + "\\addlegendentry{" + latex_text(curve.label) + "}\n";
}

std::string matrix_cell(const MatrixFigure& figure, std::size_t cell) {
    const std::size_t row = cell / figure.columns.size(), column = cell % figure.columns.size();
    const double shade = figure.shades[cell];
    if (std::isnan(shade)) return "";
    const bool is_framed = std::ranges::count(figure.framed, cell) > 0;
    const int percent = static_cast<int>(std::lround(100 * std::clamp(shade, 0.0, 1.0)));
    return "\\filldraw[fill=" + colour_name(0) + "!" + std::to_string(percent) +
           ", draw=" + (is_framed ? "black" : "white") + "] (" + std::to_string(column) + "," +
           std::to_string(row) +
           ") rectangle ++(1,1) node[pos=0.5, text=" + (percent > 55 ? "white" : "black") + "] {" +
           latex_text(figure.texts[cell]) + "};\n";
}

bool has_negative(const BarFigure& figure) {
    return std::ranges::any_of(figure.bars, [](const FigureBars& bars) {
        return std::ranges::any_of(bars.values, [](double value) { return value < 0; });
    });
}

struct StylesUsed {
    std::set<int> operator()(const CurveFigure& figure) const {
        std::set<int> styles;
        for (const FigureCurve& curve : figure.curves)
            styles.insert(curve.style);
        for (const FigureStage& stage : figure.stages)
            styles.insert(stage.style);
        return styles;
    }
    std::set<int> operator()(const BarFigure& figure) const {
        std::set<int> styles;
        for (const FigureBars& bars : figure.bars)
            styles.insert(bars.style);
        return styles;
    }
    std::set<int> operator()(const IntervalFigure& figure) const {
        std::set<int> styles;
        for (const FigureInterval& row : figure.rows)
            styles.insert(row.style);
        return styles;
    }
    std::set<int> operator()(const MatrixFigure&) const { return {0}; }
    std::set<int> operator()(const PointFigure& figure) const {
        std::set<int> styles;
        for (const FigurePoints& line : figure.lines)
            styles.insert(line.style);
        for (const FigureColumns& columns : figure.columns)
            styles.insert(columns.style);
        return styles;
    }
    std::set<int> operator()(const ParallelFigure&) const { return {0, 3}; } // best and worst
};

struct PgfplotsWriter {
    double width;
    double height;

    std::string operator()(const CurveFigure& figure) const {
        std::string text =
            axis_head(width, height) + axis_options('x', figure.x) + axis_options('y', figure.y) + "]\n";
        for (const FigureStage& one : figure.stages)
            text += stage(one);
        for (std::size_t i = 0; i < figure.curves.size(); ++i)
            if (!figure.curves[i].low.empty()) text += band(figure.curves[i], figure.axis, std::to_string(i));
        for (const bool is_faint : {true, false}) // the means over the seeds
            for (const FigureCurve& curve : figure.curves)
                if (curve.is_faint == is_faint) text += line(curve, figure.axis);
        if (figure.reference)
            text += "\\draw[dashed, black!50] ({rel axis cs:0,0}|-{axis cs:0," + number(*figure.reference) +
                    "}) -- ({rel axis cs:1,0}|-{axis cs:0," + number(*figure.reference) + "});\n";
        return text + "\\end{axis}\n";
    }
    static std::string stage(const FigureStage& stage) {
        const std::string from = "{axis cs:" + number(stage.from) + ",0}|-{rel axis cs:0,";
        const std::string to = std::isfinite(stage.to)
                                   ? "{axis cs:" + number(stage.to) + ",0}|-{rel axis cs:0,1}"
                                   : "{rel axis cs:1,1}";
        return "\\fill[" + colour_name(stage.style) + ", opacity=0.08] (" + from + "0}) rectangle (" + to +
               ");\n\\node[anchor=north west, font=\\scriptsize, text=black!60] at (" + from + "1}) {" +
               latex_text(stage.label) + "};\n";
    }
    std::string operator()(const BarFigure& figure) const {
        std::vector<FigureTick> ticks;
        for (const std::string& group : figure.groups)
            ticks.push_back({static_cast<double>(ticks.size()), group});
        const double share = 0.7 / static_cast<double>(std::max<std::size_t>(1, figure.bars.size()));
        std::string text = axis_head(width, height) + axis_options('y', figure.y) +
                           (has_negative(figure) ? "" : ", ymin=0") +
                           ",\n  legend style={at={(0.5,1.02)}, anchor=south}, legend columns=4" +
                           ",\n  ybar, /pgf/bar width=" + csv_number(share) + tick_options('x', ticks) +
                           ", xmin=-0.6, xmax=" + number(static_cast<double>(figure.groups.size()) - 0.4) +
                           "]\n";
        for (std::size_t b = 0; b < figure.bars.size(); ++b)
            text +=
                bars(figure, figure.bars[b],
                     (static_cast<double>(b) + 0.5 - 0.5 * static_cast<double>(figure.bars.size())) * share);
        return text + "\\end{axis}\n";
    }
    std::string bars(const BarFigure& figure, const FigureBars& bars, double shift) const {
        std::string text = "\\addplot[bar shift=0pt, fill=" + colour_name(bars.style) + ", draw=none" +
                           whiskers(figure.whisker.empty() ? "" : "y") + "] coordinates {";
        for (std::size_t i = 0; i < bars.values.size(); ++i) {
            if (!std::isfinite(bars.values[i])) continue;
            text += "(" + csv_number(static_cast<double>(i) + shift) + "," + number(bars.values[i]) + ")";
            const bool has_whisker = std::isfinite(bars.low[i]) && std::isfinite(bars.high[i]);
            if (!figure.whisker.empty())
                text += " += (0," + number(has_whisker ? bars.high[i] - bars.values[i] : 0) + ") -= (0," +
                        number(has_whisker ? bars.values[i] - bars.low[i] : 0) + ")\n";
        }
        return text + "};\n\\addlegendentry{" + latex_text(bars.label) + "}\n";
    }
    std::string operator()(const IntervalFigure& figure) const {
        std::vector<FigureTick> ticks;
        for (const FigureInterval& row : figure.rows)
            ticks.push_back({static_cast<double>(ticks.size()),
                             row.label + (row.note.empty() ? "" : " (" + row.note + ")")});
        std::string text =
            axis_head(width, height) + axis_options('x', figure.x) + tick_options('y', ticks) +
            ", y dir=reverse, ymin=-0.6, ymax=" + number(static_cast<double>(figure.rows.size()) - 0.4) +
            "]\n";
        if (figure.margin)
            text += "\\fill[black!10] ({axis cs:" + number(figure.margin->low) +
                    ",0}|-{rel axis cs:0,0}) rectangle ({axis cs:" + number(figure.margin->high) +
                    ",0}|-{rel axis cs:0,1});\n";
        text += "\\draw[dashed, black!50] ({axis cs:" + number(figure.reference) +
                ",0}|-{rel axis cs:0,0}) -- ({axis cs:" + number(figure.reference) +
                ",0}|-{rel axis cs:0,1});\n";
        for (std::size_t i = 0; i < figure.rows.size(); ++i)
            text += interval(figure.rows[i], i);
        return text + "\\end{axis}\n";
    }
    static std::string interval(const FigureInterval& row, std::size_t place) {
        std::string text = "\\addplot[only marks, mark=*, mark size=1.5pt, " + colour_name(row.style) +
                           whiskers(row.interval ? "x" : "") + "] coordinates {(" + number(row.estimate) +
                           "," + std::to_string(place) + ")";
        if (row.interval)
            text += " += (" + number(row.interval->high - row.estimate) + ",0) -= (" +
                    number(row.estimate - row.interval->low) + ",0)";
        return text + "};\n";
    }
    std::string operator()(const MatrixFigure& figure) const {
        const double columns = static_cast<double>(std::max<std::size_t>(1, figure.columns.size()));
        std::string text =
            "\\begin{scope}[x=" + length(0.8 * width / columns) +
            ", y=-14bp, every node/.style={font=\\scriptsize}]\n\\node[anchor=east] at (0,-0.5) {" +
            latex_text(figure.corner) + "};\n";
        for (std::size_t i = 0; i < figure.columns.size(); ++i)
            text += "\\node at (" + std::to_string(i) + ".5,-0.5) {" + latex_text(figure.columns[i]) + "};\n";
        for (std::size_t i = 0; i < figure.rows.size(); ++i)
            text += "\\node[anchor=east] at (0," + std::to_string(i) + ".5) {" + latex_text(figure.rows[i]) +
                    "};\n";
        for (std::size_t i = 0; i < figure.values.size(); ++i)
            text += matrix_cell(figure, i);
        return text + "\\end{scope}\n";
    }
    std::string operator()(const PointFigure& figure) const { return written(figure, width, height); }
    std::string operator()(const ParallelFigure& figure) const { return written(figure, width, height); }
};

} // namespace

std::string pgfplots_preamble() {
    return "\\usepackage{pgfplots}\n\\usepgfplotslibrary{fillbetween}\n\\pgfplotsset{compat=1.16}\n";
}

std::string to_pgfplots(const Figure& figure, double width, double height) {
    const Figure drawn = thinned(figure, tex_columns);
    std::string text = "% Needs pgfplots, its library fillbetween and compat=1.16.\n";
    if (point_count(drawn) < point_count(figure))
        text += "% " + std::to_string(point_count(drawn)) + " of " + std::to_string(point_count(figure)) +
                " points, least and greatest kept; all of them are in " + figure.name + ".csv.\n";
    text += "\\begin{tikzpicture}\n" + colour_definitions(std::visit(StylesUsed(), figure.content));
    return text + std::visit(PgfplotsWriter{width, height}, drawn.content) + "\\end{tikzpicture}\n";
}

} // namespace retort
