// SPDX-License-Identifier: GPL-3.0-or-later
// One model under training: fp32 master weights, computing copies in bf16 or the masters themselves, summed
// gradients, and the optimiser. A micro-batch is accumulated; a step ends with an update.
#pragma once

#include "nn/adamw.h"
#include "nn/batch.h"
#include "nn/distillation_head.h"
#include "nn/gpt2.h"
#include "nn/share_team.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace retort {

/// A part of a micro-batch, computed by one thread.
struct BatchShare {
    Batch batch;
    std::vector<TeacherPass> teachers = {}; ///< for the same sequences
    std::int64_t first_sequence = 0;        ///< of the micro-batch
};

/// Cuts a micro-batch's windows [B, context + 1] for a team; teachers are left empty.
[[nodiscard]] std::vector<BatchShare> cut_batch(const at::Tensor& windows, const ShareTeam& team,
                                                at::Device device);

class Trainee {
public:
    /// From a model with its first weights, fp32. `compute` is kFloat or kBFloat16. Only weights whose names
    /// `learns` accepts are trained; nothing: all.
    Trainee(std::unique_ptr<LanguageModel> fresh, const OptimSpec& optim, at::ScalarType compute,
            at::Device device, const std::function<bool(const std::string& name)>& learns = {});
    /// A dense model drawn from `seed`.
    Trainee(const Gpt2Shape& shape, const OptimSpec& optim, std::uint64_t seed, at::ScalarType compute,
            at::Device device);

    struct Micro {
        ShareTeam& team;
        std::span<BatchShare> shares; ///< not more than the team has threads
        std::span<LossTerm> terms;
        const ForwardContext& context; ///< of the whole; between_layers is called from every thread
        /// Of a modular model, for each sequence of the whole: its expert, and its number in the dropout
        /// streams.
        std::span<const std::int64_t> experts = {}, numbers = {};
        /// Where it is given, the terms are measured first, and it sets their weights by the values.
        std::function<void(std::span<const double> values, std::span<LossTerm> terms)> reweigh = {};
    };
    /// Forward, losses, backward; gradients add up, in the order of the shares. Returns the value of each
    /// term (HeadLoss::values) over all shares.
    std::vector<double> accumulate(const Micro& micro);

    /// What was summed since the last update, by name; fp32. The tensors are the trainee's own memory.
    [[nodiscard]] std::vector<NamedTensor> gradients();
    /// Global L2 norm of the gradients summed so far.
    [[nodiscard]] double gradient_norm() const;
    /// Name of the first weight whose gradient is NaN or infinite; empty when there is none.
    [[nodiscard]] std::string first_bad_gradient() const;
    /// Clips to `clip` (0: not), updates, and forgets the gradients.
    void update(double lr, double norm, double clip);
    /// Forgets what was accumulated.
    void drop_gradients();

    /// From now on only weights whose names `learns` accepts are trained.
    void set_learning(const std::function<bool(const std::string& name)>& learns);
    /// By weight: the next update leaves it as it is.
    [[nodiscard]] std::vector<bool> resting() const;

    [[nodiscard]] const LanguageModel& model() const { return *model_; }
    [[nodiscard]] HeadInput score_input(const ModelInput& input, const ForwardContext& context) const;

    /// Masters by name; loading copies into masters and computing copies.
    [[nodiscard]] std::vector<NamedTensor> weights() const { return masters_; }
    void load_weights(const std::vector<NamedTensor>& weights, const std::string& source);
    [[nodiscard]] AdamW& optimizer() { return optimizer_; }

private:
    class ShareWork;
    void add_gradients(const std::vector<ShareWork>& works, ShareTeam& team);
    void add_rows(const EmbeddedRows& embedded, const std::vector<NamedTensor>& parameters);
    at::Tensor& gradient_of(std::size_t weight);
    void publish();

    std::unique_ptr<LanguageModel> model_;
    std::vector<NamedTensor> masters_;
    std::vector<bool> learns_;  ///< by master
    std::vector<bool> touched_; ///< by master: it was read since the last update
    IdleExperts idle_;
    std::vector<at::Tensor> gradients_; ///< fp32, as the masters; undefined where nothing was added
    AdamW optimizer_;
};

/// A model that is only read: gradients off, computing in the given type.
[[nodiscard]] Gpt2 frozen(Gpt2 model, at::ScalarType compute, at::Device device);

} // namespace retort
