// SPDX-License-Identifier: GPL-3.0-or-later
// What a sample of few values says: one value per seed, in the unit of the values. A value that is not finite
// empties everything that is derived from its sample, because leaving out the seed that diverged would
// flatter its variant; so no result here is ever NaN.
#pragma once

#include <cstddef>
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

/// As summarise() has them, of n >= 1 and n >= 2 values, finite or not.
[[nodiscard]] double mean_of(std::span<const double> values);
[[nodiscard]] double deviation_of(std::span<const double> values, double mean);

/// Whether all values are finite; true of none.
[[nodiscard]] bool are_finite(std::span<const double> values);

} // namespace retort
