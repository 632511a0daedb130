// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/statistics.h"

#include "analysis/student_t.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace retort {
namespace {

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation_of(std::span<const double> values, double mean) {
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

/// 64 mixed bits of a counter: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), which is its finalizer on an
/// arithmetic sequence.
std::uint64_t bits(std::uint64_t seed, std::uint64_t counter) {
    std::uint64_t z = seed + (counter + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

double resampled_mean(std::span<const double> values, std::uint64_t seed, std::size_t draw) {
    const std::size_t n = values.size();
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i)
        sum += values[((bits(seed, draw * n + i) >> 32) * n) >> 32];
    return sum / static_cast<double>(n);
}

/// Between the order statistics next to share · (size - 1).
double quantile(std::span<const double> sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

} // namespace

bool are_finite(std::span<const double> values) {
    return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}

SampleSummary summarise(std::span<const double> values, double confidence) {
    SampleSummary summary;
    summary.n = values.size();
    if (values.empty() || !are_finite(values)) return summary;
    const double mean = mean_of(values);
    summary.mean = mean;
    if (values.size() < 2) return summary;
    const double deviation = deviation_of(values, mean);
    const double error = deviation / std::sqrt(static_cast<double>(values.size()));
    const double half =
        error * student_t_quantile(0.5 + confidence / 2, static_cast<double>(values.size() - 1));
    summary.standard_deviation = deviation;
    summary.standard_error = error;
    summary.interval = Interval{mean - half, mean + half};
    return summary;
}

std::optional<Interval> bootstrap_interval(std::span<const double> values, double confidence,
                                           std::size_t draws, std::uint64_t seed) {
    if (values.size() < 2 || draws == 0 || !are_finite(values)) return {};
    std::vector<double> means(draws);
    for (std::size_t draw = 0; draw < draws; ++draw)
        means[draw] = resampled_mean(values, seed, draw);
    std::ranges::sort(means);
    const double outside = (1 - confidence) / 2;
    return Interval{quantile(means, outside), quantile(means, 1 - outside)};
}

} // namespace retort
