// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/compare_plot.h"

#include <algorithm>

namespace retort {
namespace {

// From so many variants on their band is named once, beside the title.
constexpr std::size_t longLegend = 9;

QString labelOf(const MeanCurve& mean, Band band, bool isShort) {
    const QString name = QString::fromStdString(mean.variant);
    return mean.n == 1 || isShort ? ComparePlot::tr("%1 (n = %2)").arg(name).arg(mean.n)
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
    setReadoutShown(true);
    connect(this, &LinePlot::curveVisibilityChanged, this, [this](const QString& id, bool isVisible) {
        if (isVisible)
            m_hidden.remove(id);
        else
            m_hidden.insert(id);
    });
}

QString ComparePlot::seedId(const std::string& variant, std::uint64_t seed) {
    return QStringLiteral("%1/%2\n")
        .arg(QString::fromStdString(variant))
        .arg(seed); // no name has a line's end
}

std::vector<ComparePlot::Line> ComparePlot::linesOf(const std::vector<ComparedCurve>& curves,
                                                    const Look& look) const {
    std::vector<SeedCurve> seeds;
    for (const ComparedCurve& curve : curves)
        seeds.push_back(curve.curve);
    std::vector<Line> faint, means;
    const std::vector<MeanCurve> variants = mean_curves(seeds, look.band);
    for (const MeanCurve& mean : variants) {
        const auto id = QString::fromStdString(mean.variant);
        CurveInfo info{.id = id,
                       .label = labelOf(mean, look.band, variants.size() >= longLegend),
                       .style = styleIn(look.styles, mean.variant, means.size()),
                       .clock = nullptr};
        info.isVisible = !m_hidden.contains(id);
        info.isSmoothable = !look.metric.isEvaluation();
        CurvePoints points{mean.steps, shown(mean.means, look.metric), {}, {}};
        if (mean.n > 1) {
            points.low = shown(mean.low, look.metric);
            points.high = shown(mean.high, look.metric);
        }
        means.push_back({info, std::move(points), meanClock(clocksOf(curves, mean.variant), mean.steps)});
        for (const ComparedCurve& curve : curves) {
            const bool isOurs = curve.curve.variant == mean.variant && mean.n > 1;
            if (!look.areSeedsShown || !isOurs || curve.curve.steps.empty()) continue;
            CurveInfo seed = info;
            seed.label = QStringLiteral("%1/%2").arg(id).arg(curve.curve.seed);
            seed.id = seedId(mean.variant, curve.curve.seed);
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
    const QString picked = this->picked();
    removeCurves();
    m_clocks.clear();
    for (const Line& line : lines) {
        CurveInfo info = line.info;
        info.clock = m_clocks[info.id] = std::make_shared<RunClock>();
        addCurve(info);
    }
    pick(picked);
}

void ComparePlot::setCurves(const std::vector<ComparedCurve>& compared, const Look& look) {
    std::vector<Line> lines = linesOf(compared, look);
    const auto means =
        std::ranges::count_if(lines, [](const Line& line) { return line.info.owner.isEmpty(); });
    const bool isLong = means >= static_cast<std::ptrdiff_t>(longLegend);
    QStringList unit = {look.metric.unit()};
    if (isLong) unit << bandText(look.band);
    unit.removeAll(QString());
    setTitle(look.metric.title(), unit.join(QStringLiteral(", ")));
    if (!isSame(lines)) rebuild(lines);
    group().forgetExtents();
    for (Line& line : lines) {
        *m_clocks[line.info.id] = std::move(line.clock);
        setPoints(line.info.id, std::move(line.points));
    }
    fitToCurves();
}

} // namespace retort
