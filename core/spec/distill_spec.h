// SPDX-License-Identifier: GPL-3.0-or-later
// What a student minimises: cross-entropy (CE) to the text and a divergence to the teacher (KD), and how the
// two are weighed. p is the teacher's distribution, q the student's, T the temperature that divides the
// logits of both.
#pragma once

#include <cstdint>

namespace retort {

enum class AlphaMode {
    fixed,       ///< alpha = value
    adaptive,    ///< from how the losses changed over a window; see AlphaRule
    dwa,         ///< dynamic weight averaging (Liu, Johns and Davison, arXiv 1803.10704)
    uncertainty, ///< learned homoscedastic uncertainty (Kendall, Gal and Cipolla, arXiv 1705.07115)
    schedule     ///< from `value` to `end` by AlphaDecay
};

/// How adaptive weights look at the losses.
enum class AlphaRule {
    corrected, ///< a loss that falls more slowly gets more weight; from completed optimiser steps only
    paper ///< arXiv 2407.19610's code: a rising loss gets less; per micro-batch, the current one included
};

enum class AlphaDecay { linear, cosine, wsd };

enum class Divergence {
    forward_kl,       ///< KL(p‖q) = Σ p (log p − log q)
    reverse_kl,       ///< KL(q‖p) = Σ q (log q − log p)
    jsd,              ///< β KL(p‖m) + (1 − β) KL(q‖m), m = β p + (1 − β) q
    skew_kl,          ///< KL(p‖m), m = λ p + (1 − λ) q (Ko et al., arXiv 2402.03898)
    skew_reverse_kl,  ///< KL(q‖m), m = (1 − λ) p + λ q, no gradient through m (arXiv 2503.07067)
    tvd,              ///< ½ Σ |p − q|
    teacher_ce,       ///< H(p, q) = −Σ p log q: the gradient of forward_kl, another value
    paper_inverse_kl, ///< the paper's "inverse KL": H(p, q) at T = 1
    paper_normal_kl,  ///< the paper's "normal KL": T² KL(p‖q) summed over a sequence, mean over sequences
    paper_label_difference ///< Σ|p − 1[v = x]| · Σ|q − p| at T = 1, x the input token, summed over the batch
};

/// Whether a divergence is a kind of the paper's own, with its own scale.
[[nodiscard]] constexpr bool is_of_paper(Divergence divergence) noexcept {
    return divergence >= Divergence::paper_inverse_kl;
}
/// Whether the temperature changes it.
[[nodiscard]] constexpr bool has_temperature(Divergence divergence) noexcept {
    return divergence != Divergence::paper_inverse_kl && divergence != Divergence::paper_label_difference;
}
/// Whether a factor T² is a choice; the paper's normal KL has it always.
[[nodiscard]] constexpr bool can_scale_t2(Divergence divergence) noexcept {
    return has_temperature(divergence) && divergence != Divergence::paper_normal_kl;
}

/// Whether the mask changes it: two kinds of the paper have none.
[[nodiscard]] constexpr bool has_mask(Divergence divergence) noexcept {
    return divergence != Divergence::paper_normal_kl && divergence != Divergence::paper_label_difference;
}

/// Which positions the divergence counts.
enum class DivergenceMask {
    targets, ///< every target, as the cross-entropy does
    inputs   ///< the paper's: those whose input token is not the end of a document
};

enum class Combine { combined, alternating };
enum class AlternatePer { step, micro_batch };

struct AlphaSpec {
    AlphaMode mode = AlphaMode::fixed;
    double value =
        0.5; ///< weight of the cross-entropy; the divergence has 1 − value. Where alpha starts, if it moves
    AlphaRule rule = AlphaRule::corrected;
    std::int64_t history =
        0; ///< entries of the window of adaptive and dwa; 0: max(20, steps / 100), as the paper
    double temperature = 2.0; ///< of dwa's softmax
    double rate = 0.01;       ///< learning rate of uncertainty
    AlphaDecay decay = AlphaDecay::linear;
    double end = 0.0;   ///< alpha at the end of a schedule
    double share = 0.5; ///< of all steps that one ramp of a schedule takes
    bool operator==(const AlphaSpec&) const = default;
};

struct DistillSpec {
    AlphaSpec alpha;
    Divergence divergence = Divergence::forward_kl;
    double beta = 0.5; ///< of jsd
    double skew = 0.1; ///< λ of the skew divergences
    double temperature = 1.0;
    bool scale_t2 = false; ///< multiply the divergence by temperature²
    DivergenceMask mask = DivergenceMask::targets;
    Combine combine = Combine::combined;
    AlternatePer alternate_per = AlternatePer::step;
    bool operator==(const DistillSpec&) const = default;
};

} // namespace retort
