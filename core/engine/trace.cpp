// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace.h"

#include "base/error.h"
#include "base/files.h"
#include "engine/devices.h"
#include "engine/modular/expert_use.h"
#include "engine/modular/first_model.h"
#include "engine/objective.h"
#include "engine/prepare.h"
#include "engine/stages/stage_keeper.h"
#include "engine/training_data.h"
#include "nn/learning_rate.h"
#include "nn/model_folder.h"
#include "nn/safetensors.h"
#include "nn/trainee.h"
#include "spec/run_spec_json.h"

#include <ATen/ATen.h>
#include <charconv>
#include <optional>

namespace retort {
namespace fs = std::filesystem;
namespace {

std::string digits(double value) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

/// Empty where nothing was measured.
std::string digits(std::optional<double> value) {
    return value ? digits(*value) : "";
}

RunSpec traced_spec(RunSpec spec, std::int64_t steps) {
    if (steps < 1 || steps > total_steps(spec))
        throw Error(ErrorKind::usage, "--steps must be at least 1 and at most " +
                                          std::to_string(total_steps(spec)) +
                                          ", the steps of the run, but is " + std::to_string(steps) + ".");
    spec.model.dropout = 0;
    spec.run.precision = Precision::fp32;
    spec.run.device = DeviceKind::cpu;
    return spec;
}

class Tracer {
public:
    Tracer(const RunSpec& spec, const TrainingInputs& inputs)
        : spec_(spec),
          store_(inputs.tokens),
          sampler_(sampler_options(spec, store_)),
          objective_(spec, store_.eos()),
          trainee_(first_model(spec, inputs, store_.vocab()), spec.optim, at::kFloat, at::kCPU,
                   learning_weights(spec)),
          stages_(spec, store_, at::kCPU) {
        if (spec.modular) use_.emplace(spec, inputs.router);
        if (uses_teacher(spec)) teacher_ = frozen(read_model(inputs.teacher), at::kFloat, at::kCPU);
    }

    void write_weights(const fs::path& out) const {
        write_safetensors(out / "student.safetensors", trainee_.weights());
        fs::remove(out / "teacher.safetensors"); // of an earlier trace
        if (teacher_) write_safetensors(out / "teacher.safetensors", teacher_->parameters());
    }

    /// The first line of losses.csv.
    [[nodiscard]] std::string columns() const {
        return std::string("step,ce,kd,alpha,beta,loss,grad_norm,lr") + (has_lwf() ? ",lwf" : "") +
               (has_ewc() ? ",ewc" : "") + "\n";
    }

    /// The line of a step.
    std::string step(std::int64_t number) {
        objective_.begin_step();
        for (std::int64_t micro = 0; micro < spec_.optim.accumulate; ++micro)
            micro_batch();
        const std::optional<double> penalty = stages_.pull(trainee_);
        const double norm = trainee_.gradient_norm(), lr = learning_rate(spec_, number);
        trainee_.update(lr, norm, spec_.optim.clip);
        const StepLosses losses = objective_.finish_step();
        if (stages_.ends_at(number)) end_stage();
        std::string line = std::to_string(number) + "," + digits(losses.ce) + "," + digits(losses.kd) + "," +
                           digits(losses.weights.alpha) + "," + digits(losses.weights.beta) + "," +
                           digits(losses.loss + penalty.value_or(0)) + "," + digits(norm) + "," + digits(lr);
        if (has_lwf()) line += "," + digits(losses.lwf);
        if (has_ewc()) line += "," + digits(penalty);
        return line + "\n";
    }

    void write_batches(const fs::path& file) const {
        const std::int64_t rows = spec_.optim.accumulate * spec_.optim.batch;
        const at::Tensor tokens = at::cat(windows_).view({-1, rows, spec_.data.context + 1});
        const at::Tensor domains = at::tensor(domains_, at::kLong).view({-1, rows});
        std::vector<NamedTensor> tensors = {{"tokens", tokens}, {"domains", domains}};
        if (use_) tensors.push_back({"experts", at::tensor(experts_, at::kLong).view({-1, rows})});
        tensors.insert(tensors.end(), fisher_.begin(), fisher_.end());
        write_safetensors(file, tensors);
    }

private:
    [[nodiscard]] bool has_lwf() const { return spec_.remedies.lwf.weight > 0; }
    [[nodiscard]] bool has_ewc() const { return spec_.remedies.ewc.strength > 0; }

    void micro_batch() {
        const auto sequences = sampler_.next();
        windows_.push_back(
            read_windows(store_, "train", training_domains(spec_), spec_.data.context, sequences));
        for (const SampledSequence& sequence : sequences)
            domains_.push_back(sequence.domain);
        std::vector<BatchShare> shares = cut_batch(windows_.back(), team_, at::kCPU); // a single one
        if (teacher_ && objective_.wants_teacher())
            shares[0].teachers.push_back(teacher_pass(shares[0].batch));
        const ForwardContext context;
        Trainee::Micro micro{team_, shares, {}, context};
        if (use_) {
            use_->assign(sequences, shares[0].batch.inputs);
            micro.experts = use_->experts();
            micro.numbers = use_->numbers();
            experts_.insert(experts_.end(), micro.experts.begin(), micro.experts.end());
        }
        const auto before = stages_.lend_teacher(micro);
        objective_.accumulate(trainee_, micro, shares[0].batch, before.place());
    }

    void end_stage() {
        const std::string number = std::to_string(++ended_);
        if (const at::Tensor windows = stages_.fisher_windows(); windows.defined())
            fisher_.push_back({"fisher." + number, windows});
        StageKeeper::Experts experts;
        if (use_)
            experts = [&](std::int64_t stage, const at::Tensor& inputs) {
                auto readers = use_->readers_of(stage, inputs.size(0), inputs);
                fisher_.push_back({"fisher_experts." + number, at::tensor(readers, at::kLong)});
                return readers;
            };
        stages_.end_stage(trainee_, experts, {});
    }

    TeacherPass teacher_pass(const Batch& batch) const {
        const at::NoGradGuard no_grad;
        return {{teacher_->hidden(batch.inputs, {}).flatten(0, 1), teacher_->head_weight()},
                batch.targets,
                false};
    }

    RunSpec spec_;
    TokenStore store_;
    Sampler sampler_;
    Objective objective_;
    ShareTeam team_{1};
    Trainee trainee_;
    StageKeeper stages_;
    std::optional<ExpertUse> use_; ///< of a modular model
    std::optional<Gpt2> teacher_;
    std::vector<at::Tensor> windows_;
    std::vector<std::int64_t> domains_, experts_;
    std::int64_t ended_ = 0;          ///< stages
    std::vector<NamedTensor> fisher_; ///< what the Fisher information of each was measured on
};

} // namespace

void trace(const RunSpec& spec, ArtifactStore& artifacts, std::int64_t steps, const fs::path& out) {
    const RunSpec traced = traced_spec(spec, steps);
    enter_training_thread(resolve(traced.run));
    std::error_code failed;
    fs::create_directories(out, failed);
    if (failed)
        throw Error(ErrorKind::workspace, "Cannot make the folder " + out.string() + "; choose another one.");
    Tracer tracer(traced, prepare_inputs(spec, artifacts, {}));
    tracer.write_weights(out);
    std::string losses = tracer.columns();
    for (std::int64_t step = 1; step <= steps; ++step)
        losses += tracer.step(step);
    tracer.write_batches(out / "batches.safetensors");
    write_file_atomically(out / "losses.csv", losses);
    write_file_atomically(out / "spec.json", to_json(traced).dump(2) + "\n");
}

} // namespace retort
