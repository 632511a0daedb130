// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/mean_bootstrap.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace retort {
namespace {

/// 64 mixed bits of a counter: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), which is its finalizer on an
/// arithmetic sequence.
std::uint64_t bits(std::uint64_t seed, std::uint64_t counter) {
    std::uint64_t z = seed + (counter + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/// Of the n^n ordered resamples, the share that has these counts: n! / (c_1! … c_n!) / n^n.
double share_of(const std::vector<std::size_t>& counts) {
    const auto n = static_cast<double>(counts.size());
    double logarithm = std::lgamma(n + 1) - n * std::log(n);
    for (const std::size_t count : counts)
        logarithm -= std::lgamma(static_cast<double>(count) + 1);
    return std::exp(logarithm);
}

/// Place of the first of `size` ordered values that leaves no more than `share` of them before it.
std::size_t place_after(double share, std::size_t size) {
    const auto before = static_cast<std::size_t>(share * static_cast<double>(size) + 1e-9);
    return std::min(before, size - 1);
}

double ordered(std::vector<double>& values, std::size_t place) {
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(place));
    return values[place];
}

/// The value in `order` before which lies no more than `share`.
template <class Order>
double value_after(double share, const std::vector<double>& values, const std::vector<double>& shares,
                   const Order& order) {
    double before = 0;
    for (const std::size_t i : order) {
        before += shares[i];
        if (before > share + 1e-12) return values[i];
    }
    return values[*(order.end() - 1)];
}

} // namespace

MeanBootstrap::MeanBootstrap(std::size_t n, std::size_t draws, std::uint64_t seed) : n_(n) {
    if (n > largest_exact_bootstrap) {
        add_draws(draws, seed);
    } else {
        std::vector<std::size_t> counts(n, 0);
        add_every(counts, 0, n);
    }
}

/// Of what is left from `place` on.
void MeanBootstrap::add_every(std::vector<std::size_t>& counts, std::size_t place, std::size_t left) {
    if (place + 1 == n_) {
        counts[place] = left;
        counts_.insert(counts_.end(), counts.begin(), counts.end());
        probabilities_.push_back(share_of(counts));
        ++size_;
        return;
    }
    for (std::size_t count = 0; count <= left; ++count) {
        counts[place] = count;
        add_every(counts, place + 1, left - count);
    }
}

void MeanBootstrap::add_draws(std::size_t draws, std::uint64_t seed) {
    size_ = draws;
    counts_.assign(draws * n_, 0);
    for (std::size_t draw = 0; draw < draws; ++draw)
        for (std::size_t i = 0; i < n_; ++i)
            ++counts_[draw * n_ + (((bits(seed, draw * n_ + i) >> 32) * n_) >> 32)];
}

std::vector<double> MeanBootstrap::means(std::span<const double> values) const {
    std::vector<double> means(size_);
    for (std::size_t resample = 0; resample < size_; ++resample)
        means[resample] =
            std::inner_product(values.begin(), values.end(), counts_.data() + resample * n_, 0.0) /
            static_cast<double>(n_);
    return means;
}

Interval MeanBootstrap::interval(std::span<const double> values, double confidence) const {
    const double outside = (1 - confidence) / 2;
    std::vector<double> all = means(values);
    if (probabilities_.empty()) {
        const std::size_t place = place_after(outside, size_);
        return {ordered(all, place), ordered(all, size_ - 1 - place)};
    }
    std::vector<std::size_t> order(size_);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return all[i]; });
    const std::vector<std::size_t> falling(order.rbegin(), order.rend());
    return {value_after(outside, all, probabilities_, order),
            value_after(outside, all, probabilities_, falling)};
}

std::optional<Interval> bootstrap_interval(std::span<const double> values, double confidence,
                                           std::size_t draws, std::uint64_t seed) {
    if (values.size() < 2 || draws == 0 || !are_finite(values)) return {};
    return MeanBootstrap(values.size(), draws, seed).interval(values, confidence);
}

} // namespace retort
