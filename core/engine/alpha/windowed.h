// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/alpha/loss_window.h"
#include "engine/alpha/policy.h"

namespace retort {

/// A policy that looks at how the two losses went over a window, and keeps its weights until the window is
/// full.
class WindowedAlpha : public AlphaPolicy {
public:
    [[nodiscard]] AppliedWeights weights(std::int64_t) const override { return weights_; }
    void complete_step(const LossPair& losses) override { hear(losses); }
    [[nodiscard]] std::int64_t undefined_count() const override { return undefined_; }
    [[nodiscard]] Json state() const override;
    void restore(const Json& state) override;

protected:
    WindowedAlpha(double initial, std::size_t window);

    /// New weights from full windows; nothing at 0/0, which keeps the last ones and is counted.
    [[nodiscard]] virtual std::optional<AppliedWeights> weigh(const LossWindow& ce,
                                                              const LossWindow& kd) const = 0;
    void hear(const LossPair& losses);

private:
    LossWindow ce_, kd_;
    AppliedWeights weights_;
    std::int64_t undefined_ = 0;
};

} // namespace retort
