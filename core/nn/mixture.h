// SPDX-License-Identifier: GPL-3.0-or-later
// Scores of models whose probabilities are mixed, token by token: p(v) = Σ_k w_k p_k(v).
#pragma once

#include "nn/distillation_head.h"

#include <span>
#include <vector>

namespace retort {

/// `weights` [K, N], each column summing to 1; `parts` K heads on the same N positions.
[[nodiscard]] TokenScores score_mixture(std::span<const HeadInput> parts, const at::Tensor& weights,
                                        const at::Tensor& targets);

/// Log probabilities of the mixture for N positions, [N, V].
[[nodiscard]] at::Tensor mixture_log_probabilities(std::span<const HeadInput> parts,
                                                   const at::Tensor& weights);

/// How much each of K models is trusted at each position, from how well it read the targets before it:
/// w_k[t] ∝ exp(−Σ_{s<t} nll_k[s]), equal at the first (Branch-Train-Merge, arXiv 2208.03306, section 3.2,
/// with a uniform prior). nll [K, B, T] -> [K, B, T].
[[nodiscard]] at::Tensor posterior_weights(const at::Tensor& nll);

} // namespace retort
