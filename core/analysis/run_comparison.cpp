// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/run_comparison.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace retort {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using Curves = std::vector<const SeedCurve*>;

/// By variant, in the order of appearance; each by rising seed.
std::vector<Curves> by_variant(std::span<const SeedCurve> curves) {
    std::vector<Curves> variants;
    for (const SeedCurve& curve : curves) {
        if (curve.steps.empty()) continue;
        const auto known = std::ranges::find_if(
            variants, [&](const Curves& variant) { return variant.front()->variant == curve.variant; });
        (known == variants.end() ? variants.emplace_back() : *known).push_back(&curve);
    }
    for (Curves& variant : variants)
        std::ranges::sort(variant, {}, &SeedCurve::seed);
    return variants;
}

std::vector<std::int64_t> common_steps(const Curves& curves) {
    if (curves.empty()) return {};
    std::vector<std::int64_t> common = curves.front()->steps;
    for (const SeedCurve* curve : curves) {
        std::vector<std::int64_t> both;
        std::ranges::set_intersection(common, curve->steps, std::back_inserter(both));
        common = std::move(both);
    }
    return common;
}

/// `step` must be one of the curve's.
double value_at(const SeedCurve& curve, std::int64_t step) {
    const auto found = std::ranges::lower_bound(curve.steps, step);
    return curve.values[static_cast<std::size_t>(found - curve.steps.begin())];
}

std::vector<double> values_at(const Curves& curves, std::int64_t step) {
    std::vector<double> values;
    for (const SeedCurve* curve : curves)
        values.push_back(value_at(*curve, step));
    return values;
}

Interval band_of(std::span<const double> values, const SampleSummary& summary, Band band) {
    const double mean = summary.mean.value_or(nan);
    const auto around = [mean](const std::optional<double>& half) {
        return Interval{mean - half.value_or(0), mean + half.value_or(0)};
    };
    if (!summary.mean) return {nan, nan};
    switch (band) {
    case Band::standard_deviation:
        return around(summary.standard_deviation);
    case Band::standard_error:
        return around(summary.standard_error);
    case Band::t_interval:
        return summary.interval.value_or(Interval{mean, mean});
    case Band::range:
        break;
    }
    return {std::ranges::min(values), std::ranges::max(values)};
}

MeanCurve mean_curve(const Curves& curves, Band band) {
    MeanCurve result{curves.front()->variant, curves.size(), common_steps(curves), {}, {}, {}};
    for (const std::int64_t step : result.steps) {
        const std::vector<double> values = values_at(curves, step);
        const SampleSummary summary = summarise(values);
        const Interval interval = band_of(values, summary, band);
        result.means.push_back(summary.mean.value_or(nan));
        result.low.push_back(interval.low);
        result.high.push_back(interval.high);
    }
    return result;
}

/// The best finite value; NaN without any.
double best_of(const SeedCurve& curve, Better better) {
    double best = nan;
    for (const double value : curve.values) {
        if (!std::isfinite(value)) continue;
        const bool is_better = better == Better::lower    ? value < best
                               : better == Better::higher ? value > best
                                                          : true;
        if (std::isnan(best) || is_better) best = value;
    }
    return best;
}

SampleSummary best_values(const Curves& curves, Better better) {
    std::vector<double> values;
    for (const SeedCurve* curve : curves)
        values.push_back(best_of(*curve, better));
    return summarise(values);
}

ComparedVariant compared(const Curves& curves, Better better) {
    ComparedVariant result;
    result.variant = curves.front()->variant;
    result.n = curves.size();
    for (const SeedCurve* curve : curves)
        result.newest_step = std::max(result.newest_step, curve->steps.back());
    const std::vector<std::int64_t> steps = common_steps(curves);
    result.best = best_values(curves, better);
    if (steps.empty()) return result;
    result.step = steps.back();
    result.last = summarise(values_at(curves, steps.back()));
    return result;
}

/// Those of `curves` whose seeds `others` have too; both rise by seed.
Curves paired(const Curves& curves, const Curves& others) {
    Curves kept;
    std::ranges::set_intersection(curves, others, std::back_inserter(kept), {}, &SeedCurve::seed,
                                  &SeedCurve::seed);
    return kept;
}

Verdict opposite(Verdict verdict) {
    return verdict == Verdict::supported      ? Verdict::contradicted
           : verdict == Verdict::contradicted ? Verdict::supported
                                              : verdict;
}

std::optional<VariantDifference> difference_of(const Curves& variant, const Curves& reference) {
    const Curves ours = paired(variant, reference), theirs = paired(reference, variant);
    Curves all = ours;
    all.insert(all.end(), theirs.begin(), theirs.end());
    const std::vector<std::int64_t> steps = common_steps(all);
    if (steps.empty()) return {};
    VariantDifference result;
    result.step = steps.back();
    for (const SeedCurve* curve : ours)
        result.seeds.push_back(curve->seed);
    const std::vector<double> x = values_at(ours, result.step), y = values_at(theirs, result.step);
    result.difference = paired_difference(x, y);
    result.ranks = signed_rank_test(x, y);
    return result;
}

/// Tests that could not be made do not count among those to correct for.
void decide(std::vector<ComparedVariant>& variants, Better better) {
    std::vector<VariantDifference*> tested;
    std::vector<double> p;
    for (ComparedVariant& variant : variants) {
        if (!variant.difference || !variant.difference->difference.p) continue;
        tested.push_back(&*variant.difference);
        p.push_back(*variant.difference->difference.p);
    }
    const std::vector<double> adjusted = holm_adjusted(p);
    for (std::size_t i = 0; i < tested.size(); ++i)
        tested[i]->adjusted_p = adjusted[i];
    for (ComparedVariant& variant : variants) {
        if (!variant.difference || better == Better::neither) continue;
        VariantDifference& difference = *variant.difference;
        const Verdict lower = is_lower(difference.difference, difference.adjusted_p);
        difference.is_better = better == Better::lower ? lower : opposite(lower);
    }
}

/// That at least one of the curves that do not stand has.
std::vector<std::int64_t> measured_steps(std::span<const SeedCurve> curves) {
    std::vector<std::int64_t> all;
    for (const SeedCurve& curve : curves) {
        if (curve.stands) continue;
        std::vector<std::int64_t> both;
        std::ranges::set_union(all, curve.steps, std::back_inserter(both));
        all = std::move(both);
    }
    return all;
}

} // namespace

std::vector<SeedCurve> extend_standing(std::span<const SeedCurve> curves) {
    std::vector<SeedCurve> extended(curves.begin(), curves.end());
    if (std::ranges::none_of(curves, &SeedCurve::stands)) return extended;
    const std::vector<std::int64_t> steps = measured_steps(curves);
    for (SeedCurve& curve : extended) {
        if (!curve.stands || curve.steps.empty() || steps.empty()) continue;
        curve.steps = steps;
        curve.values.assign(steps.size(), double{curve.values.back()});
    }
    return extended;
}

Interval band_around(std::span<const double> values, Band band) {
    return band_of(values, summarise(values), band);
}

std::vector<MeanCurve> mean_curves(std::span<const SeedCurve> curves, Band band) {
    const std::vector<SeedCurve> extended = extend_standing(curves);
    std::vector<MeanCurve> means;
    for (const Curves& variant : by_variant(extended))
        means.push_back(mean_curve(variant, band));
    return means;
}

std::vector<ComparedVariant> compare_variants(std::span<const SeedCurve> curves, const std::string& reference,
                                              Better better) {
    const std::vector<SeedCurve> extended = extend_standing(curves);
    const std::vector<Curves> variants = by_variant(extended);
    const auto base = std::ranges::find_if(
        variants, [&](const Curves& variant) { return variant.front()->variant == reference; });
    std::vector<ComparedVariant> all;
    for (auto variant = variants.begin(); variant != variants.end(); ++variant) {
        all.push_back(compared(*variant, better));
        if (base != variants.end() && variant != base) all.back().difference = difference_of(*variant, *base);
    }
    decide(all, better);
    return all;
}

} // namespace retort
