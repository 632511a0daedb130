// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/alpha/policy.h"

namespace retort {

/// alpha as a function of the step alone. linear and cosine: `value` until the last `share` of the steps,
/// then to `end`. wsd (warm-up, stable, decay; Peng et al., arXiv 2410.16215, for the weight of the
/// divergence): from `end` to `value` over the first `share`, and back over the last.
class ScheduledAlpha : public AlphaPolicy {
public:
    ScheduledAlpha(const AlphaSpec& spec, std::int64_t total_steps) : spec_(spec), total_(total_steps) {}

    [[nodiscard]] AppliedWeights weights(std::int64_t completed) const override;

private:
    AlphaSpec spec_;
    std::int64_t total_;
};

} // namespace retort
