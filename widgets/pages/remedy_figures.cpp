// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/remedy_figures.h"

#include "spec/stages.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/compare_metric.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::RemedyPanel)
};

QString nameOf(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

struct ReadRun {
    const RunRecord* record = nullptr;
    std::string variant;
    RunSpec spec;
    StageMatrix matrix;
};

std::vector<ReadRun> readRuns(const std::vector<RunRecord>& chosen,
                              const std::map<std::string, ComparedRun>& read,
                              const std::vector<std::string>& variants) {
    std::vector<ReadRun> runs;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const auto found = read.find(chosen[i].id);
        if (found == read.end() || found->second.record.id.empty()) continue;
        RunSpecReading reading = read_run_spec(chosen[i].spec);
        if (!reading.problems.empty()) continue;
        StageMatrix matrix = stage_matrix(reading.spec, found->second.evaluations);
        runs.push_back({&chosen[i], variants[i], std::move(reading.spec), std::move(matrix)});
    }
    return runs;
}

const StageMatrix* jointOf(const std::vector<ReadRun>& runs, const ReadRun& of) {
    for (const ReadRun& run : runs)
        if (run.record->variant == joint_variant && run.record->study == of.record->study &&
            run.record->seed == of.record->seed && run.record->status == RunStatus::done)
            return &run.matrix;
    return nullptr;
}

/// Why a run is not among those that forget.
QString obstacle(const StageMatrix& matrix) {
    if (matrix.rows.empty()) return Text::tr("nothing is trained in it");
    if (matrix.domains.size() < 2) return Text::tr("it has one domain");
    return Text::tr("not evaluated yet where the others' stages end");
}

using Runs = std::vector<const RemedyRun*>;

/// With both measures.
Runs drawable(const RemedyRuns& all, const std::string& variant) {
    Runs runs;
    for (const RemedyRun& run : all.runs)
        if (run.variant == variant && run.measures.forgetting.value && std::isfinite(run.loss))
            runs.push_back(&run);
    return runs;
}

std::vector<double> forgettingOf(const Runs& runs) {
    std::vector<double> values;
    for (const RemedyRun* run : runs)
        values.push_back(*run->measures.forgetting.value);
    return values;
}

std::vector<double> lossesOf(const Runs& runs) {
    std::vector<double> values;
    for (const RemedyRun* run : runs)
        values.push_back(run->loss);
    return values;
}

/// {0, 0} without a spread.
Interval whiskers(const std::vector<double>& values, Band band) {
    return values.size() < 2 ? Interval{} : band_around(values, band);
}

ScorePoint meanPoint(const Runs& runs, const QString& name, Band band) {
    const std::vector<double> forgotten = forgettingOf(runs), losses = lossesOf(runs);
    const double x = summarise(forgotten).mean.value_or(std::nan(""));
    const double y = summarise(losses).mean.value_or(std::nan(""));
    return {x,
            y,
            whiskers(losses, band),
            Text::tr("%1 (n = %2): forgetting %3, final loss %4 nats per token")
                .arg(name)
                .arg(runs.size())
                .arg(numberText(x, 3), numberText(y)),
            whiskers(forgotten, band),
            name};
}

ScoreLine seedLine(const Runs& runs, const QString& name, SeriesStyle style) {
    ScoreLine line{Text::tr("%1, seeds").arg(name), style, {}, false, false, true};
    for (const RemedyRun* run : runs)
        line.points.push_back(
            {*run->measures.forgetting.value,
             run->loss,
             {},
             Text::tr("%1, seed %2: forgetting %3, final loss %4")
                 .arg(name)
                 .arg(run->seed)
                 .arg(numberText(*run->measures.forgetting.value, 3), numberText(run->loss))});
    return line;
}

/// Of the variants with stages, where there are any: what has none forgets nothing that they could keep.
ScoreLine frontLine(const std::vector<ScoreLine>& means) {
    const bool hasStages = std::ranges::any_of(means, [](const ScoreLine& line) { return !line.isHollow; });
    std::vector<CostPair> costs;
    std::vector<ScorePoint> points;
    for (const ScoreLine& line : means)
        if (!hasStages || !line.isHollow) {
            points.push_back(line.points.front());
            costs.push_back({points.back().x, points.back().y});
        }
    ScoreLine front{Text::tr("Pareto front"), {6}, {}};
    front.isStaircase = true;
    for (const std::size_t place : pareto_front(costs)) {
        front.points.push_back(points[place]);
        front.points.back().interval = front.points.back().xInterval = {};
    }
    return front;
}

void include(Interval& range, double value, const Interval& around) {
    const bool hasInterval = around.low < around.high;
    range.low = std::min({range.low, value, hasInterval ? around.low : value});
    range.high = std::max({range.high, value, hasInterval ? around.high : value});
}

/// With room for names.
Interval airy(const Interval& range, double share, double least) {
    const double air = std::max(least, share * (range.high - range.low));
    return range.low <= range.high ? Interval{range.low - air, range.high + air} : Interval{0, 1};
}

void fit(ScoreFigure& figure) {
    Interval x{INFINITY, -INFINITY}, y = x;
    for (const ScoreLine& line : figure.lines)
        for (const ScorePoint& point : line.points) {
            include(x, point.x, point.xInterval);
            include(y, point.y, point.interval);
        }
    figure.x = airy(x, 0.12, 0.01);
    figure.y = airy(y, 0.12, 0.01);
}

} // namespace

RemedyRuns remedyRunsOf(const std::vector<RunRecord>& chosen,
                        const std::map<std::string, ComparedRun>& read) {
    const std::vector<std::string> names = variantNames(chosen);
    const std::vector<ReadRun> runs = readRuns(chosen, read, names);
    RemedyRuns result;
    for (const std::string& name : names)
        if (std::ranges::find(result.variants, name) == result.variants.end())
            result.variants.push_back(name);
    for (const ReadRun& run : runs) {
        if (can_forget(run.matrix)) {
            result.runs.push_back(remedy_run(run.variant, run.spec, run.matrix, jointOf(runs, run)));
            continue;
        }
        const QString absent = Text::tr("%1 (%2)").arg(nameOf(run.variant), obstacle(run.matrix));
        if (!result.absent.contains(absent)) result.absent << absent;
    }
    return result;
}

ScoreFigure paretoFigure(const RemedyRuns& runs, const RemedyLook& look) {
    ScoreFigure figure;
    figure.title = Text::tr("Forgetting against final loss");
    figure.xLabel = Text::tr("Mean forgetting, nats per token");
    figure.yLabel = Text::tr("Final loss, nats per token");
    figure.isLegendAbove = true;
    std::vector<ScoreLine> means;
    for (std::size_t v = 0; v < runs.variants.size(); ++v) {
        const Runs seeds = drawable(runs, runs.variants[v]);
        if (seeds.empty()) continue;
        const QString name = nameOf(runs.variants[v]);
        const SeriesStyle style = styleIn(look.styles, runs.variants[v], v);
        if (look.areSeedsShown && seeds.size() > 1) figure.lines.push_back(seedLine(seeds, name, style));
        ScoreLine mean{Text::tr("%1 (n = %2)").arg(name).arg(seeds.size()),
                       style,
                       {meanPoint(seeds, name, look.band)},
                       true,
                       false};
        mean.isHollow = !seeds.front()->matrix.is_sequential;
        means.push_back(std::move(mean));
    }
    if (!means.empty()) figure.lines.insert(figure.lines.begin(), frontLine(means));
    std::ranges::move(means, std::back_inserter(figure.lines));
    fit(figure);
    return figure;
}

ScoreFigure positionFigure(const OrderSensitivity& orders) {
    const std::size_t count = orders.domains.size();
    ScoreFigure figure;
    figure.title = Text::tr("Final loss by place in the order");
    figure.xLabel = Text::tr("Place of the domain in the order");
    figure.yLabel = Text::tr("Final loss, nats per token");
    figure.isLegendAbove = true;
    QStringList names;
    for (const std::string& domain : orders.domains)
        names << nameOf(domain);
    const std::vector<SeriesStyle> styles = stylesOf(names);
    for (std::size_t d = 0; d < count; ++d) {
        ScoreLine line{names[qsizetype(d)], styles[d], {}};
        for (std::size_t p = 0; p < count; ++p) {
            const SampleSummary& cell = orders.by_position[d * count + p];
            if (!cell.mean) continue;
            const double spread = cell.standard_deviation.value_or(0);
            line.points.push_back({static_cast<double>(p + 1),
                                   *cell.mean,
                                   {*cell.mean - spread, *cell.mean + spread},
                                   Text::tr("%1 at place %2: final loss %3 (mean ± s.d. over orders and "
                                            "seeds, n = %4)")
                                       .arg(names[qsizetype(d)])
                                       .arg(p + 1)
                                       .arg(numberText(*cell.mean))
                                       .arg(cell.n)});
        }
        if (!line.points.empty()) figure.lines.push_back(std::move(line));
    }
    for (std::size_t p = 0; p < count; ++p)
        figure.ticks.push_back({static_cast<double>(p + 1), QString::number(p + 1)});
    fit(figure);
    figure.x = {0.7, static_cast<double>(count) + 0.3};
    return figure;
}

} // namespace retort
