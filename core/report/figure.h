// SPDX-License-Identifier: GPL-3.0-or-later
// A figure as values: what is drawn and every point that it is drawn from. It is written here as the files
// that lie beside it: exact CSV, pgfplots, and JSON that says what it is of. widgets/plots draws it.
#pragma once

#include "analysis/parallel_axes.h"
#include "analysis/run_clock.h"
#include "analysis/statistics.h"
#include "spec/run_record.h"
#include "spec/run_spec_json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace retort {

struct FigureAxis {
    std::string title;
    std::string unit = {}; ///< in parentheses after the title; empty: none
    bool is_logarithmic = false;
    std::optional<Interval> range = {}; ///< none: all that is there, and a little air
};

/// As the CSV names the column: step, tokens, wall_seconds.
[[nodiscard]] constexpr std::string_view axis_key(XAxis axis) {
    return axis == XAxis::tokens ? "tokens" : axis == XAxis::wall_time ? "wall_seconds" : "step";
}

/// Points by rising step; lists are as long as `values` or empty.
struct FigureCurve {
    std::string label;
    int style = 0;          ///< see figure_style.h
    bool is_faint = false;  ///< one seed behind the mean: thin, and no entry in the legend
    bool has_marks = false; ///< few exact points
    std::vector<std::int64_t> steps = {};
    std::vector<double> tokens = {}; ///< empty: not known
    std::vector<double> wall_seconds = {};
    std::vector<double> values = {}; ///< NaN and infinities break the line
    std::vector<double> low = {};    ///< edges of the band; empty: none
    std::vector<double> high = {};
    std::optional<Interval> strong = {}; ///< steps between which the line is thick

    /// Place of a point on the axis.
    [[nodiscard]] double position(std::size_t point, XAxis axis) const;
};

/// A stretch of the x axis that has a name, such as a stage of a training; behind the curves.
struct FigureStage {
    std::string label;
    int style = 0;
    double from = 0;
    double to = 0; ///< infinite: to the right edge
};

struct CurveFigure {
    XAxis axis = XAxis::step;
    FigureAxis x;
    FigureAxis y;
    std::string band = {}; ///< what the bands are: "± standard deviation"; empty: there are none
    std::optional<double> reference = {}; ///< a dashed line across
    std::vector<FigureStage> stages = {};
    std::vector<FigureCurve> curves;
};

/// One bar in each group.
struct FigureBars {
    std::string label;
    int style = 0;
    std::vector<double> values; ///< by group; NaN: no bar
    std::vector<double> low;    ///< ends of the whisker; NaN: none
    std::vector<double> high;
};

struct BarFigure {
    FigureAxis y;
    std::string whisker; ///< what the whiskers are; empty: there are none
    std::vector<std::string> groups;
    std::vector<FigureBars> bars;
};

/// An estimate with its interval, a row of a forest plot.
struct FigureInterval {
    std::string label;
    double estimate = 0;
    std::optional<Interval> interval = {};
    std::string note = {}; ///< at the right: a verdict, n
    int style = 0;
};

struct IntervalFigure {
    FigureAxis x;
    double reference = 0;                ///< a line across all rows
    std::optional<Interval> margin = {}; ///< shaded: what counts as alike
    std::vector<FigureInterval> rows;
};

/// A heat map with its numbers.
struct MatrixFigure {
    std::string corner; ///< what the rows are
    std::vector<std::string> rows;
    std::vector<std::string> columns;
    std::vector<double> values;           ///< row by row; NaN: none
    std::vector<std::string> texts;       ///< as a person reads them
    std::vector<double> shades;           ///< in [0, 1]; NaN: no cell
    std::vector<std::size_t> framed = {}; ///< cells that stand out: the diagonal of a confusion matrix
};

/// A value at a place, each perhaps with an interval around it.
struct FigurePoint {
    double x = 0;
    double y = 0;
    std::optional<Interval> x_interval = {};
    std::optional<Interval> y_interval = {};
    std::string name = {}; ///< written beside the mark
};

/// Points of one kind, by rising x.
struct FigurePoints {
    std::string label;
    int style = 0;
    std::vector<FigurePoint> points = {};
    bool is_in_legend = true;
    bool is_joined = true; ///< by a line from point to point
    bool is_faint = false; ///< small marks: single seeds beside their mean
    bool is_hollow = false;
    bool is_staircase = false; ///< thin, by steps and without marks: the front of what nothing beats
};

/// Columns from 0 to their points, one in each group.
struct FigureColumns {
    std::string label;
    int style = 0;
    double width = 0; ///< of x
    std::vector<FigurePoint> points = {};
};

/// A count as a bar behind the points.
struct FigureCount {
    double x = 0; ///< middle
    double width = 0;
    std::int64_t count = 0;
};

struct FigureTick {
    double x = 0;
    std::string text;
};

/// A few exact points.
struct PointFigure {
    FigureAxis x; ///< both with a range
    FigureAxis y;
    std::vector<FigureTick> ticks = {}; ///< none: even ones
    bool has_diagonal = false;          ///< where y is x
    bool is_legend_above = false;       ///< in a row over the axes, not within them
    std::vector<FigurePoints> lines = {};
    std::vector<FigureColumns> columns = {};
    std::vector<FigureCount> counts = {};
};

/// Runs of a sweep as lines across their settings and what came out.
struct ParallelFigure {
    std::string result;            ///< what came out: name of the last axis
    bool is_higher_better = false; ///< of the result
    std::vector<std::string> runs; ///< names, as many as each axis has places
    std::vector<ParallelAxis> axes;
    std::vector<std::optional<Interval>> kept = {}; ///< of the first axes: runs outside are left out, faint
};

struct FigureRun {
    std::string id;    ///< ULID
    std::string label; ///< study/variant/seed
};

struct Figure {
    std::string name;    ///< of its files, without an ending: letters, digits, - and _
    std::string title;   ///< said to screen readers; not drawn
    std::string caption; ///< what is shown, of how many runs, and what bands, whiskers and marks mean
    std::variant<CurveFigure, BarFigure, IntervalFigure, MatrixFigure, PointFigure, ParallelFigure> content;
    std::vector<FigureRun> runs = {};
    Json options = Json::object(); ///< how the numbers were made: metric, band, smoothing, …
    std::string data = {};         ///< CSV that says more than what is drawn; empty: that
};

[[nodiscard]] std::vector<FigureRun> figure_runs(const std::vector<RunRecord>& runs);

/// A file name: lower case, anything but letters and digits becomes one "-".
[[nodiscard]] std::string figure_name(const std::string& title);

/// The axis as it is written beside it.
[[nodiscard]] std::string axis_text(const FigureAxis& axis);

/// Curves with a few points for each of `columns` parts of the x axis: the first, the last, the
/// least and the greatest of values and bands, and one that is not finite, so that the picture is the same.
/// Other figures as they are.
[[nodiscard]] Figure thinned(const Figure& figure, std::size_t columns);

/// Points of all curves, or numbers of the others.
[[nodiscard]] std::size_t point_count(const Figure& figure);

/// Whether no interval leaves a run out.
[[nodiscard]] bool is_kept(const ParallelFigure& figure, std::size_t run);
/// "optim.lr"; of the last axis the result's name.
[[nodiscard]] std::string axis_name(const ParallelFigure& figure, std::size_t axis);

/// `data`, or every number, exact, in the C locale; RFC 4180. Curves: curve,step,tokens,wall_seconds,value,
/// low,high, of these the columns that there are. Bars: group,bar,value,low,high. Intervals:
/// label,estimate,low,high,note. Matrices: a line for each row. Points: line,x,y,low,high, then x_low,x_high,
/// name where a point has them; counts are the line "count". Runs of a sweep: run,POINTER,…,result.
[[nodiscard]] std::string to_csv(const Figure& figure);

/// A tikzpicture for pgfplots (packages: see pgfplots_preamble), `width` × `height` in PDF points. Curves are
/// thinned, since TeX has little memory; a comment says so.
[[nodiscard]] std::string to_pgfplots(const Figure& figure, double width, double height);
/// What a document has to say before the first figure.
[[nodiscard]] std::string pgfplots_preamble();

/// All of it but `data`; read back by read_figure().
[[nodiscard]] Json to_json(const Figure& figure);
/// Throws std::invalid_argument with what is wrong.
[[nodiscard]] Figure read_figure(const Json& json);

/// The file beside a picture: what it shows, of which runs, made with which options and versions.
[[nodiscard]] Json figure_provenance(const Figure& figure, const Json& made_with);

} // namespace retort
