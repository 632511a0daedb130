// SPDX-License-Identifier: GPL-3.0-or-later
// What a run minimises: the terms of each micro-batch, their scales and weights, and what a whole step
// measured.
#pragma once

#include "engine/alpha/policy.h"
#include "nn/batch.h"
#include "nn/distillation_head.h"
#include "nn/trainee.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace retort {

/// Means over the targets of a step, in nats; the divergence in the scale of its own definition.
struct StepLosses {
    double ce = 0;
    std::optional<double> kd; ///< nothing on a step without the teacher
    std::optional<double> teacher_ce;
    std::optional<double> lwf;  ///< divergence from the student before the stage
    AppliedWeights weights;     ///< mean over the micro-batches
    double loss = 0;            ///< what was minimised: Σ weight × value, over each micro-batch
    std::int64_t undefined = 0; ///< micro-batches or steps at which adaptive weights were 0/0 and stayed
};

class Objective {
public:
    /// `end`: the token that ends a document.
    explicit Objective(const RunSpec& spec, std::int64_t end = end_of_document);

    /// Whether the next micro-batch has a divergence.
    [[nodiscard]] bool wants_teacher() const;

    void begin_step();
    /// Back to where begin_step() was.
    void abandon_step();
    /// Forward and backward of the next micro-batch, whole in `batch` and cut in `micro`, whose terms are set
    /// here. `before`: place of the student before the stage among the teachers. Returns the values of its
    /// terms.
    std::vector<double> accumulate(Trainee& trainee, Trainee::Micro micro, const Batch& batch,
                                   std::optional<std::size_t> before = {});
    /// The terms of the next micro-batch: cross-entropy, the divergence from the teacher where it is wanted,
    /// that from the student before where there is one.
    [[nodiscard]] std::vector<LossTerm> terms(const Batch& batch,
                                              std::optional<std::size_t> before = {}) const;
    /// Whether the terms have to be measured first and reweighed by reweigh().
    [[nodiscard]] bool looks_at_current() const { return policy_->looks_at_current(); }
    void reweigh(std::span<const double> values, std::span<LossTerm> terms);
    /// Hears a micro-batch; `teacher_ce` is the teacher's cross-entropy in nats over its targets.
    void add(std::span<const LossTerm> terms, std::span<const double> values,
             std::optional<double> teacher_ce);
    /// Ends the step and tells the policy.
    StepLosses finish_step();

    /// Between steps; restore(state()) goes on exactly.
    [[nodiscard]] Json state() const;
    void restore(const Json& state);

private:
    [[nodiscard]] AppliedWeights next_weights() const;
    [[nodiscard]] LossTerm divergence_term(const Batch& batch, double weight) const;
    [[nodiscard]] LossTerm lwf_term(std::size_t before) const;

    RunSpec spec_;
    std::int64_t end_;
    double accumulate_;
    std::unique_ptr<AlphaPolicy> policy_;
    Json policy_began_;
    std::int64_t steps_ = 0;   ///< completed
    std::int64_t micro_ = 0;   ///< of the step under way
    std::int64_t with_kd_ = 0; ///< of these, how many had a divergence
    StepLosses step_;          ///< sums so far
};

} // namespace retort
