// SPDX-License-Identifier: GPL-3.0-or-later
// Tests on pairs: the same seed under two conditions. As in statistics.h, a value that is not finite empties
// what is derived from its sample.
#pragma once

#include "analysis/statistics.h"

#include <string_view>
#include <vector>

namespace retort {

/// What the numbers say of a claim.
enum class Verdict { supported, contradicted, undecided };

[[nodiscard]] std::string_view verdict_word(Verdict verdict) noexcept;

/// Below so many pairs no verdict is given: a two-sided signed-rank test of fewer cannot reach p < 0.05
/// (2 / 2^5 = 0.0625).
inline constexpr std::size_t fewest_pairs = 6;

/// Of the differences x_i - y_i, in the unit of the values.
struct PairedDifference {
    std::size_t n = 0; ///< pairs given
    SampleSummary differences;
    std::optional<double> t;           ///< mean / standard error; empty, as what follows, when the
                                       ///< differences do not vary beyond rounding
    std::optional<double> p;           ///< two-sided, n - 1 degrees of freedom
    std::optional<double> effect_size; ///< Cohen's d_z: mean / standard deviation of the differences
};

/// `x` and `y` are of the same size and paired by their place.
[[nodiscard]] PairedDifference paired_difference(std::span<const double> x, std::span<const double> y,
                                                 double confidence = 0.95);

/// Whether the means are alike, to `margin` > 0: two one-sided t tests (Schuirmann 1987).
struct Equivalence {
    double margin = 0;
    std::optional<double> p; ///< the larger of the two
    Verdict verdict = Verdict::undecided;
};

/// Supported when p < level; contradicted when the interval of confidence 1 - level lies outside of ±margin;
/// undecided below `fewest_pairs`.
[[nodiscard]] Equivalence test_equivalence(std::span<const double> x, std::span<const double> y,
                                           double margin, double level = 0.05);

/// Wilcoxon's signed-rank test of the differences x_i - y_i. Differences of 0 are dropped, equal sizes share
/// the mean of their ranks; p is exact, ties included, from all 2^n signs (in time n^3).
struct SignedRank {
    std::size_t n = 0;        ///< differences that are not 0
    double positive = 0;      ///< W+, the sum of the ranks of the positive ones
    bool is_too_small = true; ///< n < fewest_pairs: no p
    std::optional<double> p;  ///< two-sided
};
[[nodiscard]] SignedRank signed_rank_test(std::span<const double> x, std::span<const double> y);

/// p values as if each were the only test, made valid together (Holm 1979): as many, in the same order, at
/// most 1.
[[nodiscard]] std::vector<double> holm_adjusted(std::span<const double> p);

/// The claim that x is lower than y, as a two-sided test with `p` (adjusted or not) bears it out. Undecided
/// below `fewest_pairs`, without p, and when p >= level.
[[nodiscard]] Verdict is_lower(const PairedDifference& difference, std::optional<double> p,
                               double level = 0.05);

} // namespace retort
