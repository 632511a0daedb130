// SPDX-License-Identifier: GPL-3.0-or-later
// Elastic weight consolidation: which weights mattered, and the pull back to where they were. The formulas
// are with EwcSpec (spec/remedy_spec.h).
#pragma once

#include "nn/trainee.h"

#include <cstdint>
#include <span>
#include <vector>

namespace retort {

/// F_stage, a tensor for each weight in their order, 0 for a weight that no sequence reaches or that does not
/// learn. `windows` [N, context + 1] int64; `experts` [N] of a modular model, else empty. Without dropout;
/// gradients that were summed before are forgotten. The context's between_layers may throw.
[[nodiscard]] std::vector<NamedTensor> empirical_fisher(Trainee& trainee, const at::Tensor& windows,
                                                        std::span<const std::int64_t> experts,
                                                        at::Device device, const ForwardContext& context);

/// Adds strength · F (θ − before) to the gradients of the weights that the next update moves. Returns the
/// penalty strength / 2 · Σ F (θ − before)² in nats. Both lists are in the order of the trainee's weights.
double add_elastic_pull(Trainee& trainee, double strength, std::span<const NamedTensor> fisher,
                        std::span<const NamedTensor> before);

} // namespace retort
