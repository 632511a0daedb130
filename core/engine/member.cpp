// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/member.h"

#include "analysis/evaluation.h"
#include "base/error.h"
#include "base/files.h"
#include "engine/evaluate.h"
#include "engine/generation/samples.h"
#include "engine/member_state.h"
#include "engine/modular/evaluate_modular.h"
#include "engine/modular/expert_use.h"
#include "engine/modular/first_model.h"
#include "engine/objective.h"
#include "engine/stages/stage_keeper.h"
#include "engine/stages/unigram.h"
#include "engine/training_data.h"
#include "nn/checkpoint.h"
#include "nn/learning_rate.h"
#include "nn/modular_model.h"
#include "nn/torch_settings.h"
#include "nn/trainee.h"
#include "spec/grid.h"

#include <ATen/ATen.h>
#include <cmath>

namespace retort {
namespace fs = std::filesystem;
namespace {

std::unique_ptr<Trainee> first_trainee(const RunSpec& spec, const TrainingInputs& inputs,
                                       const ResolvedSettings& resolved, std::int64_t vocab) {
    return std::make_unique<Trainee>(first_model(spec, inputs, vocab), spec.optim, compute_type(resolved),
                                     at::Device(resolved.device), learning_weights(spec));
}

/// Of an expert that reads a token, the first stands for all.
ParameterCount parameters_of(const Trainee& trainee, const RunSpec& spec) {
    ParameterCount count;
    for (const NamedTensor& weight : trainee.weights()) {
        const bool is_expert = weight.name.starts_with("experts.");
        const bool is_first =
            is_expert && weight.name.starts_with("experts." + experts_of(spec).front() + ".");
        count.total += weight.tensor.numel();
        if (!is_expert || is_first) count.active += weight.tensor.numel();
    }
    return count;
}

bool is_finite(const at::Tensor& tensor) {
    return at::isfinite(tensor).all().item<bool>();
}

} // namespace

Member::Member(const TrainingMember& what, const ResolvedSettings& resolved, const TokenStore& store,
               const RunControls& controls, EventSink& sink, std::stop_token stop)
    : ticket_(what.ticket),
      inputs_(what.inputs),
      resolved_(resolved),
      store_(store),
      controls_(controls),
      emit_(sink, what.ticket),
      stop_(std::move(stop)),
      objective_(std::make_unique<Objective>(what.ticket.plan.spec, store.eos())),
      total_(total_steps(what.ticket.plan.spec)) {}

Member::~Member() = default;

void Member::begin(ShareTeam& team) {
    trainee_ = first_trainee(spec(), inputs_, resolved_, store_.vocab());
    if (spec().modular) {
        use_ = std::make_unique<ExpertUse>(spec(), inputs_.router);
        routes_ = std::make_unique<SequenceRoutes>(spec(), spec().evaluation->route, inputs_.router);
    }
    sampler_ = std::make_unique<Sampler>(sampler_options(spec(), store_));
    if (spec().run.samples > 0 && !inputs_.tokenizer.empty())
        tokenizer_ = std::make_unique<Tokenizer>(inputs_.tokenizer);
    stages_ = std::make_unique<StageKeeper>(spec(), store_, at::Device(resolved_.device));
    const fs::path checkpoints = ticket_.folder / "checkpoints";
    if (ticket_.resume) resume_from(checkpoints);
    start_event(step_);
    guard([&] { settle_step(team); });
}

void Member::settle_step(ShareTeam& team) {
    if (stages_->ends_at(step_)) end_stage();
    const bool due = stages_->ended_at(step_) || step_ % spec().run.eval_every == 0 || step_ == total_;
    if (due && evaluated_step_ < step_) evaluate_now(team);
    if (step_ == total_)
        complete();
    else if (step_ % spec().run.checkpoint_every == 0)
        save();
}

void Member::resume_from(const fs::path& checkpoints) {
    const auto found = newest_checkpoint(checkpoints);
    if (!found) return emit_.info("No checkpoint was saved yet; the run starts again from its first step.");
    const std::vector<NamedTensor> of_stages = load_checkpoint(*found, *trainee_);
    const MemberState state = member_state_of(found->state);
    stages_->restore(state.stages, of_stages, *trainee_);
    step_ = saved_step_ = found->step;
    wall_seconds_ = state.wall_seconds;
    evaluated_step_ = state.evaluated_step;
    best_ = state.best;
    sampler_->restore(state.sampler);
    objective_->restore(state.objective);
    inexact_ = !(state.resolved == resolved_);
    if (inexact_)
        emit_.warn("Resumed inexactly: threads, precision, device or libraries are not those of before.");
}

void Member::start_event(std::int64_t resumed_from) {
    RunStarted started;
    started.resumed_from_step = resumed_from;
    started.total_steps = total_;
    started.tokens_per_step = tokens_per_step(spec());
    started.parameters = parameters_of(*trainee_, spec());
    started.resolved = resolved_;
    started.inexact = inexact_;
    emit_(started);
    emit_(StatusChanged{RunStatus::running, {}, {}});
}

void Member::end_stage() {
    ForwardContext context;
    context.between_layers = [this] { interrupt_point(); };
    StageKeeper::Experts experts;
    if (use_)
        experts = [this](std::int64_t stage, const at::Tensor& inputs) {
            return use_->readers_of(stage, inputs.size(0), inputs);
        };
    stages_->end_stage(*trainee_, experts, context);
    emit_.info(stages_->sentence());
    const fs::path folder = ticket_.folder / "stages" / stages_->folder_name();
    fs::create_directories(folder.parent_path());
    write_folder_atomically(folder, [&](const fs::path& place) { write_model(place); });
}

bool Member::wants_to_stop() const {
    return stop_.stop_requested() || controls_.command(ticket_.id) == RunCommand::stop;
}

void Member::interrupt_point() const {
    if (wants_to_stop()) throw Abandoned{};
}

bool Member::obey() {
    if (wants_to_stop()) {
        abandon();
        return false;
    }
    const bool pause = controls_.command(ticket_.id) == RunCommand::pause;
    if (pause != paused_) emit_(StatusChanged{pause ? RunStatus::paused : RunStatus::running, {}, {}});
    paused_ = pause;
    return !paused_;
}

bool Member::wants_teacher() const {
    return objective_->wants_teacher();
}

void Member::begin_step() {
    step_began_ = sampler_->state();
    objective_->begin_step();
    if (use_) use_->begin_step();
    in_step_ = true;
}

const std::vector<SampledSequence>& Member::next_sequences() {
    return sequences_ = sampler_->next();
}

void Member::accumulate(const Batch& batch, std::span<BatchShare> shares, ShareTeam& team) {
    ForwardContext context;
    context.dropout = spec().model.dropout;
    context.seed = spec().seed;
    context.step = static_cast<std::uint64_t>(sampler_->state().micro_batches);
    context.between_layers = [this] { interrupt_point(); };
    interrupt_point(); // a teacher pass that was left has made no teachers
    Trainee::Micro micro{team, shares, {}, context};
    if (use_) {
        use_->assign(sequences_, batch.inputs);
        micro.experts = use_->experts();
        micro.numbers = use_->numbers();
    }
    const auto before = stages_->lend_teacher(micro);
    check_micro(objective_->accumulate(*trainee_, micro, batch, before.place()), shares, batch);
}

void Member::check_micro(const std::vector<double>& values, std::span<const BatchShare> shares,
                         const Batch& batch) {
    if (std::ranges::all_of(values, [](double value) { return std::isfinite(value); })) return;
    std::string what = "the logits of the student";
    for (const BatchShare& share : shares)
        for (const TeacherPass& teacher : share.teachers)
            if (!is_finite(teacher.hidden())) what = "the hidden states of the teacher";
    for (const NamedTensor& weight : trainee_->weights())
        if (!is_finite(weight.tensor)) what = "the weight " + weight.name;
    const ModelInput again{batch.inputs, use_ ? use_->experts() : std::span<const std::int64_t>()};
    if (what.starts_with("the logits") && !is_finite(trainee_->score_input(again, {}).hidden))
        what = "the hidden states of the student";
    throw DivergedError("Diverged at step " + std::to_string(step_ + 1) + ": " + what +
                        " held NaN or Inf; lower the learning rate or clip the gradient.");
}

void Member::finish_step(double seconds, ShareTeam& team) {
    const std::optional<double> penalty = stages_->pull(*trainee_);
    const double norm = trainee_->gradient_norm();
    if (!std::isfinite(norm)) {
        const std::string name = trainee_->first_bad_gradient();
        throw DivergedError("Diverged at step " + std::to_string(step_ + 1) + ": the gradient " +
                            (name.empty() ? "norm" : "of " + name) +
                            " held NaN or Inf; lower the learning rate or clip the gradient.");
    }
    const double lr = learning_rate(spec(), step_ + 1);
    trainee_->update(lr, norm, spec().optim.clip);
    in_step_ = false;
    ++step_;
    wall_seconds_ += seconds;
    report_step(objective_->finish_step(), penalty, norm, lr, seconds);
    settle_step(team);
}

void Member::report_step(const StepLosses& losses, std::optional<double> penalty, double norm, double lr,
                         double seconds) {
    StepMeasured measured{step_, step_ * tokens_per_step(spec()), wall_seconds_, {}};
    const auto add = [&](const char* name, double value) {
        measured.metrics.push_back({{name, "", "", "", "train"}, value});
    };
    add("ce", losses.ce);
    if (losses.kd) add("kd", *losses.kd);
    if (losses.teacher_ce) add("teacher_ce", *losses.teacher_ce);
    if (losses.lwf) add("lwf", *losses.lwf);
    if (penalty) add("ewc", *penalty);
    add("loss", losses.loss + penalty.value_or(0));
    add("alpha", losses.weights.alpha);
    add("beta", losses.weights.beta);
    if (losses.undefined > 0) add("alpha_undefined", static_cast<double>(losses.undefined));
    add("lr", lr);
    add("grad_norm", norm);
    add("tokens_per_second", static_cast<double>(tokens_per_step(spec())) / seconds);
    if (use_)
        for (const auto& [expert, share] : use_->utilisation())
            measured.metrics.push_back({{"utilisation", "", expert, "", "train"}, share});
    emit_(std::move(measured));
    report_undefined(losses.undefined);
}

/// Once; the series alpha_undefined has them all.
void Member::report_undefined(std::int64_t count) {
    if (count == 0 || said_undefined_) return;
    said_undefined_ = true;
    emit_.warn(
        "At step " + std::to_string(step_) +
        " both adaptive weights were 0, so that alpha was 0/0; it keeps its value. The paper's code ends "
        "its training there. The curve alpha_undefined counts these cases.");
}

void Member::evaluate_now(ShareTeam& team) {
    std::vector<EvaluationRow> rows =
        routes_ ? evaluate_experts(team)
                : evaluate(*trainee_, spec(), store_, resolved_.device, team, [this] { interrupt_point(); });
    const double criterion = best_criterion(spec().best, rows);
    if (step_ == 0 && !stages_of(spec()).empty())
        for (const std::string& domain : spec().data.domains)
            rows.push_back(evaluate_unigram(spec(), store_, domain));
    emit_(Evaluated{step_, step_ * tokens_per_step(spec()), wall_seconds_, std::move(rows), write_samples()});
    evaluated_step_ = step_;
    if (step_ > 0 && (!best_ || criterion < best_->loss)) keep_best(criterion);
}

std::vector<TextSample> Member::write_samples() const {
    if (!tokenizer_) return {};
    return retort::write_samples(trainee_->model(), spec(), store_, *tokenizer_, routes_.get(),
                                 [this] { interrupt_point(); });
}

std::vector<EvaluationRow> Member::evaluate_experts(ShareTeam& team) {
    const bool is_last = step_ == total_;
    ModularEvaluation found =
        evaluate_modular(dynamic_cast<const ModularModel&>(trainee_->model()),
                         {spec(), *routes_, is_last, step_, is_last ? inputs_.tokenizer : fs::path()}, store_,
                         resolved_.device, team, [this] { interrupt_point(); });
    if (is_last) emit_(std::move(found.routing));
    return std::move(found.rows);
}

/// With the router that a modular model asks, so that the folder is all that is needed to use it.
void Member::write_model(const fs::path& folder) const {
    trainee_->model().write(folder, trainee_->weights());
    if (!inputs_.router.empty()) copy_files(inputs_.router, folder);
}

void Member::keep_best(double loss) {
    best_ = {step_, loss};
    fs::create_directories(ticket_.folder);
    write_folder_atomically(ticket_.folder / "best", [&](const fs::path& folder) { write_model(folder); });
}

void Member::save() {
    if (step_ == 0 || step_ == saved_step_) return;
    emit_.flush();
    const MemberState state{wall_seconds_,    evaluated_step_, sampler_->state(), objective_->state(),
                            stages_->state(), best_,           resolved_};
    const fs::path folder =
        save_checkpoint(ticket_.folder / "checkpoints", step_, *trainee_, to_json(state), stages_->tensors());
    saved_step_ = step_;
    std::uint64_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(folder))
        bytes += entry.file_size();
    emit_(CheckpointSaved{step_, folder.string(), bytes, false});
}

void Member::save_if_possible() {
    try {
        save();
    } catch (const std::exception& error) {
        emit_.warn(std::string("No checkpoint could be saved: ") + error.what());
    }
}

void Member::end(RunStatus status, const std::string& reason) {
    outcome_ = Outcome{status, reason, step_, {}, {}};
    trainee_.reset();
}

void Member::complete() {
    const fs::path model = ticket_.folder / "model";
    fs::create_directories(ticket_.folder);
    write_folder_atomically(model, [&](const fs::path& folder) { write_model(folder); });
    end(RunStatus::done, {});
    outcome_->model = model;
    std::error_code ignored; // a run that is done goes on from nowhere: its checkpoints only take space
    fs::remove_all(ticket_.folder / "checkpoints", ignored);
}

void Member::abandon() {
    if (!live()) return;
    trainee_->drop_gradients();
    if (in_step_) {
        sampler_->restore(step_began_);
        objective_->abandon_step();
    }
    in_step_ = false;
    save_if_possible();
    const bool by_person = controls_.command(ticket_.id) == RunCommand::stop;
    end(by_person ? RunStatus::stopped : RunStatus::interrupted,
        by_person ? "stopped on request" : "interrupted; resume goes on from step " + std::to_string(step_));
}

void Member::fail(const std::exception& error) {
    end(RunStatus::failed, {});
    const std::int64_t steps = outcome_->steps;
    outcome_ = failed_outcome(error);
    outcome_->steps = steps;
}

} // namespace retort
