// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/length_summary.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace retort {
namespace {

constexpr int bins_per_octave = 2;

double border(int bin) {
    return std::exp2(static_cast<double>(bin) / bins_per_octave);
}

/// Rounding may put a power of two below its own border.
int bin_of(std::int64_t length) {
    const auto value = static_cast<double>(std::max<std::int64_t>(1, length));
    const auto bin = static_cast<int>(std::floor(std::log2(value) * bins_per_octave));
    return value >= border(bin + 1) ? bin + 1 : bin;
}

/// Between the order statistics next to share · (size - 1).
double quantile(const std::vector<std::int64_t>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(static_cast<double>(sorted[below]), static_cast<double>(sorted[above]),
                     place - static_cast<double>(below));
}

std::vector<LengthBin> count_bins(const std::vector<std::int64_t>& sorted) {
    const int first = bin_of(sorted.front());
    std::vector<LengthBin> bins;
    for (int bin = first; bin <= bin_of(sorted.back()); ++bin)
        bins.push_back({border(bin), border(bin + 1), 0});
    for (const std::int64_t length : sorted)
        ++bins[static_cast<std::size_t>(bin_of(length) - first)].count;
    return bins;
}

} // namespace

LengthSummary summarise_lengths(std::vector<std::int64_t> lengths) {
    LengthSummary summary;
    if (lengths.empty()) return summary;
    std::ranges::sort(lengths);
    summary.count = std::ssize(lengths);
    summary.total = std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0});
    summary.shortest = lengths.front();
    summary.longest = lengths.back();
    summary.mean = static_cast<double>(summary.total) / static_cast<double>(summary.count);
    summary.low = quantile(lengths, 0.05);
    summary.median = quantile(lengths, 0.5);
    summary.high = quantile(lengths, 0.95);
    summary.bins = count_bins(lengths);
    return summary;
}

} // namespace retort
