// SPDX-License-Identifier: GPL-3.0-or-later
// What a run IS: everything that decides its numbers. Plain values with the defaults of a study file.
// Lengths are in tokens, sizes in elements, losses in nats per token, unless a field says otherwise.
#pragma once

#include "spec/distill_spec.h"
#include "spec/field.h"
#include "spec/modular_spec.h"
#include "spec/remedy_spec.h"
#include "spec/router_spec.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace retort {

/// Version of the study file and of the stored specification; see spec/migrate.h.
inline constexpr int spec_version = 1;

enum class Task { teacher, distill, router, modular };
enum class TokenizerKind {
    sentencepiece_bpe,
    sentencepiece_unigram,
    sentencepiece_file, ///< a .model file made elsewhere
    hugging_face_file   ///< a tokenizer.json with a BPE model
};
/// How much text of each domain a tokenizer is trained on.
enum class TokenizerSampling {
    balanced,    ///< equal amounts
    proportional ///< by the domains' sizes
};
enum class ScheduleKind { balanced, random, proportional, sequential, cyclic };
enum class Decay { linear, cosine, constant };
/// How fresh weights are drawn.
enum class ModelInit {
    gpt2, ///< N(0, 0.02) everywhere, residual projections scaled down
    torch ///< embedding N(0, 1) and untied head kaiming-uniform: what PyTorch gives where nobody initialises,
          ///< as in the paper's modular models
};
/// What becomes of the weights of an expert that had no sequence in an optimiser step.
enum class IdleExperts {
    skip,         ///< they and their moments rest
    zero_gradient ///< they are updated with a gradient of 0: decayed, and moved on by their momentum
};
enum class Precision { automatic, fp32, bf16 };
enum class DeviceKind { automatic, cpu, cuda };
/// What becomes of the optimiser's moments at the end of a stage of a sequential schedule.
enum class StageMoments {
    carried,
    fresh ///< each stage begins with new ones, as the paper's chain of trainings does
};
/// Where the teacher's hidden states come from: computed for each batch, or kept on disk in bf16 from the
/// first time on.
enum class TeacherMode { online, cached };

struct TokenizerSpec {
    TokenizerKind kind = TokenizerKind::sentencepiece_bpe;
    std::int64_t vocab = 4000;
    std::vector<std::string> domains; ///< whose text it is made for; empty: all of the run's data
    TokenizerSampling sampling = TokenizerSampling::balanced;
    double coverage = 0.9995; ///< share of the text's characters that become entries
    bool byte_fallback = true;
    bool split_digits = true;      ///< each digit is a token
    bool split_whitespace = true;  ///< no entry reaches from one word into the next
    bool whitespace_pieces = true; ///< runs of spaces may be entries
    std::string path;              ///< of a file made elsewhere
    std::string bos;               ///< its token that begins a text; empty: as the file says
    std::string eos;
    std::string artifact; ///< id of a tokenizer of this workspace, in the place of all other fields
    bool operator==(const TokenizerSpec&) const = default;
};

struct DataSpec {
    std::string corpus = "debian-small";
    std::vector<std::string> domains = {"en", "fr", "de", "py"};
    std::int64_t context = 128;
    TokenizerSpec tokenizer;
    bool operator==(const DataSpec&) const = default;
};

/// GPT-2 as Hugging Face defines it: pre-LN, gelu_new, learned positions, MLP of 4 × width, LayerNorm eps
/// 1e-5.
struct ModelSpec {
    std::int64_t layers = 2;
    std::int64_t width = 96;
    std::int64_t heads = 4;
    double dropout = 0.1;
    bool tied = true;
    ModelInit init = ModelInit::gpt2;
    bool operator==(const ModelSpec&) const = default;
};

struct ScheduleSpec {
    ScheduleKind kind = ScheduleKind::balanced;
    std::int64_t block = 2;                       ///< optimiser steps per domain, for `cyclic` (paper: 2)
    std::vector<std::string> domains;             ///< trained on, in this order; empty: all of the run's data
    StageMoments moments = StageMoments::carried; ///< for `sequential`
    bool rewarm = false; ///< for `sequential`: each stage has a warm-up and a decay of its own (paper: true)
    bool operator==(const ScheduleSpec&) const = default;
};

struct OptimSpec {
    double lr = 5e-4;
    std::array<double, 2> betas = {0.9, 0.999};
    double eps = 1e-8;
    double weight_decay = 0.05;
    double warmup = 0.05; ///< share of all steps
    Decay decay = Decay::linear;
    double clip = 1.0; ///< largest global gradient norm; 0 does not clip
    std::int64_t batch = 16;
    std::int64_t accumulate = 1;
    std::int64_t tokens = 500'000; ///< targets trained on, rounded up to whole optimiser steps
    IdleExperts idle = IdleExperts::skip;
    bool operator==(const OptimSpec&) const = default;
};

/// The weights a student learns from: trained from a sub-specification that the student's own fields and
/// seeds do not touch, or an artifact of this workspace, or a Hugging Face GPT-2 folder.
struct TeacherSpec {
    std::string artifact; ///< artifact id; empty: not from an artifact
    std::string path;     ///< folder with config.json and model.safetensors; empty: not from a folder
    std::vector<std::string> domains; ///< domains it learns; empty: all of the run's data
    ModelSpec model = {.layers = 4, .width = 192, .heads = 4};
    OptimSpec optim = {.lr = 1e-3, .tokens = 1'000'000};
    ScheduleSpec schedule;
    std::uint64_t seed = 1;
    bool operator==(const TeacherSpec&) const = default;
};

struct RunSettings {
    Precision precision = Precision::automatic;
    DeviceKind device = DeviceKind::automatic;
    std::int64_t threads = 0; ///< 0: all physical cores
    TeacherMode teacher = TeacherMode::online;
    std::int64_t checkpoint_every = 200;
    std::int64_t eval_every = 100;
    std::int64_t eval_tokens = 8192; ///< per domain; 0: the whole validation set
    std::int64_t samples = 24;       ///< tokens that it writes for each domain at every evaluation; 0: none
    bool operator==(const RunSettings&) const = default;
};

struct RunSpec {
    Task task = Task::distill;
    std::uint64_t seed = 1;
    DataSpec data;
    std::optional<TeacherSpec> teacher;       ///< present when task is distill or modular
    ModelSpec model;                          ///< of each expert, when task is modular
    std::optional<DistillSpec> distill;       ///< present when task is distill or modular
    std::optional<ModularSpec> modular;       ///< present when task is modular
    std::optional<EvaluationSpec> evaluation; ///< present when task is modular
    /// Present when task is modular, and when it is router; these are idle then: model, schedule, remedies,
    /// optim, run, best.
    std::optional<RouterSpec> router;
    ScheduleSpec schedule;
    RemedySpec remedies; ///< for a sequential schedule
    OptimSpec optim;
    RunSettings run;
    std::string best =
        "macro"; ///< what the best checkpoint minimises: `macro`, `worst`, `first`, or one domain's loss
    bool operator==(const RunSpec&) const = default;
};

/// Domains whose text is trained on, in the order of the schedule.
[[nodiscard]] const std::vector<std::string>& training_domains(const RunSpec& spec);

/// Whether the tokenizer comes from a file or from the workspace; else it is trained.
[[nodiscard]] bool is_given(const TokenizerSpec& tokenizer);

/// Domains whose text the tokenizer is made for.
[[nodiscard]] const std::vector<std::string>& tokenizer_domains(const DataSpec& data);

/// Optimiser steps of a run: tokens / (batch × accumulate × context), rounded up. 0 where nothing learns:
/// ple, whose experts have runs of their own, and a base of which every expert stays.
[[nodiscard]] std::int64_t total_steps(const RunSpec& spec);

/// Targets per optimiser step.
[[nodiscard]] std::int64_t tokens_per_step(const RunSpec& spec);

/// Whether training runs the teacher at all: false for task teacher, for a fixed alpha of 1 of combined
/// losses, and where nothing learns.
[[nodiscard]] bool uses_teacher(const RunSpec& spec);

/// Entries of the window of adaptive alpha and dwa: as set, else max(20, steps / 100) (arXiv 2407.19610's
/// code). Requires `spec.distill`.
[[nodiscard]] std::int64_t alpha_history(const RunSpec& spec);

/// Whether two runs can train side by side on the same batches, and with the same teacher where both use one.
[[nodiscard]] bool can_share_batches(const RunSpec& a, const RunSpec& b);

/// The run that trains the teacher of `student`. Its own seed, domains, optimiser and schedule decide it, and
/// of the student's fields only the data, the precision and the device. Requires `student.teacher` without
/// artifact and path.
[[nodiscard]] RunSpec teacher_run(const RunSpec& student);

/// Experts of a modular run that learn in it; none for ple.
[[nodiscard]] std::vector<std::string> learning_experts(const RunSpec& modular);

/// Experts of ple that are trained in runs of their own (expert_run); none for others.
[[nodiscard]] std::vector<std::string> separate_experts(const RunSpec& spec);

/// Whether a modular run asks a router, in training or evaluation.
[[nodiscard]] bool asks_router(const RunSpec& spec);

/// The run that trains the router of a modular run, on the same data and seed.
[[nodiscard]] RunSpec router_run(const RunSpec& modular);

/// The run that trains an expert of ple alone: a student of that domain's text, with the domain's share of
/// the tokens and, where it divides, of the batch, so that it has as many updates as an expert of jeet.
[[nodiscard]] RunSpec expert_run(const RunSpec& modular, const std::string& expert);

} // namespace retort
