// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/statistics.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace retort {

/// Up to this size a sample has few enough resamples, without regard to order, to weigh them all.
inline constexpr std::size_t largest_exact_bootstrap = 6;

/// Percentile bootstrap of the mean (Efron 1979) of samples of one size. Every sample is drawn from alike, so
/// that a band along a curve has no noise of its own, and the same sample gives the same interval everywhere.
class MeanBootstrap {
public:
    /// Of samples of `n` >= 2 values: exact up to `largest_exact_bootstrap`, else of `draws` >= 1 resamples,
    /// which are a function of `seed` and their number alone.
    explicit MeanBootstrap(std::size_t n, std::size_t draws = 10'000, std::uint64_t seed = 1);

    /// The narrowest between resampled means that leaves at most (1 - confidence) / 2 of them out on each
    /// side. `values` are n and finite.
    [[nodiscard]] Interval interval(std::span<const double> values, double confidence = 0.95) const;

private:
    void add_every(std::vector<std::size_t>& counts, std::size_t place, std::size_t left);
    void add_draws(std::size_t draws, std::uint64_t seed);
    [[nodiscard]] std::vector<double> means(std::span<const double> values) const;

    std::size_t n_;
    std::size_t size_ = 0;              ///< resamples
    std::vector<double> counts_;        ///< size_ × n_: how often each value is in each resample
    std::vector<double> probabilities_; ///< of the resamples; empty: all alike
};

/// Empty for n < 2 and where a value is not finite.
[[nodiscard]] std::optional<Interval> bootstrap_interval(std::span<const double> values,
                                                         double confidence = 0.95, std::size_t draws = 10'000,
                                                         std::uint64_t seed = 1);

} // namespace retort
