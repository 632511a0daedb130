// SPDX-License-Identifier: GPL-3.0-or-later
// Causal self-attention, one head of one sequence after the other, so that its scores stay in the cache, and
// without what lies in the future. Needs has_gemm(). No torch.
#pragma once

#include "nn/gemm_cpu.h"

namespace retort::kernels {

/// softmax(scale × q kᵀ) v over the past and the present. A matrix is one head of one sequence.
struct Attention {
    const float* qkv; ///< [batch, length, 3, heads, depth]
    std::int64_t batch, length, heads, depth;
    float scale;
    const std::uint8_t* mask;        ///< [batch, heads, length, length], 0: weight dropped; null: none is
    float mask_scale;                ///< of the kept weights
    Factors factors = Factors::fp32; ///< of all products
};

/// mixed: [batch, length, heads, depth]. `probabilities` [batch, heads, length, length] gets the softmax
/// before the mask, 0 in the future; null where no gradient is wanted.
void causal_attention(const Attention& in, float* probabilities, float* mixed);
/// qkv_gradient, laid out as qkv, gets the gradient for d(mixed) = mixed_gradient.
void causal_attention_backward(const Attention& in, const float* probabilities, const float* mixed_gradient,
                               float* qkv_gradient);

} // namespace retort::kernels
