// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/score_figure.h"

#include "widgets/plots/number_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::ScorePlot)
};

ScorePoint pointOf(const ConfidenceBin& bin) {
    const auto count = static_cast<double>(bin.count);
    ScorePoint point{bin.confidence / count, static_cast<double>(bin.correct) / count, {}, {}};
    point.interval = clopper_pearson(bin.correct, bin.count);
    point.text =
        Text::tr("confidence %1: %2 right of %3, %4 [%5, %6]")
            .arg(decimalText(point.x), wholeText(bin.correct), wholeText(bin.count), decimalText(point.y),
                 decimalText(point.interval.low), decimalText(point.interval.high));
    return point;
}

struct LengthPoints {
    ScorePoint f1;
    ScorePoint accuracy;
};

LengthPoints lengthPoints(const RoutingEvaluation& matrix, double x, bool isForced) {
    const ConfusionMatrix counts = isForced ? forced_matrix(matrix) : decided_matrix(matrix);
    const double share = accuracy(counts), f1 = weighted_scores(counts).f1;
    const auto right = static_cast<std::int64_t>(std::llround(share * static_cast<double>(counts.total())));
    LengthPoints points{{x, f1, {}, {}}, {x, share, clopper_pearson(right, counts.total()), {}}};
    points.f1.text =
        Text::tr("%1: weighted F1 %2, accuracy %3 [%4, %5]")
            .arg(lengthText(matrix.length), decimalText(f1), decimalText(share),
                 decimalText(points.accuracy.interval.low), decimalText(points.accuracy.interval.high));
    points.accuracy.text = points.f1.text;
    return points;
}

/// From a little below the lowest point to a little above 1.
Interval valueRange(const std::vector<ScoreLine>& lines) {
    double low = 1;
    for (const ScoreLine& line : lines)
        for (const ScorePoint& point : line.points)
            low = std::min({low, point.y, point.interval.high > 0 ? point.interval.low : 1.0});
    const double air = std::max(0.002, (1 - low) * 0.06);
    return {std::max(0.0, low - air), 1 + air};
}

} // namespace

QString lengthText(std::int64_t length) {
    return length == 0 ? Text::tr("whole articles") : Text::tr("%1 tokens").arg(wholeText(length));
}

ScoreFigure reliabilityFigure(std::span<const ConfidenceBin> bins) {
    ScoreFigure figure;
    figure.title = Text::tr("Reliability: expected calibration error %1")
                       .arg(decimalText(expected_calibration_error(bins)));
    figure.xLabel = Text::tr("Confidence");
    figure.yLabel = Text::tr("Share right");
    figure.hasDiagonal = true;
    figure.y = {0, 1.02};
    ScoreLine line{Text::tr("share right, 95 %"), {0}, {}};
    const double width = bins.empty() ? 1 : 1.0 / static_cast<double>(bins.size());
    for (std::size_t i = 0; i < bins.size(); ++i) {
        if (bins[i].count == 0) continue;
        line.points.push_back(pointOf(bins[i]));
        figure.bars.push_back({(static_cast<double>(i) + 0.5) * width, width, bins[i].count});
    }
    figure.lines = {std::move(line)};
    return figure;
}

ScoreFigure lengthFigure(const std::vector<const RoutingEvaluation*>& matrices, bool isForced) {
    ScoreFigure figure;
    figure.title = Text::tr("Scores by input length");
    figure.xLabel = Text::tr("Tokens of the input");
    figure.yLabel = Text::tr("Score");
    figure.isXLogarithmic = true;
    ScoreLine f1{Text::tr("weighted F1"), {0}, {}}, share{Text::tr("accuracy, 95 %"), {1}, {}};
    ScoreLine wholeF1 = f1, wholeShare = share;
    double end = 4;
    for (const RoutingEvaluation* matrix : matrices) {
        const bool isWhole = matrix->length == 0;
        if (std::ranges::all_of(matrix->counts, [](std::int64_t count) { return count == 0; })) continue;
        const double x = isWhole ? 2 * end : static_cast<double>(matrix->length);
        const LengthPoints points = lengthPoints(*matrix, x, isForced);
        (isWhole ? wholeF1 : f1).points.push_back(points.f1);
        (isWhole ? wholeShare : share).points.push_back(points.accuracy);
        figure.ticks.push_back({x, isWhole ? Text::tr("whole") : QString::number(matrix->length)});
        end = std::max(end, x);
    }
    wholeF1.isInLegend = wholeShare.isInLegend = false; // as those of the same colour
    for (ScoreLine& line : {std::ref(share), std::ref(f1), std::ref(wholeShare), std::ref(wholeF1)})
        if (!line.points.empty()) figure.lines.push_back(line);
    const double begin = figure.ticks.empty() ? 8 : figure.ticks.front().x;
    figure.x = {begin / 1.3, end * 1.3};
    figure.y = valueRange(figure.lines);
    return figure;
}

} // namespace retort
