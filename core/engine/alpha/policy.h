// SPDX-License-Identifier: GPL-3.0-or-later
// The weight of the cross-entropy over a training, L = alpha · CE + beta · KD with alpha + beta = 1. Each
// policy is a small state machine on numbers, without torch; its state travels in the checkpoint.
#pragma once

#include "spec/run_spec_json.h"

#include <memory>
#include <optional>

namespace retort {

/// Weights of the two losses in force.
struct AppliedWeights {
    double alpha = 1;
    double beta = 0;
    bool operator==(const AppliedWeights&) const = default;
};
[[nodiscard]] constexpr AppliedWeights weights_of(double alpha) noexcept {
    return {alpha, 1.0 - alpha};
}
/// alpha = ce / (ce + kd); nothing where that is 0/0.
[[nodiscard]] constexpr std::optional<AppliedWeights> normalised(double ce, double kd) noexcept {
    if (ce + kd == 0) return {};
    return weights_of(ce / (ce + kd));
}

/// The two losses of a micro-batch or of a step, in nats, before they are weighed.
struct LossPair {
    double ce = 0;
    double kd = 0;
};

class AlphaPolicy {
public:
    virtual ~AlphaPolicy() = default;

    /// Weights of the micro-batches of the step that follows `completed` whole steps.
    [[nodiscard]] virtual AppliedWeights weights(std::int64_t completed) const = 0;
    /// Hears the mean losses of a completed step.
    virtual void complete_step(const LossPair&) {}

    /// Whether a micro-batch has to be measured before it can be weighed, which takes a pass over the head of
    /// its own.
    [[nodiscard]] virtual bool looks_at_current() const { return false; }
    /// Then: hears the losses of a micro-batch, and weighs them.
    virtual AppliedWeights weigh_current(const LossPair&) { return weights(0); }

    /// How often since the beginning the policy met 0/0 and kept the weights it had.
    [[nodiscard]] virtual std::int64_t undefined_count() const { return 0; }

    /// restore(state()) gives a policy that goes on as this one would; Json::exception where a field is
    /// missing.
    [[nodiscard]] virtual Json state() const { return Json::object(); }
    virtual void restore(const Json&) {}
};

/// The policy of a run; for a run without a teacher, alpha = 1.
[[nodiscard]] std::unique_ptr<AlphaPolicy> make_alpha_policy(const RunSpec& spec);

} // namespace retort
