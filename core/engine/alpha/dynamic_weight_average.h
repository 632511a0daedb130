// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/alpha/windowed.h"

namespace retort {

/// Dynamic weight averaging (Liu, Johns and Davison, arXiv 1803.10704): a softmax over how each loss changed,
/// r = mean of the newest k steps / mean of the k before them, alpha = exp(r_ce / τ) / (exp(r_ce / τ) +
/// exp(r_kd / τ)). The paper averages over epochs, Retort over windows of steps. Keeps `initial` until 2 k
/// steps are known.
class DynamicWeightAverage : public WindowedAlpha {
public:
    DynamicWeightAverage(double initial, std::int64_t history, double temperature);

protected:
    [[nodiscard]] std::optional<AppliedWeights> weigh(const LossWindow& ce,
                                                      const LossWindow& kd) const override;

private:
    std::size_t history_; ///< k; the windows have 2 k steps
    double temperature_;
};

} // namespace retort
