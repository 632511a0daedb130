// SPDX-License-Identifier: GPL-3.0-or-later
// What a sample of few values says: one value per seed, in the unit of the values. A value that is not finite
// empties everything that is derived from its sample, because leaving out the seed that diverged would
// flatter its variant; so no result here is ever NaN.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace retort {

struct Interval {
    double low = 0;
    double high = 0;
};

struct SampleSummary {
    std::size_t n = 0;                        ///< values given
    std::optional<double> mean;               ///< n >= 1
    std::optional<double> standard_deviation; ///< of the sample (n - 1); n >= 2, as the rest
    std::optional<double> standard_error;     ///< standard deviation / sqrt(n)
    std::optional<Interval> interval; ///< mean ± t(1 - (1 - confidence) / 2; n - 1) · standard error
};

/// `confidence` in (0, 1).
[[nodiscard]] SampleSummary summarise(std::span<const double> values, double confidence = 0.95);

/// Percentile interval of the mean over `draws` resamples (Efron 1979), quantiles interpolated between order
/// statistics; empty for n < 2. The draws are a function of `seed` and their number alone, so that the same
/// sample gives the same interval everywhere.
[[nodiscard]] std::optional<Interval> bootstrap_interval(std::span<const double> values,
                                                         double confidence = 0.95, std::size_t draws = 10'000,
                                                         std::uint64_t seed = 1);

/// Whether all values are finite; true of none.
[[nodiscard]] bool are_finite(std::span<const double> values);

} // namespace retort
