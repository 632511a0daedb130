// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/alpha/windowed.h"

namespace retort {

/// The intended rule of arXiv 2407.19610: the loss that falls more slowly gets more weight. Of each loss over
/// the newest k completed steps, w = 1 + clamp((h[-1] − h[-k]) / mean(h[-k:]), −1, 1); alpha = w_ce / (w_ce +
/// w_kd). Keeps `initial` until k steps are known, and the last alpha at 0/0.
class AdaptiveAlpha : public WindowedAlpha {
public:
    AdaptiveAlpha(double initial, std::int64_t history)
        : WindowedAlpha(initial, static_cast<std::size_t>(history)) {}

protected:
    [[nodiscard]] std::optional<AppliedWeights> weigh(const LossWindow& ce, const LossWindow& kd) const final;
    /// The weight of one loss before the two are normalised.
    [[nodiscard]] virtual double pull(const LossWindow& window) const;
};

/// As the paper's code computes it (paper.md B.2.5): w = 1 − clamp((h[-1] − h[-k]) / mean(h[-k:]), 0, 1),
/// with an entry per micro-batch and the current one included. Its 0/0 (both losses rise by their mean or
/// more, as where a cyclic schedule changes to a harder domain) ended the paper's training; here the weights
/// stay and the case is counted.
class PaperAdaptiveAlpha : public AdaptiveAlpha {
public:
    using AdaptiveAlpha::AdaptiveAlpha;

    void complete_step(const LossPair&) override {}
    [[nodiscard]] bool looks_at_current() const override { return true; }
    AppliedWeights weigh_current(const LossPair& losses) override;

protected:
    [[nodiscard]] double pull(const LossWindow& window) const override;
};

} // namespace retort
