// SPDX-License-Identifier: GPL-3.0-or-later
// What a run does at the ends of its stages, and the remedies against forgetting that act in between
// (spec/remedy_spec.h). Replay is the sampler's. Of a run without stages it does nothing. Training thread
// only.
#pragma once

#include "data/token_store.h"
#include "nn/trainee.h"
#include "spec/run_spec_json.h"
#include "spec/stages.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace retort {

class StageKeeper {
public:
    StageKeeper(const RunSpec& spec, const TokenStore& store, at::Device device);

    /// Experts [N] that read these inputs [N, context] of a stage's domain.
    using Experts = std::function<std::vector<std::int64_t>(std::int64_t stage, const at::Tensor& inputs)>;

    /// Whether `step` whole steps end a stage whose end is still to come about.
    [[nodiscard]] bool ends_at(std::int64_t step) const;
    /// Whether a stage has ended there.
    [[nodiscard]] bool ended_at(std::int64_t step) const;
    /// Averages, measures what matters, remembers the student, renews the moments and freezes, as the run
    /// asks. When the context's between_layers throws, the weights are those of before the call. `experts` is
    /// empty for a dense model.
    void end_stage(Trainee& trainee, const Experts& experts, const ForwardContext& context);
    /// Windows [N, context + 1] that end_stage() will measure on what matters; undefined where it will not.
    [[nodiscard]] at::Tensor fisher_windows() const;
    /// What has ended and what comes, for the log.
    [[nodiscard]] std::string sentence() const;
    /// For the model at the end of the stage that has ended: 1-en, 2-fr, …
    [[nodiscard]] std::string folder_name() const;

    /// The student before as the last teacher of every share, for as long as this is there.
    class LentTeacher {
    public:
        LentTeacher(const LanguageModel* before, const Trainee::Micro& micro);
        ~LentTeacher();
        LentTeacher(const LentTeacher&) = delete;
        LentTeacher& operator=(const LentTeacher&) = delete;
        /// Its place among a share's teachers; nothing where none teaches.
        [[nodiscard]] std::optional<std::size_t> place() const { return place_; }

    private:
        void take_back() noexcept;

        std::span<BatchShare> shares_;
        std::size_t others_ = 0; ///< teachers that each share had
        std::optional<std::size_t> place_;
    };
    [[nodiscard]] LentTeacher lend_teacher(const Trainee::Micro& micro) const {
        return {before_model_.get(), micro};
    }
    /// Adds the pull of elastic weight consolidation to the gradients and returns the penalty; nothing where
    /// there is none.
    std::optional<double> pull(Trainee& trainee) const;

    /// restore(state(), tensors(), trainee) goes on exactly.
    [[nodiscard]] Json state() const;
    [[nodiscard]] std::vector<NamedTensor> tensors() const;
    void restore(const Json& state, const std::vector<NamedTensor>& tensors, Trainee& trainee);

private:
    void average(Trainee& trainee) const;
    [[nodiscard]] bool is_in_last() const { return ended_ + 1 == std::ssize(stages_); }
    [[nodiscard]] std::vector<NamedTensor> fisher_of_stage(Trainee& trainee, const Experts& experts,
                                                           const ForwardContext& context) const;
    void remember(const Trainee& trainee, std::vector<NamedTensor> of_stage);
    void freeze_and_teach(Trainee& trainee);

    RunSpec spec_;
    const TokenStore& store_;
    at::Device device_;
    std::vector<Stage> stages_;
    std::int64_t ended_ = 0;
    std::vector<NamedTensor> before_; ///< weights at the end of the stage before; empty where no remedy asks
    std::vector<NamedTensor> fisher_; ///< of all stages before; empty without consolidation
    std::unique_ptr<LanguageModel> before_model_; ///< of `before_`, computing; null where it does not teach
};

} // namespace retort
