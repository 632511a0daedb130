// SPDX-License-Identifier: GPL-3.0-or-later
// Inner loops on plain float rows, compiled for several vector levels and chosen when the program starts. No
// torch. Parallel over rows by OpenMP; each row is computed by one thread, so results do not depend on the
// thread count.
#pragma once

#include "base/philox.h"

#include <cstdint>
#include <span>

namespace retort::kernels {

/// Widest vector level that the kernels use on this machine: x86-64-v4, x86-64-v3 or baseline.
[[nodiscard]] const char* vector_level() noexcept;

/// `best[row]` = index of the largest logit, the first one at ties.
void argmax(const float* logits, std::int64_t rows, std::int64_t vocab, std::int64_t* best);

/// In place on scores [matrices, size, size]: row i becomes softmax(scale × s[0..i]) followed by zeros.
void causal_softmax(float* scores, std::int64_t matrices, std::int64_t size, float scale);
/// Gradient of the above: `gradient` holds dL/dp on entry and dL/ds on return.
void causal_softmax_backward(const float* probabilities, float* gradient, std::int64_t matrices,
                             std::int64_t size, float scale);

/// out = in × keep / P(keep), where element i is kept when 16 bits of the stream at (step, (first + i) / 8)
/// reach `threshold`; `first` is a multiple of 8. `mask` gets 1 for kept and 0 for dropped. The drop
/// probability is threshold / 65536, exactly.
void dropout(const float* in, float* out, std::uint8_t* mask, std::int64_t size, std::uint32_t threshold,
             const RandomStream& stream, std::uint64_t step, std::int64_t first = 0);
/// The mask alone, for tensors of other types and devices.
void dropout_mask(std::uint8_t* mask, std::int64_t size, std::uint32_t threshold, const RandomStream& stream,
                  std::uint64_t step, std::int64_t first = 0);

/// One AdamW update (Loshchilov and Hutter, arXiv 1711.05101), as PyTorch computes it, on fp32 arrays of one
/// tensor.
struct AdamWRow {
    float* weights;
    const float* gradient;
    float* first;  ///< exponential mean of gradients
    float* second; ///< exponential mean of squared gradients
    std::int64_t size;
    float gradient_scale; ///< clipping, applied to the gradient as it is read
    float decay_factor;   ///< 1 − lr × weight_decay
    float first_share;    ///< 1 − beta1, which as a difference of floats is not as exact
    float beta2;
    float second_share;      ///< 1 − beta2 likewise
    float step_size;         ///< lr / (1 − beta1^t)
    float second_correction; ///< √(1 − beta2^t)
    float eps;
};
void adamw(const AdamWRow& in);

/// Σ x² in double precision, in an order that does not depend on the thread count.
[[nodiscard]] double sum_of_squares(const float* values, std::int64_t size);

} // namespace retort::kernels
