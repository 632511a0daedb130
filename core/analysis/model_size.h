// SPDX-License-Identifier: GPL-3.0-or-later
// What a GPT-2 costs before it exists: parameters, arithmetic and memory, from its shape alone.
#pragma once

#include "spec/run_spec.h"

#include <cstdint>

namespace retort {

/// Parameters of one model; `total` is the sum of the other two.
struct ModelSize {
    std::int64_t total = 0;
    std::int64_t embedding = 0;     ///< token and position tables, and the head where it is not tied
    std::int64_t non_embedding = 0; ///< blocks and the final norm
    bool operator==(const ModelSize&) const = default;
};

[[nodiscard]] ModelSize parameter_count(const ModelSpec& model, std::int64_t vocab, std::int64_t context);

/// Floating-point operations for one token of a full context; a multiply-add counts as two. Products of
/// matrices and attention scores are counted (over the whole context, as if nothing were masked), norms and
/// activations are not.
struct FlopCount {
    double forward = 0;
    double training = 0; ///< forward and backward: three times the forward pass
};

[[nodiscard]] FlopCount flops_per_token(const ModelSpec& model, std::int64_t vocab, std::int64_t context);

/// Of what a run trains or, of a modular run, evaluates: all of its experts and tables, as ModularModel has
/// them; positions count as embedding, see analysis/modular_size.h for its parts.
[[nodiscard]] ModelSize parameter_count(const RunSpec& spec);

/// Of a modular run: through one expert, the common one where there is one, and one head.
[[nodiscard]] FlopCount flops_per_token(const RunSpec& spec);

/// Operations of a whole run: the student's training and, where one is asked, the teacher's forward passes.
/// 0 where nothing learns, as in ple, whose experts have runs of their own.
/// A teacher from an artifact or a folder is taken to have the shape of `spec.teacher->model`.
[[nodiscard]] double training_flops(const RunSpec& spec);

/// Bytes while training, estimated: the caches of libraries and the program itself are not counted.
/// Floating-point, because the largest shapes a specification allows do not fit 64 bits.
struct TrainingMemory {
    double weights = 0;     ///< float32, and the bfloat16 copy when precision asks for it
    double gradients = 0;   ///< and moments below: of all parameters, whether they learn or not
    double optimiser = 0;   ///< both moments of AdamW
    double activations = 0; ///< kept for the backward pass of one micro-batch, logits included
    double teacher = 0;     ///< weights and logits; 0 when the run asks no teacher
    [[nodiscard]] double total() const noexcept {
        return weights + gradients + optimiser + activations + teacher;
    }
};

/// Precision `auto` counts as float32, the larger of the two.
[[nodiscard]] TrainingMemory memory_bytes(const RunSpec& spec);

/// Bytes on disk that the kept hidden states of a run's teacher can take at most: bf16, each window once. 0
/// where none are kept.
[[nodiscard]] double hidden_cache_bytes(const RunSpec& spec);

} // namespace retort
