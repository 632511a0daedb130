// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/loss_terms.h"

namespace retort {

AppliedWeights applied_weights(const RunSpec& spec) {
    if (!uses_teacher(spec)) return {};
    const double alpha = spec.distill->alpha.value;
    return {alpha, 1.0 - alpha};
}

std::vector<LossTerm> loss_terms(const RunSpec& spec) {
    const auto [alpha, beta] = applied_weights(spec);
    LossTerm cross_entropy;
    cross_entropy.weight = alpha;
    if (!uses_teacher(spec)) return {cross_entropy};
    LossTerm divergence;
    divergence.divergence = spec.distill->divergence;
    divergence.temperature = spec.distill->temperature;
    divergence.scale_t2 = spec.distill->scale_t2;
    divergence.weight = beta;
    return {cross_entropy, divergence};
}

} // namespace retort
