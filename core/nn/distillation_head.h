// SPDX-License-Identifier: GPL-3.0-or-later
// The output head and the losses in one: logits are made in chunks of tokens, each loss term adds its
// gradient there and then, and no [tokens, vocabulary] tensor of the whole batch ever exists. See
// distillation.md on fused heads: with dz = Σ_k w_k dL_k/dz, the gradients of hidden states and weight are
// dz·W and dzᵀ·h.
#pragma once

#include "spec/run_spec.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace retort {

/// One term of the training loss: weight × mean over targets of the divergence.
struct LossTerm {
    std::optional<Divergence> divergence; ///< nothing: cross-entropy to the targets
    std::size_t teacher = 0;              ///< index into the teachers, for a divergence
    double temperature = 1.0;             ///< of a divergence
    bool scale_t2 = false;                ///< times temperature²
    double weight = 1.0;
};

/// What logits are made of: hidden states [N, D] and head weight [V, D].
struct HeadInput {
    at::Tensor hidden;
    at::Tensor weight;
};

struct HeadLoss {
    at::Tensor
        total; ///< scalar; backward() gives student.hidden and student.weight their gradients, no teacher any
    std::vector<double> sums; ///< of each term over the targets, unweighted, nats
};

/// Targets [N] int64. Each term's gradient is divided by `normaliser`, the number of targets of the whole
/// optimiser step, so that accumulated micro-batches add up to one large batch. A term of weight 0 is
/// measured all the same.
[[nodiscard]] HeadLoss distillation_head(const HeadInput& student, std::span<const HeadInput> teachers,
                                         const at::Tensor& targets, std::span<const LossTerm> terms,
                                         double normaliser);

/// Sums of an evaluation: nll in nats and the number of targets that the largest logit hits, for each of N
/// targets.
struct TokenScores {
    at::Tensor nll;     ///< [N] fp32, on the CPU
    at::Tensor correct; ///< [N] bool, on the CPU
};
[[nodiscard]] TokenScores score_tokens(const HeadInput& model, const at::Tensor& targets);

/// Bytes that one chunk's logits of one model may take; sets the chunk size. For tests of its invariance.
void set_head_chunk_bytes(std::int64_t bytes);

} // namespace retort
