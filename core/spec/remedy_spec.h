// SPDX-License-Identifier: GPL-3.0-or-later
// What is done against forgetting while the domains come one after the other: each remedy is off by default,
// and any of them may stand beside the others and beside distillation. A stage is the time of one domain (see
// spec/stages.h); "before" means the weights at the end of the stage before.
#pragma once

#include "spec/distill_spec.h"

#include <cstdint>

namespace retort {

/// Rests from the second stage on.
struct FreezeSpec {
    std::int64_t layers = 0; ///< of each body, from the lowest
    bool embeddings = false; ///< of tokens and positions; a tied head rests with them
    bool operator==(const FreezeSpec&) const = default;
};

/// Weights at the end of each stage from the second on, with which training goes on.
enum class StageAverage {
    none,
    running, ///< before + (now − before) / k at the end of stage k: each stage counts alike
    fixed    ///< share · before + (1 − share) · now
};

struct AverageSpec {
    StageAverage kind = StageAverage::none;
    double share = 0.5; ///< of the weights before, for `fixed`
    bool operator==(const AverageSpec&) const = default;
};

/// Elastic weight consolidation (Kirkpatrick et al., arXiv 1612.00796), in its online form (Schwarz et al.,
/// arXiv 1805.06370): strength / 2 · Σ F (θ − before)² is added to the loss, and at the end of a stage
/// F ← decay · F + F_stage. F_stage is the diagonal of the empirical Fisher information, in nats² per token:
/// the mean over sequences of (∂ Σ_t −log p(x_t) / ∂θ)² / T.
struct EwcSpec {
    double strength = 0;
    std::int64_t sequences = 64; ///< that F_stage is estimated on
    double decay = 1;
    bool operator==(const EwcSpec&) const = default;
};

/// Learning without forgetting (Li and Hoiem, arXiv 1606.09282): the student before is a second teacher on
/// the text of the new domain, weight · D(before ‖ now) added to the loss.
struct LwfSpec {
    double weight = 0;
    Divergence divergence = Divergence::forward_kl; ///< none of the paper's own; its β and λ are 1/2
    double temperature = 1;
    bool operator==(const LwfSpec&) const = default;
};

struct RemedySpec {
    double replay = 0; ///< share of the sequences of a stage that are of earlier domains, in equal parts
    FreezeSpec freeze;
    AverageSpec average;
    EwcSpec ewc;
    LwfSpec lwf;
    bool operator==(const RemedySpec&) const = default;
};

} // namespace retort
