// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/alpha/adaptive.h"

#include <algorithm>

namespace retort {

std::optional<AppliedWeights> AdaptiveAlpha::weigh(const LossWindow& ce, const LossWindow& kd) const {
    return normalised(pull(ce), pull(kd));
}

double AdaptiveAlpha::pull(const LossWindow& window) const {
    return 1.0 + std::clamp(window.relative_rise(), -1.0, 1.0);
}

AppliedWeights PaperAdaptiveAlpha::weigh_current(const LossPair& losses) {
    hear(losses);
    return weights(0);
}

double PaperAdaptiveAlpha::pull(const LossWindow& window) const {
    return 1.0 - std::clamp(window.relative_rise(), 0.0, 1.0);
}

} // namespace retort
