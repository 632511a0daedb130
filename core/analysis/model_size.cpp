// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/model_size.h"

#include "analysis/modular_size.h"

#include <algorithm>

namespace retort {
namespace {

constexpr double float_bytes = 4;
constexpr double bfloat_bytes = 2;

/// Weights of one block that enter a product with each token: attention 4 w², MLP 8 w².
std::int64_t block_matrices(const ModelSpec& model) {
    return 12 * model.width * model.width;
}

/// Biases of the four products (3 w + w + 4 w + w) and two LayerNorms (4 w).
std::int64_t block_vectors(const ModelSpec& model) {
    return 13 * model.width;
}

double activation_elements_per_token(const ModelSpec& model, std::int64_t context) {
    // Korthikanti et al. 2022 count 34 w + 5 heads · context bytes a layer at two bytes an element.
    const auto per_layer =
        17.0 * static_cast<double>(model.width) + 2.5 * static_cast<double>(model.heads * context);
    return static_cast<double>(model.layers) * per_layer;
}

double micro_batch_tokens(const RunSpec& spec) {
    return static_cast<double>(spec.optim.batch * spec.data.context);
}

/// Of a chunk of the head; see nn/distillation_head.h.
double logits_bytes(const RunSpec& spec) {
    constexpr double chunk = 16 << 20;
    return std::min(chunk,
                    micro_batch_tokens(spec) * static_cast<double>(spec.data.tokenizer.vocab) * float_bytes);
}

double parameters(const ModelSpec& model, const RunSpec& spec) {
    return static_cast<double>(parameter_count(model, spec.data.tokenizer.vocab, spec.data.context).total);
}

/// That one token passes.
std::int64_t bodies(const RunSpec& spec) {
    return spec.modular && spec.modular->architecture == Architecture::moe_ce ? 2 : 1;
}

double activation_bytes(const RunSpec& spec, double element_bytes) {
    const double per_token = static_cast<double>(bodies(spec)) *
                             activation_elements_per_token(spec.model, spec.data.context) * element_bytes;
    const double logits_and_gradient = 2 * logits_bytes(spec);
    return micro_batch_tokens(spec) * per_token + logits_and_gradient;
}

double teacher_bytes(const RunSpec& spec, double element_bytes) {
    if (!uses_teacher(spec)) return 0;
    return parameters(spec.teacher->model, spec) * element_bytes + logits_bytes(spec);
}

/// Of the steps that the teacher runs on.
double teacher_share(const RunSpec& spec) {
    const bool rests = spec.distill->combine == Combine::alternating;
    return rests ? 0.5 : 1.0;
}

} // namespace

ModelSize parameter_count(const ModelSpec& model, std::int64_t vocab, std::int64_t context) {
    const std::int64_t tables = (model.tied ? 1 : 2) * vocab + context;
    ModelSize size;
    size.embedding = tables * model.width;
    size.non_embedding = model.layers * (block_matrices(model) + block_vectors(model)) + 2 * model.width;
    size.total = size.embedding + size.non_embedding;
    return size;
}

ModelSize parameter_count(const RunSpec& spec) {
    if (!spec.modular) return parameter_count(spec.model, spec.data.tokenizer.vocab, spec.data.context);
    const ModularSize parts = modular_size(spec);
    const std::int64_t positions = spec.data.context * spec.model.width;
    ModelSize size;
    size.total = parts.total();
    size.embedding =
        parts.tables * (parts.embedding + parts.head) + (parts.experts + bodies(spec) - 1) * positions;
    size.non_embedding = size.total - size.embedding;
    return size;
}

FlopCount flops_per_token(const ModelSpec& model, std::int64_t vocab, std::int64_t context) {
    const std::int64_t products = model.layers * block_matrices(model) + vocab * model.width;
    const std::int64_t scores = 2 * model.layers * model.width * context;
    const auto forward = 2.0 * static_cast<double>(products + scores);
    return {forward, 3.0 * forward};
}

FlopCount flops_per_token(const RunSpec& spec) {
    ModelSpec passed = spec.model;
    passed.layers *= bodies(spec); // a head behind both
    return flops_per_token(passed, spec.data.tokenizer.vocab, spec.data.context);
}

double training_flops(const RunSpec& spec) {
    double per_token = flops_per_token(spec).training;
    if (uses_teacher(spec))
        per_token +=
            teacher_share(spec) *
            flops_per_token(spec.teacher->model, spec.data.tokenizer.vocab, spec.data.context).forward;
    return per_token * static_cast<double>(total_steps(spec) * tokens_per_step(spec));
}

TrainingMemory memory_bytes(const RunSpec& spec) {
    // on the CPU bf16 are the factors of products alone
    const bool half = spec.run.precision == Precision::bf16 && spec.run.device == DeviceKind::cuda;
    const double element_bytes = half ? bfloat_bytes : float_bytes;
    const auto count = static_cast<double>(parameter_count(spec).total);
    TrainingMemory memory;
    memory.weights = count * (float_bytes + (half ? bfloat_bytes : 0));
    memory.gradients = count * float_bytes;
    memory.optimiser = 2 * count * float_bytes;
    if (total_steps(spec) > 0) memory.activations = activation_bytes(spec, element_bytes);
    memory.teacher = teacher_bytes(spec, element_bytes);
    return memory;
}

double hidden_cache_bytes(const RunSpec& spec) {
    if (!uses_teacher(spec) || spec.run.teacher == TeacherMode::online) return 0;
    const double tokens = static_cast<double>(total_steps(spec) * tokens_per_step(spec));
    return tokens * static_cast<double>(spec.teacher->model.width) * bfloat_bytes;
}

} // namespace retort
