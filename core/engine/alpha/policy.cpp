// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/alpha/policy.h"

#include "engine/alpha/adaptive.h"
#include "engine/alpha/dynamic_weight_average.h"
#include "engine/alpha/schedule.h"
#include "engine/alpha/uncertainty.h"

namespace retort {
namespace {

class FixedAlpha : public AlphaPolicy {
public:
    explicit FixedAlpha(double alpha) : alpha_(alpha) {}
    [[nodiscard]] AppliedWeights weights(std::int64_t) const override { return weights_of(alpha_); }

private:
    double alpha_;
};

/// The cross-entropy on the first step, the divergence on the second, and so on.
class AlternatingAlpha : public AlphaPolicy {
public:
    [[nodiscard]] AppliedWeights weights(std::int64_t completed) const override {
        return weights_of(completed % 2 == 0 ? 1.0 : 0.0);
    }
};

} // namespace

std::unique_ptr<AlphaPolicy> make_alpha_policy(const RunSpec& spec) {
    if (!uses_teacher(spec)) return std::make_unique<FixedAlpha>(1.0);
    const AlphaSpec& alpha = spec.distill->alpha;
    if (spec.distill->combine == Combine::alternating) return std::make_unique<AlternatingAlpha>();
    switch (alpha.mode) {
    case AlphaMode::adaptive:
        if (alpha.rule == AlphaRule::paper)
            return std::make_unique<PaperAdaptiveAlpha>(alpha.value, alpha_history(spec));
        return std::make_unique<AdaptiveAlpha>(alpha.value, alpha_history(spec));
    case AlphaMode::dwa:
        return std::make_unique<DynamicWeightAverage>(alpha.value, alpha_history(spec), alpha.temperature);
    case AlphaMode::uncertainty:
        return std::make_unique<UncertaintyAlpha>(alpha.value, alpha.rate);
    case AlphaMode::schedule:
        return std::make_unique<ScheduledAlpha>(alpha, total_steps(spec));
    case AlphaMode::fixed:
        break;
    }
    return std::make_unique<FixedAlpha>(alpha.value);
}

} // namespace retort
