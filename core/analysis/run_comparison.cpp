// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/run_comparison.h"

#include "analysis/mean_bootstrap.h"
#include "analysis/student_t.h"

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

/// The spread of samples of one size; what all of them share is worked out once.
class Spread {
public:
    Spread(std::size_t n, Band band) : band_(band) {
        if (n < 2) return;
        const auto size = static_cast<double>(n);
        if (band == Band::standard_deviation) factor_ = 1;
        if (band == Band::standard_error) factor_ = 1 / std::sqrt(size);
        if (band == Band::t_interval) factor_ = student_t_quantile(0.975, size - 1) / std::sqrt(size);
        if (band == Band::bootstrap) bootstrap_.emplace(n, band_draws);
    }
    /// Of finite values.
    [[nodiscard]] Interval around(std::span<const double> values, double mean) const {
        if (values.size() < 2) return {mean, mean};
        if (bootstrap_) return bootstrap_->interval(values);
        if (band_ == Band::range) return {std::ranges::min(values), std::ranges::max(values)};
        const double half = factor_ * deviation_of(values, mean);
        return {mean - half, mean + half};
    }

private:
    static constexpr std::size_t band_draws = 2000;
    Band band_;
    double factor_ = 0; ///< of the deviation
    std::optional<MeanBootstrap> bootstrap_;
};

/// The curve's values at `steps`, all of which it has.
std::vector<double> values_along(const SeedCurve& curve, const std::vector<std::int64_t>& steps) {
    if (curve.steps.size() == steps.size()) return curve.values;
    std::vector<double> values;
    values.reserve(steps.size());
    std::size_t place = 0;
    for (const std::int64_t step : steps) {
        while (curve.steps[place] != step)
            ++place;
        values.push_back(curve.values[place]);
    }
    return values;
}

MeanCurve mean_curve(const Curves& curves, Band band) {
    MeanCurve result{curves.front()->variant, curves.size(), common_steps(curves), {}, {}, {}};
    std::vector<std::vector<double>> seeds;
    for (const SeedCurve* curve : curves)
        seeds.push_back(values_along(*curve, result.steps));
    const Spread spread(curves.size(), band);
    std::vector<double> values(curves.size());
    for (std::size_t i = 0; i < result.steps.size(); ++i) {
        std::ranges::transform(seeds, values.begin(), [i](const auto& seed) { return seed[i]; });
        const double mean = are_finite(values) ? mean_of(values) : nan;
        const Interval interval = std::isnan(mean) ? Interval{nan, nan} : spread.around(values, mean);
        result.means.push_back(mean);
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

/// Over the seeds, of what `measure` says of the curve of each.
template <class Measure>
SampleSummary over_seeds(const Curves& curves, const Measure& measure) {
    std::vector<double> values;
    for (const SeedCurve* curve : curves)
        values.push_back(measure(*curve));
    return summarise(values);
}

ComparedVariant compared(const Curves& curves, Better better) {
    ComparedVariant result;
    result.variant = curves.front()->variant;
    result.n = curves.size();
    for (const SeedCurve* curve : curves)
        result.newest_step = std::max(result.newest_step, curve->steps.back());
    const std::vector<std::int64_t> steps = common_steps(curves);
    result.best = over_seeds(curves, [better](const SeedCurve& curve) { return best_of(curve, better); });
    result.mean = over_seeds(curves, [](const SeedCurve& curve) { return mean_of(curve.values); });
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

/// Holm's correction of the p values that there are; tests that could not be made do not count.
void adjust(const std::vector<std::optional<double>>& p,
            const std::vector<std::optional<double>*>& adjusted) {
    std::vector<double> tested;
    for (const std::optional<double>& value : p)
        if (value) tested.push_back(*value);
    const std::vector<double> corrected = holm_adjusted(tested);
    for (std::size_t i = 0, next = 0; i < p.size(); ++i)
        if (p[i]) *adjusted[i] = corrected[next++];
}

void decide(std::vector<ComparedVariant>& variants, Better better) {
    std::vector<std::optional<double>> p, rank_p;
    std::vector<std::optional<double>*> adjusted, adjusted_rank;
    for (ComparedVariant& variant : variants) {
        if (!variant.difference) continue;
        p.push_back(variant.difference->difference.p);
        adjusted.push_back(&variant.difference->adjusted_p);
        rank_p.push_back(variant.difference->ranks.p);
        adjusted_rank.push_back(&variant.difference->adjusted_rank_p);
    }
    adjust(p, adjusted);
    adjust(rank_p, adjusted_rank);
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
    if (values.empty() || !are_finite(values)) return {nan, nan};
    return Spread(values.size(), band).around(values, mean_of(values));
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
