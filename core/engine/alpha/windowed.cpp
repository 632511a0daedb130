// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/alpha/windowed.h"

namespace retort {

WindowedAlpha::WindowedAlpha(double initial, std::size_t window)
    : ce_(window), kd_(window), weights_(weights_of(initial)) {}

void WindowedAlpha::hear(const LossPair& losses) {
    ce_.push(losses.ce);
    kd_.push(losses.kd);
    if (!ce_.is_full()) return;
    if (const auto weights = weigh(ce_, kd_))
        weights_ = *weights;
    else
        ++undefined_;
}

Json WindowedAlpha::state() const {
    return {{"ce", ce_.values()}, {"kd", kd_.values()}, {"alpha", weights_.alpha}, {"undefined", undefined_}};
}

void WindowedAlpha::restore(const Json& state) {
    ce_.set(state.at("ce"));
    kd_.set(state.at("kd"));
    weights_ = weights_of(state.at("alpha"));
    undefined_ = state.value("undefined", std::int64_t{0}); // dwa of older checkpoints has none
}

} // namespace retort
