// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reporting/report_curves.h"

#include "app/reporting/reported_runs.h"
#include "report/figure_style.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>

namespace retort {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

FigureCurve mean_curve(const MeanCurve& mean, int style, bool has_marks) {
    FigureCurve curve{
        .label = fmt::format("{} (n = {})", mean.variant, mean.n), .style = style, .has_marks = has_marks};
    curve.steps = mean.steps;
    curve.values = mean.means;
    if (mean.n > 1) {
        curve.low = mean.low;
        curve.high = mean.high;
    }
    return curve;
}

FigureCurve seed_curve(const SeedCurve& seed, int style, bool is_alone, bool has_marks) {
    FigureCurve curve{.label = fmt::format("{}/{}", seed.variant, seed.seed), .style = style};
    curve.is_faint = !is_alone;
    curve.has_marks = is_alone && has_marks;
    curve.steps = seed.steps;
    curve.values = seed.values;
    return curve;
}

std::string caption_of(const std::vector<MeanCurve>& means, const CurveTopic& topic, std::size_t seeds) {
    const bool has_bands = std::ranges::any_of(means, [](const MeanCurve& mean) { return mean.n > 1; });
    std::string caption =
        fmt::format("{}{} of {}, from {}", topic.title, topic.unit.empty() ? "" : " (" + topic.unit + ")",
                    counted(means.size(), "variant"), counted(seeds, "run"));
    caption +=
        has_bands
            ? ". Lines are means over the seeds, bands are ± one standard deviation, and thin lines are "
              "single seeds."
            : ", one seed each.";
    return caption;
}

} // namespace

Figure seed_curves_figure(const std::vector<SeedCurve>& curves, const CurveTopic& topic) {
    const std::vector<MeanCurve> means = mean_curves(curves, Band::standard_deviation);
    std::map<std::string, int> places;
    for (const std::string& variant : topic.order)
        places.emplace(variant, static_cast<int>(places.size()));
    for (const MeanCurve& mean : means)
        places.emplace(mean.variant, static_cast<int>(places.size()));
    CurveFigure figure{
        .x = {"Step"}, .y = {topic.title, topic.unit}, .band = "± standard deviation", .curves = {}};
    for (const MeanCurve& mean : means)
        if (mean.n > 1)
            figure.curves.push_back(
                mean_curve(mean, style_slot_of_variant(places[mean.variant]), topic.has_marks));
    for (const SeedCurve& seed : curves) {
        const auto mean = std::ranges::find(means, seed.variant, &MeanCurve::variant);
        const bool is_alone = mean == means.end() || mean->n == 1;
        figure.curves.push_back(
            seed_curve(seed, style_slot_of_variant(places[seed.variant]), is_alone, topic.has_marks));
    }
    return {topic.name,
            topic.title,
            caption_of(means, topic, curves.size()),
            std::move(figure),
            {},
            {{"band", "standard deviation over the seeds"}, {"smoothing", "none"}}};
}

Figure domain_bars_figure(const std::vector<std::string>& domains,
                          const std::vector<std::vector<ComparedVariant>>& by_domain) {
    BarFigure figure{{"Loss", "nats per token"}, "± standard deviation", domains, {}};
    std::size_t most = 0;
    for (std::size_t d = 0; d < domains.size(); ++d)
        for (const ComparedVariant& variant : by_domain[d]) {
            auto bars = std::ranges::find(figure.bars, variant.variant, &FigureBars::label);
            if (bars == figure.bars.end()) {
                const std::vector<double> none(domains.size(), nan);
                const int style = style_slot_of_variant(static_cast<int>(figure.bars.size()));
                bars = figure.bars.insert(bars, {variant.variant, style, none, none, none});
            }
            bars->values[d] = variant.last.mean.value_or(nan);
            const double deviation = variant.last.standard_deviation.value_or(nan);
            bars->low[d] = bars->values[d] - deviation;
            bars->high[d] = bars->values[d] + deviation;
            most = std::max(most, variant.n);
        }
    if (most < 2) figure.whisker.clear();
    return {
        "loss-by-domain",
        "Loss by domain",
        fmt::format("Validation loss by domain (nats per token) at the newest common step, means over {}{}.",
                    counted(most, "seed"), most < 2 ? "" : "; whiskers are ± one standard deviation"),
        std::move(figure),
        {},
        {{"whisker", "standard deviation over the seeds"}}};
}

} // namespace retort
