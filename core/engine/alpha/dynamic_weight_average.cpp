// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/alpha/dynamic_weight_average.h"

#include <cmath>

namespace retort {
namespace {

/// How much of the loss was left after the newer half; 1 for a loss that is 0 throughout.
double ratio(const LossWindow& window, std::size_t half) {
    const double before = window.mean(0, half), now = window.mean(half, 2 * half);
    return before == 0 ? 1.0 : now / before;
}

} // namespace

DynamicWeightAverage::DynamicWeightAverage(double initial, std::int64_t history, double temperature)
    : WindowedAlpha(initial, 2 * static_cast<std::size_t>(history)),
      history_(static_cast<std::size_t>(history)),
      temperature_(temperature) {}

std::optional<AppliedWeights> DynamicWeightAverage::weigh(const LossWindow& ce, const LossWindow& kd) const {
    // The softmax of two is the logistic function of their difference, which cannot overflow.
    const double difference = (ratio(ce, history_) - ratio(kd, history_)) / temperature_;
    return weights_of(1.0 / (1.0 + std::exp(-difference)));
}

} // namespace retort
