// SPDX-License-Identifier: GPL-3.0-or-later
// Losses over rows of logits with their gradients, as kernels_cpu.h says. No torch.
#pragma once

#include "spec/distill_spec.h"

#include <cstdint>

namespace retort::kernels {

/// One row of logits z against a target: adds weight × d(−log softmax(z)[target])/dz to `gradient` where it
/// is given. Rows: `logits` and `gradient` are [rows, vocab]; `losses` gets −log softmax(z)[target] of each
/// row in nats.
struct CrossEntropyRows {
    const float* logits;
    const std::int64_t* targets;
    std::int64_t rows;
    std::int64_t vocab;
    float weight;
    float* gradient; ///< null: losses only
    float* losses;
};
void cross_entropy(const CrossEntropyRows& in);

/// A divergence between teacher p = softmax(t / T) and student q = softmax(z / T), defined in
/// spec/distill_spec.h, with 0 · log 0 = 0. Adds weight × dL/dz = weight / T × q (g − ⟨q, g⟩), where g =
/// dL/dq (distillation.md C.4). T² is the caller's.
struct DivergenceRows {
    Divergence divergence;
    const float* logits;
    const float* teacher_logits;
    const std::int64_t* inputs; ///< [rows], of paper_label_difference; may be null for the others
    const bool* counts;         ///< [rows], false: loss 0 and no gradient; null: all rows count
    std::int64_t rows;
    std::int64_t vocab;
    float temperature;
    float mix; ///< β of jsd, λ of the skew divergences
    float weight;
    float* gradient; ///< null: losses only
    float* losses;
};
void divergence(const DivergenceRows& in);

} // namespace retort::kernels
