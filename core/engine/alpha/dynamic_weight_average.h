// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/alpha/loss_window.h"
#include "engine/alpha/policy.h"

namespace retort {

/// Dynamic weight averaging (Liu, Johns and Davison, arXiv 1803.10704): a softmax over how each loss changed,
/// r = mean of the newest k steps / mean of the k before them, alpha = exp(r_ce / τ) / (exp(r_ce / τ) +
/// exp(r_kd / τ)). The paper averages over epochs, Retort over windows of steps. Keeps `initial` until 2 k
/// steps are known.
class DynamicWeightAverage : public AlphaPolicy {
public:
    DynamicWeightAverage(double initial, std::int64_t history, double temperature);

    [[nodiscard]] AppliedWeights weights(std::int64_t) const override { return weights_; }
    void complete_step(const LossPair& losses) override;
    [[nodiscard]] Json state() const override;
    void restore(const Json& state) override;

private:
    std::size_t history_;
    double temperature_;
    LossWindow ce_, kd_; ///< of 2 k steps
    AppliedWeights weights_;
};

} // namespace retort
