// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

namespace retort {

/// Exponential moving average without the bias towards its start: s_t = w s_{t-1} + (1 - w) x_t, shown as
/// s_t / (1 - w^t). Values that are not finite pass through and change nothing.
class MovingAverage {
public:
    /// `weight` of the past in [0, 1); 0 returns the values themselves.
    explicit MovingAverage(double weight) : weight_(weight) {}

    double add(double value) noexcept {
        if (!std::isfinite(value)) return value;
        sum_ = weight_ * sum_ + (1 - weight_) * value;
        remaining_ *= weight_;
        return sum_ / (1 - remaining_);
    }
    [[nodiscard]] double weight() const noexcept { return weight_; }

private:
    double weight_;
    double sum_ = 0;
    double remaining_ = 1; ///< weight_ to the power of the values seen
};

} // namespace retort
