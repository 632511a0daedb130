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
    : history_(static_cast<std::size_t>(history)),
      temperature_(temperature),
      ce_(2 * history_),
      kd_(2 * history_),
      weights_(weights_of(initial)) {}

void DynamicWeightAverage::complete_step(const LossPair& losses) {
    ce_.push(losses.ce);
    kd_.push(losses.kd);
    if (!ce_.is_full()) return;
    // The softmax of two is the logistic function of their difference, which cannot overflow.
    const double difference = (ratio(ce_, history_) - ratio(kd_, history_)) / temperature_;
    weights_ = weights_of(1.0 / (1.0 + std::exp(-difference)));
}

Json DynamicWeightAverage::state() const {
    return {{"ce", ce_.values()}, {"kd", kd_.values()}, {"alpha", weights_.alpha}};
}

void DynamicWeightAverage::restore(const Json& state) {
    ce_.set(state.at("ce"));
    kd_.set(state.at("kd"));
    weights_ = weights_of(state.at("alpha"));
}

} // namespace retort
