// SPDX-License-Identifier: GPL-3.0-or-later
// One model under training: fp32 master weights, computing copies in bf16 or the masters themselves, summed
// gradients, and the optimiser. A micro-batch is accumulated; a step ends with an update.
#pragma once

#include "nn/adamw.h"
#include "nn/batch.h"
#include "nn/distillation_head.h"
#include "nn/gpt2.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace retort {

class Trainee {
public:
    /// Weights drawn from `seed`. `compute` is kFloat or kBFloat16.
    Trainee(const Gpt2Shape& shape, const OptimSpec& optim, std::uint64_t seed, at::ScalarType compute,
            at::Device device);

    struct Micro {
        const Batch& batch;
        std::span<TeacherPass> teachers;
        std::span<LossTerm> terms;
        const ForwardContext& context;
        /// Where it is given, the terms are measured first, and it sets their weights by the values.
        std::function<void(std::span<const double> values, std::span<LossTerm> terms)> reweigh = {};
    };
    /// Forward, losses, backward; gradients add up. Returns the value of each term (HeadLoss::values).
    std::vector<double> accumulate(const Micro& micro);

    /// What was summed since the last update, by name; fp32.
    [[nodiscard]] std::vector<NamedTensor> gradients() const;
    /// Global L2 norm of the gradients summed so far.
    [[nodiscard]] double gradient_norm() const;
    /// Name of the first weight whose gradient is NaN or infinite; empty when there is none.
    [[nodiscard]] std::string first_bad_gradient() const;
    /// Clips to `clip` (0: not), updates, and forgets the gradients.
    void update(double lr, double norm, double clip);
    /// Forgets what was accumulated.
    void drop_gradients();

    [[nodiscard]] const Gpt2& model() const { return model_; }
    [[nodiscard]] HeadInput score_input(const at::Tensor& inputs, const ForwardContext& context) const;

    /// Masters by name; loading copies into masters and computing copies.
    [[nodiscard]] std::vector<NamedTensor> weights() const { return masters_; }
    void load_weights(const std::vector<NamedTensor>& weights, const std::string& source);
    [[nodiscard]] AdamW& optimizer() { return optimizer_; }

private:
    void publish();

    Gpt2 model_;
    std::vector<NamedTensor> masters_;
    std::vector<at::Tensor> gradients_; ///< fp32, as the masters
    AdamW optimizer_;
};

/// A model that is only read: gradients off, computing in the given type.
[[nodiscard]] Gpt2 frozen(Gpt2 model, at::ScalarType compute, at::Device device);

} // namespace retort
