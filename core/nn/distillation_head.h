// SPDX-License-Identifier: GPL-3.0-or-later
// The output head and the losses in one: logits are made in chunks of tokens, each loss term adds its
// gradient there and then, and no [tokens, vocabulary] tensor of the whole batch ever exists. See
// distillation.md on fused heads: with dz = Σ_k w_k dL_k/dz, the gradients of hidden states and weight are
// dz·W and dzᵀ·h.
#pragma once

#include "spec/run_spec.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace retort {

/// The token that ends a document in the tokenizers that Retort trains; the paper's is the same, and its
/// padding too.
inline constexpr std::int64_t end_of_document = 2;

/// One term of the training loss: weight × (sum over the rows that count) / normaliser.
struct LossTerm {
    std::optional<Divergence> divergence; ///< nothing: cross-entropy to the targets
    std::size_t teacher = 0;              ///< index into the teachers, for a divergence
    double mix = 0.5;                     ///< β of jsd, λ of the skew divergences
    double temperature = 1.0;
    bool scale_t2 = false; ///< times temperature²
    DivergenceMask mask = DivergenceMask::targets;
    std::int64_t end = end_of_document; ///< the token that `mask` inputs does not count
    double weight = 1.0;
    /// What the sum is divided by. With the targets of the whole optimiser step, accumulated micro-batches
    /// add up to one large batch.
    double normaliser = 1.0;
};

/// What logits are made of: hidden states [N, D], head weight [V, D] and bias [V], which may be undefined.
struct HeadInput {
    at::Tensor hidden;
    at::Tensor weight;
    at::Tensor bias = {};

    /// [end − begin, V] fp32.
    [[nodiscard]] at::Tensor logits(std::int64_t begin, std::int64_t end) const;
};

/// Tokens of the N positions, int64.
struct HeadTokens {
    at::Tensor targets;
    at::Tensor inputs; ///< for DivergenceMask::inputs and paper_label_difference; may be undefined else
};

/// The teacher's side of a micro-batch. Its logits are made in chunks when they are first asked for and,
/// where several students share them, kept.
class TeacherPass {
public:
    /// `targets` [N]: its cross-entropy to them is measured as the chunks come by.
    TeacherPass(HeadInput teacher, at::Tensor targets, bool keeps_logits);

    /// [end − begin, V] fp32, without a gradient. All askers use the same chunks.
    [[nodiscard]] at::Tensor logits(std::int64_t begin, std::int64_t end);
    /// Nats over the rows that were asked for, each counted once.
    [[nodiscard]] double cross_entropy() const { return cross_entropy_; }
    [[nodiscard]] const at::Tensor& hidden() const { return teacher_.hidden; }

private:
    HeadInput teacher_;
    at::Tensor targets_;
    bool keeps_logits_;
    std::map<std::int64_t, at::Tensor> kept_; ///< by first row
    std::int64_t measured_ = 0;               ///< rows from the first that are in cross_entropy_
    double cross_entropy_ = 0;
};

struct HeadLoss {
    at::Tensor
        total; ///< scalar; backward() gives student.hidden, weight and bias their gradients, no teacher any
    std::vector<double> values; ///< of each term, divided by its normaliser, before its weight
};

/// A term of weight 0 is measured all the same.
[[nodiscard]] HeadLoss distillation_head(const HeadInput& student, std::span<TeacherPass> teachers,
                                         const HeadTokens& tokens, std::span<const LossTerm> terms);

/// The values alone, without any gradient.
[[nodiscard]] std::vector<double> measure_terms(const HeadInput& student, std::span<TeacherPass> teachers,
                                                const HeadTokens& tokens, std::span<const LossTerm> terms);

/// The positions that `DivergenceMask::inputs` counts, [N] bool: the input is not `end`, the end of a
/// document.
[[nodiscard]] at::Tensor counted_inputs(const at::Tensor& inputs, std::int64_t end);

/// Sums of an evaluation: nll in nats and the number of targets that the largest logit hits, for each of N
/// targets.
struct TokenScores {
    at::Tensor nll;     ///< [N] fp32, on the CPU
    at::Tensor correct; ///< [N] bool, on the CPU
};
[[nodiscard]] TokenScores score_tokens(const HeadInput& model, const at::Tensor& targets);

/// Rows of logits that are made at a time.
[[nodiscard]] std::int64_t head_chunk_rows(std::int64_t rows, std::int64_t vocab);

/// Bytes that one chunk's logits of one model may take; sets the chunk size. For tests of its invariance.
void set_head_chunk_bytes(std::int64_t bytes);

} // namespace retort
