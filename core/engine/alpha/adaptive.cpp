// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/alpha/adaptive.h"

#include <algorithm>

namespace retort {

AdaptiveAlpha::AdaptiveAlpha(double initial, std::int64_t history)
    : ce_(static_cast<std::size_t>(history)),
      kd_(static_cast<std::size_t>(history)),
      weights_(weights_of(initial)) {}

double AdaptiveAlpha::pull(const LossWindow& window) const {
    return 1.0 + std::clamp(window.relative_rise(), -1.0, 1.0);
}

void AdaptiveAlpha::hear(const LossPair& losses) {
    ce_.push(losses.ce);
    kd_.push(losses.kd);
    if (!ce_.is_full()) return;
    if (const auto weights = normalised(pull(ce_), pull(kd_)))
        weights_ = *weights;
    else
        ++undefined_;
}

void AdaptiveAlpha::complete_step(const LossPair& losses) {
    hear(losses);
}

Json AdaptiveAlpha::state() const {
    return {{"ce", ce_.values()}, {"kd", kd_.values()}, {"alpha", weights_.alpha}, {"undefined", undefined_}};
}

void AdaptiveAlpha::restore(const Json& state) {
    ce_.set(state.at("ce"));
    kd_.set(state.at("kd"));
    weights_ = weights_of(state.at("alpha"));
    undefined_ = state.at("undefined");
}

AppliedWeights PaperAdaptiveAlpha::weigh_current(const LossPair& losses) {
    hear(losses);
    return weights(0);
}

double PaperAdaptiveAlpha::pull(const LossWindow& window) const {
    return 1.0 - std::clamp(window.relative_rise(), 0.0, 1.0);
}

} // namespace retort
