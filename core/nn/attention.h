// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/gpt2.h"

namespace retort {

/// Causal self-attention: qkv [B, T, 3 × D] as packed by c_attn -> [B, T, D], softmax(q kᵀ / √(D / heads)) v
/// with dropout on the attention weights.
[[nodiscard]] at::Tensor causal_attention(const at::Tensor& qkv, std::int64_t heads,
                                          const ForwardContext& context, const std::string& site);

} // namespace retort
