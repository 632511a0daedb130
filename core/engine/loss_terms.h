// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/distillation_head.h"
#include "spec/run_spec.h"

#include <vector>

namespace retort {

/// Weights of the two losses in force: L = alpha × CE + beta × divergence.
struct AppliedWeights {
    double alpha = 1;
    double beta = 0;
};
[[nodiscard]] AppliedWeights applied_weights(const RunSpec& spec);

/// The cross-entropy first; then, when the run uses its teacher, the divergence.
[[nodiscard]] std::vector<LossTerm> loss_terms(const RunSpec& spec);

} // namespace retort
