// SPDX-License-Identifier: GPL-3.0-or-later
// A small figure of few exact points, as values.
#pragma once

#include "analysis/confusion.h"
#include "report/figure.h"
#include "widgets/plots/series_style.h"

#include <QString>
#include <span>
#include <vector>

namespace retort {

struct ScorePoint {
    double x = 0;
    double y = 0;
    Interval interval;       ///< around y; {0, 0}: none
    QString text;            ///< what a reader of the point wants to know
    Interval xInterval = {}; ///< around x; {0, 0}: none
    QString name = {};       ///< written beside the mark; empty: nothing is
};

struct ScoreLine {
    QString label;
    SeriesStyle style;
    std::vector<ScorePoint> points; ///< by rising x
    bool isInLegend = true;
    bool isJoined = true; ///< by a line from point to point
    bool isFaint = false; ///< small marks: single seeds beside their mean
    bool isHollow = false;
    bool isStaircase = false; ///< thin, by steps and without marks: the front of what nothing beats
};

/// Columns from 0 to their points, one in each group.
struct ScoreColumns {
    QString label;
    SeriesStyle style;
    double width = 0;
    std::vector<ScorePoint> points;
};

/// A count as a bar behind the lines.
struct ScoreBar {
    double x = 0; ///< middle
    double width = 0;
    std::int64_t count = 0;
};

struct ScoreTick {
    double x = 0;
    QString text;
};

struct ScoreFigure {
    QString title;
    QString xLabel;
    QString yLabel;
    std::vector<ScoreLine> lines;
    std::vector<ScoreColumns> columns;
    std::vector<ScoreBar> bars;
    std::vector<ScoreTick> ticks; ///< none: even ones
    Interval x{0, 1};
    Interval y{0, 1};
    bool isXLogarithmic = false;
    bool hasDiagonal = false;   ///< where y is x
    bool isLegendAbove = false; ///< in a row over the axes, not within them
};

/// "whole articles" for 0, "16 tokens".
[[nodiscard]] QString lengthText(std::int64_t length);

/// Confidence against the share that is right, with the count of each tenth and the expected calibration
/// error in the title.
[[nodiscard]] ScoreFigure reliabilityFigure(std::span<const ConfidenceBin> bins);

/// Weighted F1 and accuracy, with its exact interval, over the input length; whole articles stand after the
/// longest. `matrices` by rising length, whole articles last.
[[nodiscard]] ScoreFigure lengthFigure(const std::vector<const RoutingEvaluation*>& matrices, bool isForced);

/// As it is printed and written, and from there as it is drawn: all but what a reader of its points hears.
[[nodiscard]] PointFigure pointFigureOf(const ScoreFigure& figure);
[[nodiscard]] ScoreFigure scoreFigureOf(const PointFigure& figure);

} // namespace retort
