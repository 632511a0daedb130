// SPDX-License-Identifier: GPL-3.0-or-later
// One run inside a training group: its weights, its place in the data, its events and its checkpoints. It
// knows nothing of the other members. Training thread only.
#pragma once

#include "data/sampler.h"
#include "data/token_store.h"
#include "data/tokenizer.h"
#include "engine/emitter.h"
#include "engine/train.h"
#include "nn/fwd.h"

#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace retort {

class ExpertUse;
class Objective;
class SequenceRoutes;
class StageKeeper;
struct StepLosses;

/// A wish to stop, heard between layers: the micro-batch is abandoned, the state is that of the last whole
/// step.
struct Abandoned {};

/// NaN or Inf where a number was expected; what() names the first bad quantity.
class DivergedError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Member {
public:
    Member(const TrainingMember& what, const ResolvedSettings& resolved, const TokenStore& store,
           const RunControls& controls, EventSink& sink, std::stop_token stop);
    ~Member();
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;

    /// Draws fresh weights or takes up the newest checkpoint, says that the run has started, and evaluates
    /// once when it is at its very beginning.
    void begin(ShareTeam& team);

    [[nodiscard]] bool live() const { return !outcome_; }
    [[nodiscard]] std::int64_t step() const { return step_; }
    [[nodiscard]] const RunSpec& spec() const { return ticket_.plan.spec; }
    /// For the next micro-batch.
    [[nodiscard]] bool wants_teacher() const;
    [[nodiscard]] const Outcome& outcome() const { return *outcome_; }

    /// Obeys pause and stop between steps. False: the member must not be trained now.
    [[nodiscard]] bool obey();
    /// Whether a person or the program wants this member to leave what it is doing.
    [[nodiscard]] bool wants_to_stop() const;

    /// The sequences of the next micro-batch of the step that begins at the first call.
    [[nodiscard]] const std::vector<SampledSequence>& next_sequences();
    void begin_step();
    /// Forward and backward of one micro-batch, whole in `batch` and cut in `shares`, whose teachers are
    /// there when wants_teacher() is true.
    void accumulate(const Batch& batch, std::span<BatchShare> shares, ShareTeam& team);
    /// Update, events, evaluation and checkpoint; ends the run after its last step.
    void finish_step(double seconds, ShareTeam& team);

    /// Runs `work`; a wish to stop, a divergence or an error in it ends this member alone.
    template <class Work>
    void guard(const Work& work);

private:
    void resume_from(const std::filesystem::path& checkpoints);
    void start_event(std::int64_t resumed_from);
    void check_micro(const std::vector<double>& values, std::span<const BatchShare> shares,
                     const Batch& batch);
    void report_step(const StepLosses& losses, std::optional<double> penalty, double norm, double lr,
                     double seconds);
    void report_undefined(std::int64_t count);
    /// End of a stage, evaluation, checkpoint or end of the run that are due at this step boundary.
    void settle_step(ShareTeam& team);
    void end_stage();
    void evaluate_now(ShareTeam& team);
    [[nodiscard]] std::vector<TextSample> write_samples() const;
    [[nodiscard]] std::vector<EvaluationRow> evaluate_experts(ShareTeam& team);
    void write_model(const std::filesystem::path& folder) const;
    void keep_best(double loss);
    void save();
    void save_if_possible();
    void end(RunStatus status, const std::string& reason);
    void complete();
    void interrupt_point() const;
    void abandon();
    void fail(const std::exception& error);

    RunTicket ticket_;
    TrainingInputs inputs_;
    ResolvedSettings resolved_;
    const TokenStore& store_;
    const RunControls& controls_;
    Emitter emit_;
    std::stop_token stop_;
    std::unique_ptr<Trainee> trainee_;
    std::unique_ptr<Sampler> sampler_;
    Sampler::State step_began_;
    std::unique_ptr<Objective> objective_;
    std::unique_ptr<StageKeeper> stages_;
    std::unique_ptr<ExpertUse> use_;         ///< of a modular model; nothing else
    std::unique_ptr<SequenceRoutes> routes_; ///< of its evaluation
    std::unique_ptr<Tokenizer> tokenizer_;   ///< null where no samples are written
    std::vector<SampledSequence> sequences_; ///< of the micro-batch under way
    std::int64_t step_ = 0;                  ///< whole optimiser steps made
    std::int64_t total_ = 0;
    std::int64_t saved_step_ = -1;
    std::int64_t evaluated_step_ = -1;
    bool in_step_ = false; ///< between begin_step and the update: the sampler is ahead of the weights
    double wall_seconds_ = 0;
    std::optional<BestEvaluation> best_;
    bool said_undefined_ = false;
    bool paused_ = false;
    bool inexact_ = false;
    std::optional<Outcome> outcome_;
};

template <class Work>
void Member::guard(const Work& work) {
    if (!live()) return;
    try {
        work();
    } catch (const Abandoned&) {
        abandon();
    } catch (const DivergedError& error) {
        end(RunStatus::diverged, error.what());
    } catch (const std::exception& error) {
        fail(error);
    }
}

} // namespace retort
