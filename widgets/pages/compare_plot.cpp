// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/compare_plot.h"

#include <algorithm>

namespace retort {
namespace {

QString labelOf(const MeanCurve& mean, Band band) {
    const QString name = QString::fromStdString(mean.variant);
    return mean.n == 1 ? ComparePlot::tr("%1 (n = 1)").arg(name)
                       : ComparePlot::tr("%1 (%2, n = %3)").arg(name, bandText(band)).arg(mean.n);
}

std::vector<double> shown(std::vector<double> values, const CompareMetric& metric) {
    for (double& value : values)
        value = metric.shown(value);
    return values;
}

/// Places of the steps: the means of the seeds'.
RunClock meanClock(const std::vector<const RunClock*>& clocks, const std::vector<std::int64_t>& steps) {
    RunClock mean;
    const auto n = static_cast<double>(clocks.size());
    for (const std::int64_t step : steps) {
        double tokens = 0, seconds = 0;
        for (const RunClock* clock : clocks) {
            tokens += clock->position(step, XAxis::tokens) / n;
            seconds += clock->position(step, XAxis::wall_time) / n;
        }
        mean.append({step, static_cast<std::int64_t>(tokens + 0.5), seconds});
    }
    return mean;
}

std::vector<const RunClock*> clocksOf(const std::vector<ComparedCurve>& curves, const std::string& variant) {
    std::vector<const RunClock*> clocks;
    for (const ComparedCurve& curve : curves)
        if (curve.curve.variant == variant && !curve.curve.steps.empty()) clocks.push_back(curve.clock.get());
    return clocks;
}

} // namespace

ComparePlot::ComparePlot(QWidget* parent) : LinePlot(tr("Comparison"), {}, nullptr, parent) {
    connect(this, &LinePlot::curveVisibilityChanged, this, [this](const QString& id, bool isVisible) {
        if (isVisible)
            m_hidden.remove(id);
        else
            m_hidden.insert(id);
    });
}

std::vector<ComparePlot::Line> ComparePlot::linesOf(const std::vector<ComparedCurve>& curves,
                                                    const Look& look) const {
    std::vector<SeedCurve> seeds;
    for (const ComparedCurve& curve : curves)
        seeds.push_back(curve.curve);
    std::vector<Line> faint, means;
    for (const MeanCurve& mean : mean_curves(seeds, look.band)) {
        const auto id = QString::fromStdString(mean.variant);
        const SeriesStyle style = styleOfVariant(static_cast<int>(means.size()));
        CurveInfo info{.id = id, .label = labelOf(mean, look.band), .style = style, .clock = nullptr};
        info.isVisible = !m_hidden.contains(id);
        info.isSmoothable = !look.metric.isEvaluation();
        means.push_back({info,
                         {mean.steps, shown(mean.means, look.metric), shown(mean.low, look.metric),
                          shown(mean.high, look.metric)},
                         meanClock(clocksOf(curves, mean.variant), mean.steps)});
        for (const ComparedCurve& curve : curves) {
            const bool isOurs = curve.curve.variant == mean.variant && mean.n > 1;
            if (!look.areSeedsShown || !isOurs || curve.curve.steps.empty()) continue;
            CurveInfo seed = info;
            seed.label = QStringLiteral("%1/%2").arg(id).arg(curve.curve.seed);
            seed.id = seed.label + QLatin1Char('\n'); // no variant's name has one
            seed.owner = id;
            faint.push_back(
                {seed, {curve.curve.steps, shown(curve.curve.values, look.metric), {}, {}}, *curve.clock});
        }
    }
    // What comes first is drawn first.
    faint.insert(faint.end(), std::make_move_iterator(means.begin()), std::make_move_iterator(means.end()));
    return faint;
}

bool ComparePlot::isSame(const std::vector<Line>& lines) const {
    return std::ranges::equal(lines, curves(), [](const Line& line, const std::unique_ptr<Curve>& curve) {
        return line.info.id == curve->id() && line.info.label == curve->label() &&
               line.info.style == curve->style() && line.info.isSmoothable == curve->isSmoothable;
    });
}

void ComparePlot::rebuild(const std::vector<Line>& lines) {
    removeCurves();
    m_clocks.clear();
    for (const Line& line : lines) {
        CurveInfo info = line.info;
        info.clock = m_clocks[info.id] = std::make_shared<RunClock>();
        addCurve(info);
    }
}

void ComparePlot::setCurves(const std::vector<ComparedCurve>& compared, const Look& look) {
    setTitle(look.metric.title(), look.metric.unit());
    std::vector<Line> lines = linesOf(compared, look);
    if (!isSame(lines)) rebuild(lines);
    group().forgetExtents();
    for (Line& line : lines) {
        *m_clocks[line.info.id] = std::move(line.clock);
        setPoints(line.info.id, std::move(line.points));
    }
    fitToCurves();
}

} // namespace retort
