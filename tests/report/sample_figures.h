// SPDX-License-Identifier: GPL-3.0-or-later
// One figure of each kind.
#pragma once

#include "report/figure.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace retort::test {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A mean with its band, and `points` points of one seed with one spike, a NaN and an infinity.
inline Figure curve_figure(std::int64_t points = 20) {
    FigureCurve mean{.label = "adaptive_50% (n = 2)", .style = 9, .has_marks = true};
    mean.steps = {0, 10, 20};
    mean.values = {3, 2, 1.1};
    mean.low = {2.5, 1.5, 1};
    mean.high = {3.5, 2.5, 1.2};
    FigureCurve seed{.label = "adaptive/1", .style = 9, .is_faint = true};
    for (std::int64_t step = 1; step <= points; ++step) {
        seed.steps.push_back(step);
        seed.values.push_back(3 - std::sin(static_cast<double>(step)) / 3);
    }
    const auto at = [&](std::int64_t part) { return static_cast<std::size_t>(points * part / 20); };
    seed.values[at(7)] = 9.125;
    seed.values[at(11)] = nan;
    seed.values[at(13)] = std::numeric_limits<double>::infinity();
    CurveFigure curves{
        .x = {"Step"}, .y = {"Loss", "nats per token"}, .band = "± standard deviation", .curves = {}};
    curves.y.is_logarithmic = true;
    curves.curves = {mean, seed};
    return {"loss",
            "Loss",
            "Loss of 2 runs & their mean.",
            curves,
            {{"01J", "s/adaptive/1"}},
            {{"metric", "loss"}}};
}

inline Figure bar_figure() {
    BarFigure bars{{"Loss", "nats per token"}, "± standard deviation", {"en", "de"}, {}};
    bars.bars = {{"fixed", 0, {1.5, 2.5}, {1.4, nan}, {1.6, nan}},
                 {"adaptive", 9, {1.25, nan}, {1.2, nan}, {1.3, nan}}};
    return {"domains", "Loss by domain", "Loss by domain.", bars};
}

inline Figure interval_figure() {
    IntervalFigure intervals{{"Difference", "nats per token"}, 0, Interval{-0.01, 0.01}, {}};
    intervals.rows = {{"adaptive − fixed", -0.05, Interval{-0.07, -0.03}, "supported", 0},
                      {"one seed", 0.02, {}, "", 1}};
    return {"claims", "Effects", "Effects with 95 % intervals.", intervals};
}

inline Figure matrix_figure() {
    MatrixFigure matrix{"True",
                        {"en", "de"},
                        {"en", "de", "unknown"},
                        {10, 1, 0, 2, 8, nan},
                        {"10", "1", "0", "2", "8", "–"},
                        {1, 0.1, 0, 0.2, 0.8, nan}};
    matrix.framed = {0, 4};
    return {"confusion", "Confusion", "Counts of 21 decisions.", matrix};
}

inline Figure point_figure() {
    PointFigure points{{"Tokens", "", true, Interval{4, 64}}, {"Score", "", false, Interval{0, 1.02}}};
    points.ticks = {{8, "8"}, {32, "whole & all"}};
    points.has_diagonal = true;
    points.lines = {{"accuracy, 95 %", 0, {{8, 0.5, Interval{6, 10}, Interval{0.4, 0.6}, "a_b"}, {32, 0.75}}},
                    {"front", 6, {{8, 0.5}, {32, 0.25}}, true, true, false, false, true},
                    {"seeds", 1, {{8, 0.45}}, false, false, true}};
    points.columns = {{"column", 9, 2, {{16, 0.5, {}, Interval{0.25, 0.75}}}}};
    points.counts = {{8, 4, 12}, {32, 8, 3}};
    return {"scores", "Scores", "Scores of 15 texts.", points};
}

/// Three runs; the first is left out, the last has no result.
inline Figure parallel_figure() {
    const std::vector<SweepRun> runs = {{Json::parse(R"({"lr": 0.001, "alpha": {"kind": "fixed"}})"), 3.5},
                                        {Json::parse(R"({"lr": 0.002, "alpha": {"kind": "a_b"}})"), 3.25},
                                        {Json::parse(R"({"lr": 0.003, "alpha": {"kind": "fixed"}})"), {}}};
    ParallelFigure sweep{"Loss", false, {"s/a/1", "s/b/1", "s/c/1"}, parallel_axes(runs)};
    sweep.kept = {Interval{0.4, 1}};
    return {"sweep", "Loss by setting", "Loss of 3 runs.", sweep, {{"01A", "s/a/1"}}};
}

inline std::vector<Figure> all_figures() {
    return {curve_figure(),  bar_figure(),   interval_figure(),
            matrix_figure(), point_figure(), parallel_figure()};
}

} // namespace retort::test
