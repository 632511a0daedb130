// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that forget, beside each other: what each variant forgot and how good it is in the end, over its
// seeds, and whether the order of the domains matters. Losses and differences in nats per token.
#pragma once

#include "analysis/forgetting.h"
#include "analysis/statistics.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace retort {

/// The variant that a study's other variants are measured against for intransigence.
inline constexpr const char* joint_variant = "joint";

struct RemedyRun {
    std::string variant;
    std::uint64_t seed = 1;
    StageMatrix matrix;
    ForgettingMeasures measures;
    double loss = 0;         ///< mean over the domains of the last row; NaN until it is measured
    std::string order_group; ///< the same for runs with stages of the same domains that differ in seed and
                             ///< order alone; empty without stages
};

/// `joint` as forgetting_measures() takes it.
[[nodiscard]] RemedyRun remedy_run(std::string variant, const RunSpec& spec, StageMatrix matrix,
                                   const StageMatrix* joint = nullptr);

/// Over the seeds of a variant whose runs are complete; one that is not would flatter or spoil it. A measure
/// that a complete run has not, as intransigence without a joint run, is of the seeds that have it.
struct RemedySummary {
    std::string variant;
    bool has_stages = false;
    std::size_t runs = 0; ///< complete or not
    SampleSummary loss;   ///< its n: the complete ones
    SampleSummary forgetting;
    SampleSummary backward;
    SampleSummary forward;
    SampleSummary forward_unigram;
    SampleSummary intransigence;
};

/// In the order in which the variants come.
[[nodiscard]] std::vector<RemedySummary> summarise_remedies(std::span<const RemedyRun> runs);

/// Two costs of one alternative; lower is better.
struct CostPair {
    double x = 0;
    double y = 0;
};

/// Places of those that no other beats: none is at most as high in both and lower in one. By rising x, then
/// y. What is not finite is left out.
[[nodiscard]] std::vector<std::size_t> pareto_front(std::span<const CostPair> costs);

/// How far apart numbers are. Empty: there are fewer than two, or one is not finite.
struct Spread {
    std::optional<double> range;              ///< largest − smallest
    std::optional<double> standard_deviation; ///< of the sample (n − 1)
};

struct OrderScore {
    std::string variant;
    std::vector<std::string> order;
    SampleSummary loss; ///< over the seeds; their n is the runs that are complete
    SampleSummary forgetting;
};

/// What one measure owes to the order, and what to chance.
struct OrderSpread {
    Spread orders; ///< of the means over the seeds of each order
    Spread seeds;  ///< within an order: the mean of the ranges, and √(Σ (n − 1) s² / Σ (n − 1))
};

/// Runs that differ in the order of their domains.
struct OrderSensitivity {
    std::vector<OrderScore> orders;   ///< as they come; one for each variant
    std::vector<std::string> domains; ///< of the stages, in the order of the first
    /// Final loss of domain d where it was learned at place p, over orders and seeds: at d · domains + p; n
    /// is 0 where no order has it there.
    std::vector<SampleSummary> by_position;
    OrderSpread loss;
    OrderSpread forgetting;
};

/// One for each group of complete runs with two orders or more.
[[nodiscard]] std::vector<OrderSensitivity> order_sensitivities(std::span<const RemedyRun> runs);

} // namespace retort
