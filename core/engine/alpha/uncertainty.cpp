// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/alpha/uncertainty.h"

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

/// s with exp(−s) = weight; a weight of 0 or 1 could never change again.
double log_variance(double weight) {
    return -std::log(std::clamp(weight, 1e-3, 1.0 - 1e-3));
}

/// exp(−s) L is bounded, so that a loss of a thousand nats does not throw s out of all reason in one step.
double descend(double s, double loss, double rate) {
    return s - rate * (1.0 - std::min(std::exp(-s) * loss, 1e3));
}

} // namespace

UncertaintyAlpha::UncertaintyAlpha(double initial, double rate)
    : rate_(rate), ce_(log_variance(initial)), kd_(log_variance(1.0 - initial)) {}

AppliedWeights UncertaintyAlpha::weights(std::int64_t) const {
    return weights_of(1.0 / (1.0 + std::exp(ce_ - kd_)));
}

void UncertaintyAlpha::complete_step(const LossPair& losses) {
    ce_ = descend(ce_, losses.ce, rate_);
    kd_ = descend(kd_, losses.kd, rate_);
}

void UncertaintyAlpha::restore(const Json& state) {
    ce_ = state.at("ce");
    kd_ = state.at("kd");
}

} // namespace retort
