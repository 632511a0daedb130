// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/architecture_figures.h"

#include "analysis/evaluation.h"
#include "widgets/forms/model_outline.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/compare_metric.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <functional>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::ArchitecturePanel)
};

using Qualities = std::vector<SeedQuality>;

QString nameOf(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

/// The rows of the newest step that has any such.
std::vector<EvaluationRow> newestRows(const ComparedRun& run,
                                      const std::function<bool(const EvaluationRow&)>& isWanted) {
    std::vector<EvaluationRow> rows;
    std::int64_t newest = -1;
    for (const LiveHistory::Evaluation& evaluation : run.evaluations) {
        if (!isWanted(evaluation.row)) continue;
        if (evaluation.step != newest) rows.clear();
        newest = evaluation.step;
        rows.push_back(evaluation.row);
    }
    return rows;
}

/// Of one variant, with the seeds they are of.
struct Sample {
    std::vector<double> values; ///< nats per token
    std::vector<std::uint64_t> seeds;
};

/// What `measure` says of each seed of a variant; NaN leaves it out.
Sample sampleOf(const Qualities& qualities, const std::string& variant,
                const std::function<double(const SeedQuality&)>& measure) {
    Sample sample;
    for (const SeedQuality& quality : qualities) {
        if (quality.variant != variant) continue;
        const double value = measure(quality);
        if (std::isnan(value)) continue;
        sample.values.push_back(value);
        sample.seeds.push_back(quality.seed);
    }
    return sample;
}

double qualityIn(const SeedQuality& quality, const std::string& domain, CompareMetric::Kind kind) {
    const auto row = std::ranges::find(quality.rows, domain, &EvaluationRow::domain);
    return row == quality.rows.end() ? std::nan("") : valueOf(*row, kind);
}

/// From what is averaged to what is shown.
using Shown = std::function<double(double)>;

double asIs(double value) {
    return value;
}

/// The mean with its band; `words` has a place for the value and what is around it.
ScorePoint meanPoint(const Sample& sample, double x, Band band, const Shown& shown, const QString& words) {
    const double mean = summarise(sample.values).mean.value_or(std::nan(""));
    const Interval around = band_around(sample.values, band);
    ScorePoint point{x, shown(mean), {}, words.arg(numberText(shown(mean)))};
    if (sample.values.size() < 2) return point;
    point.interval = {shown(around.low), shown(around.high)};
    point.text += Text::tr(" (%1, n = %2: %3–%4)")
                      .arg(bandText(band), QString::number(sample.values.size()),
                           numberText(point.interval.low), numberText(point.interval.high));
    return point;
}

/// Single seeds as faint marks; none for one alone, which is its mean.
void addSeeds(ScoreLine& line, const Sample& sample, double x, const Shown& shown, const QString& words) {
    if (sample.values.size() < 2) return;
    for (std::size_t i = 0; i < sample.values.size(); ++i)
        line.points.push_back(
            {x,
             shown(sample.values[i]),
             {},
             Text::tr("%1, seed %2")
                 .arg(words.arg(numberText(shown(sample.values[i]))), QString::number(sample.seeds[i]))});
}

ScoreLine seedLine(const std::string& variant, SeriesStyle style) {
    return {Text::tr("%1, seeds").arg(nameOf(variant)), style, {}, false, false, true};
}

std::vector<std::string> domainsOf(const Qualities& qualities) {
    std::vector<std::string> domains;
    for (const SeedQuality& quality : qualities)
        for (const EvaluationRow& row : quality.rows)
            if (std::ranges::find(domains, row.domain) == domains.end()) domains.push_back(row.domain);
    return domains;
}

double highest(const ScoreFigure& figure) {
    double top = 0;
    const auto include = [&top](const std::vector<ScorePoint>& points) {
        for (const ScorePoint& point : points)
            for (const double y : {point.y, point.interval.high})
                if (std::isfinite(y)) top = std::max(top, y);
    };
    for (const ScoreColumns& columns : figure.columns)
        include(columns.points);
    for (const ScoreLine& line : figure.lines)
        include(line.points);
    return top > 0 ? top : 1;
}

/// About five round numbers, each with its unit.
std::vector<ScoreTick> countTicks(const Interval& range) {
    const double rough = (range.high - range.low) / 4;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    const double share = rough / power;
    const double step = power * (share > 7 ? 10 : share > 3.5 ? 5 : share > 1.5 ? 2 : 1);
    std::vector<ScoreTick> ticks;
    for (double x = std::ceil(range.low / step) * step; x <= range.high; x += step)
        ticks.push_back({x, shortCount(x)});
    return ticks;
}

/// Of all points.
void fitScatter(ScoreFigure& figure) {
    Interval x{INFINITY, -INFINITY}, y = x;
    for (const ScoreLine& line : figure.lines)
        for (const ScorePoint& point : line.points) {
            const bool hasInterval = point.interval.high > 0;
            x = {std::min(x.low, point.x), std::max(x.high, point.x)};
            y.low = std::min(y.low, hasInterval ? point.interval.low : point.y);
            y.high = std::max(y.high, hasInterval ? point.interval.high : point.y);
        }
    if (!(x.low <= x.high) || !std::isfinite(y.high - y.low)) return;
    const double wide = std::max(0.12 * (x.high - x.low), 0.05 * x.high);
    const double high = std::max(y.high - y.low, 0.01 * y.high);
    figure.x = {std::max(0.0, x.low - wide), x.high + wide};
    figure.y = {y.low - 0.12 * high, y.high + 0.12 * high};
    figure.ticks = countTicks(figure.x);
}

std::int64_t activeOf(const Qualities& qualities, const std::string& variant) {
    return std::ranges::find(qualities, variant, &SeedQuality::variant)->active;
}

} // namespace

std::vector<SeedQuality> qualitiesOf(const std::vector<RunRecord>& chosen,
                                     const std::map<std::string, ComparedRun>& read) {
    const std::vector<std::string> variants = variantNames(chosen);
    Qualities qualities;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const auto run = read.find(chosen[i].id);
        if (run == read.end()) continue;
        std::vector<EvaluationRow> rows = newestRows(
            run->second, [](const EvaluationRow& row) { return !headline(std::span(&row, 1)).empty(); });
        if (rows.empty()) continue;
        const std::vector<EvaluationRow> grid =
            newestRows(run->second, [](const EvaluationRow& row) { return !row.setting.empty(); });
        qualities.push_back({variants[i], chosen[i].seed, chosen[i].parameters.active, std::move(rows),
                             evaluation_grid(grid)});
    }
    return qualities;
}

std::vector<std::string> variantsOf(const Qualities& qualities) {
    std::vector<std::string> variants;
    for (const SeedQuality& quality : qualities)
        if (std::ranges::find(variants, quality.variant) == variants.end())
            variants.push_back(quality.variant);
    return variants;
}

ScoreFigure domainFigure(const Qualities& qualities, const ArchitectureLook& look) {
    const std::vector<std::string> variants = variantsOf(qualities), domains = domainsOf(qualities);
    ScoreFigure figure;
    const CompareMetric& metric = look.metric;
    const Shown shown = [&metric](double value) { return metric.shown(value); };
    figure.title = Text::tr("%1 by domain").arg(metric.title());
    figure.yLabel = metric.title();
    figure.isLegendAbove = true;
    const double width = 0.8 / std::max<double>(1, static_cast<double>(variants.size()));
    for (std::size_t d = 0; d < domains.size(); ++d)
        figure.ticks.push_back({static_cast<double>(d), nameOf(domains[d])});
    for (std::size_t v = 0; v < variants.size(); ++v) {
        const SeriesStyle style = styleIn(look.styles, variants[v], v);
        ScoreColumns columns{nameOf(variants[v]), style, 0.92 * width, {}};
        ScoreLine seeds = seedLine(variants[v], style);
        for (std::size_t d = 0; d < domains.size(); ++d) {
            const Sample sample = sampleOf(qualities, variants[v], [&](const SeedQuality& seed) {
                return qualityIn(seed, domains[d], metric.kind);
            });
            if (sample.values.empty()) continue;
            const double x = static_cast<double>(d) - 0.4 + (static_cast<double>(v) + 0.5) * width;
            const QString words =
                Text::tr("%1, %2: %3 %4", "domain, variant, metric, value")
                    .arg(nameOf(domains[d]), nameOf(variants[v]), metric.title(), QStringLiteral("%1"));
            columns.points.push_back(meanPoint(sample, x, look.band, shown, words));
            if (look.areSeedsShown) addSeeds(seeds, sample, x, shown, words);
        }
        figure.columns.push_back(std::move(columns));
        if (!seeds.points.empty()) figure.lines.push_back(std::move(seeds));
    }
    figure.x = {-0.5, static_cast<double>(domains.size()) - 0.5};
    figure.y = {0, 1.05 * highest(figure)};
    return figure;
}

ScoreFigure activeFigure(const Qualities& qualities, const ArchitectureLook& look) {
    const std::vector<std::string> variants = variantsOf(qualities);
    ScoreFigure figure;
    figure.title = Text::tr("Loss by active parameters");
    figure.xLabel = Text::tr("Parameters that one token passes");
    figure.yLabel = Text::tr("Nats per token (mean)");
    figure.isLegendAbove = true;
    for (std::size_t v = 0; v < variants.size(); ++v) {
        const std::int64_t active = activeOf(qualities, variants[v]);
        const Sample sample =
            sampleOf(qualities, variants[v], [](const SeedQuality& seed) { return macro_mean(seed.rows); });
        if (active == 0 || sample.values.empty()) continue;
        const SeriesStyle style = styleIn(look.styles, variants[v], v);
        const auto x = static_cast<double>(active);
        const QString words = Text::tr("%1, %2 active parameters: %3 nats per token")
                                  .arg(nameOf(variants[v]), wholeText(active), QStringLiteral("%1"));
        ScoreLine seeds = seedLine(variants[v], style);
        if (look.areSeedsShown) addSeeds(seeds, sample, x, asIs, words);
        if (!seeds.points.empty()) figure.lines.push_back(std::move(seeds));
        figure.lines.push_back(
            {nameOf(variants[v]), style, {meanPoint(sample, x, look.band, asIs, words)}, true, false});
    }
    fitScatter(figure);
    return figure;
}

MeanGrid gridOf(const Qualities& qualities, const std::string& variant) {
    std::vector<EvaluationGrid> seeds;
    for (const SeedQuality& quality : qualities)
        if (quality.variant == variant && !quality.grid.settings.empty()) seeds.push_back(quality.grid);
    return mean_grid(seeds);
}

} // namespace retort
