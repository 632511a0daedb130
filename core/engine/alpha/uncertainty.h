// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/alpha/policy.h"

namespace retort {

/// Learned uncertainty (Kendall, Gal and Cipolla, arXiv 1705.07115): minimises Σ exp(−s) L + s over the log
/// variances s of both losses by a step of gradient descent, ds = 1 − exp(−s) L, after each optimiser step.
/// The weights exp(−s) are scaled to sum to 1, so that learning rates compare with those of the other
/// policies. At rest the two losses contribute alike.
class UncertaintyAlpha : public AlphaPolicy {
public:
    UncertaintyAlpha(double initial, double rate);

    [[nodiscard]] AppliedWeights weights(std::int64_t completed) const override;
    void complete_step(const LossPair& losses) override;
    [[nodiscard]] Json state() const override { return {{"ce", ce_}, {"kd", kd_}}; }
    void restore(const Json& state) override;

private:
    double rate_;
    double ce_, kd_; ///< log variances
};

} // namespace retort
