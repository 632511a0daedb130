// SPDX-License-Identifier: GPL-3.0-or-later
// Variants over their seeds: mean curves with bands, and final values paired by seed. Nothing is
// interpolated: what is compared are steps that all the curves in question have measured, which are all steps
// for the runs of one study. Values are in the unit of the curves; losses are to be given in nats per token,
// and whoever shows perplexity takes the exponential of what comes out.
#pragma once

#include "analysis/paired_tests.h"

#include <cstdint>
#include <string>
#include <vector>

namespace retort {

/// One measure of one run. A curve without points counts as not there.
struct SeedCurve {
    std::string variant;
    std::uint64_t seed = 1;          ///< unique within the variant
    std::vector<std::int64_t> steps; ///< rising
    std::vector<double> values;      ///< as many
    bool stands = false; ///< of a run that trains nothing itself: its only value holds at every step
};

/// The curves, those that stand with their value at every step that one of the others has. Where all stand,
/// they are as they were.
[[nodiscard]] std::vector<SeedCurve> extend_standing(std::span<const SeedCurve> curves);

enum class Band { standard_deviation, standard_error, t_interval, range, bootstrap };

/// What is drawn around the mean of values, one for each seed; NaN where one is not finite. Without a spread,
/// as of one seed, both ends are the mean.
[[nodiscard]] Interval band_around(std::span<const double> values, Band band);

/// A variant's mean over its seeds, at the steps that all of them have.
struct MeanCurve {
    std::string variant;
    std::size_t n = 0; ///< seeds, the same at every step
    std::vector<std::int64_t> steps;
    std::vector<double> means; ///< NaN where a seed is not finite, and so are low and high
    std::vector<double> low;   ///< mean - deviation, mean - error, lower end of the 95 % interval (of t or by
                               ///< bootstrap), or least
    std::vector<double> high;  ///< equals the mean for n = 1, and so does low
};

/// In the order in which the variants come. Curves that stand are extended before.
[[nodiscard]] std::vector<MeanCurve> mean_curves(std::span<const SeedCurve> curves, Band band);

enum class Better { lower, higher, neither };

/// A variant against the reference: the differences (variant - reference) of the seeds that both have, at the
/// newest step that all those curves have.
struct VariantDifference {
    std::int64_t step = 0;
    std::vector<std::uint64_t> seeds; ///< the pairs, rising
    PairedDifference difference;
    std::optional<double> adjusted_p; ///< of the t test, by Holm over all variants of the comparison
    SignedRank ranks;
    std::optional<double> adjusted_rank_p; ///< of the signed-rank test, by Holm in the same way
    std::optional<Verdict> is_better;      ///< by adjusted_p at 0.05; none when neither direction is better
};

struct ComparedVariant {
    std::string variant;
    std::size_t n = 0;                ///< seeds that have measured something
    std::optional<std::int64_t> step; ///< newest that all its seeds have
    std::int64_t newest_step = 0;     ///< that any of its seeds has
    SampleSummary last;               ///< over the seeds, at `step`
    SampleSummary best; ///< over the seeds, of each seed's best finite value; its last when neither is better
    SampleSummary
        mean; ///< over the seeds, of each seed's mean over all its steps; none where one is not finite
    std::optional<VariantDifference> difference; ///< none of the reference itself, and without common seeds
};

/// In the order in which the variants come. A `reference` that is not among them gives no differences. Curves
/// that stand are extended before.
[[nodiscard]] std::vector<ComparedVariant> compare_variants(std::span<const SeedCurve> curves,
                                                            const std::string& reference, Better better);

} // namespace retort
