// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a distillation: names in a file, limits, and the words of the form. See spec/field.h.
#pragma once

#include "spec/distill_spec.h"
#include "spec/field.h"

namespace retort {

template <>
struct EnumNames<AlphaMode> {
    static constexpr std::array<std::pair<AlphaMode, std::string_view>, 5> values = {
        {{AlphaMode::fixed, "fixed"},
         {AlphaMode::adaptive, "adaptive"},
         {AlphaMode::dwa, "dwa"},
         {AlphaMode::uncertainty, "uncertainty"},
         {AlphaMode::schedule, "schedule"}}};
};
template <>
struct EnumNames<AlphaRule> {
    static constexpr std::array<std::pair<AlphaRule, std::string_view>, 2> values = {
        {{AlphaRule::corrected, "corrected"}, {AlphaRule::paper, "paper"}}};
};
template <>
struct EnumNames<AlphaDecay> {
    static constexpr std::array<std::pair<AlphaDecay, std::string_view>, 3> values = {
        {{AlphaDecay::linear, "linear"}, {AlphaDecay::cosine, "cosine"}, {AlphaDecay::wsd, "wsd"}}};
};
template <>
struct EnumNames<Divergence> {
    static constexpr std::array<std::pair<Divergence, std::string_view>, 10> values = {
        {{Divergence::forward_kl, "forward_kl"},
         {Divergence::reverse_kl, "reverse_kl"},
         {Divergence::jsd, "jsd"},
         {Divergence::skew_kl, "skew_kl"},
         {Divergence::skew_reverse_kl, "skew_reverse_kl"},
         {Divergence::tvd, "tvd"},
         {Divergence::teacher_ce, "teacher_ce"},
         {Divergence::paper_inverse_kl, "paper_inverse_kl"},
         {Divergence::paper_normal_kl, "paper_normal_kl"},
         {Divergence::paper_label_difference, "paper_label_difference"}}};
};
template <>
struct EnumNames<DivergenceMask> {
    static constexpr std::array<std::pair<DivergenceMask, std::string_view>, 2> values = {
        {{DivergenceMask::targets, "targets"}, {DivergenceMask::inputs, "inputs"}}};
};
template <>
struct EnumNames<Combine> {
    static constexpr std::array<std::pair<Combine, std::string_view>, 2> values = {
        {{Combine::combined, "combined"}, {Combine::alternating, "alternating"}}};
};
template <>
struct EnumNames<AlternatePer> {
    static constexpr std::array<std::pair<AlternatePer, std::string_view>, 2> values = {
        {{AlternatePer::step, "step"}, {AlternatePer::micro_batch, "micro_batch"}}};
};

template <class Visitor>
void describe(Visitor& v, AlphaSpec& s) {
    v.field("mode", s.mode, any(), {"Alpha", "How the weight of the cross-entropy is set."});
    v.field(
        "value", s.value, between(0, 1),
        {"Alpha value",
         "Weight of the cross-entropy, at first if it moves; the divergence has the rest. A fixed 1 needs no "
         "teacher."});
    v.field("rule", s.rule, any(),
            {"Adaptive rule",
             "corrected: the loss that falls more slowly gets more weight, by whole steps. paper: as "
             "its code computes it, where a rising loss gets less, by micro-batches."});
    v.field(
        "history", s.history, between(0, 1'000'000),
        {"History", "Window of adaptive and dwa; 0 takes a hundredth of all steps, at least 20.", "entries"});
    v.field("temperature", s.temperature, above(0),
            {"DWA temperature", "Of the softmax over loss ratios; higher is closer to equal weights."});
    v.field("rate", s.rate, above(0), {"Uncertainty rate", "Step of gradient descent on the log variances."});
    v.field("decay", s.decay, any(),
            {"Alpha decay",
             "Of a schedule: linear or cosine to the end value; wsd rises from it, holds, and returns."});
    v.field("end", s.end, between(0, 1), {"Alpha end", "Alpha at the end of a schedule."});
    v.field("share", s.share, between(0, 1),
            {"Ramp", "Share of all steps that a ramp of the schedule takes."});
}

template <class Visitor>
void describe(Visitor& v, DistillSpec& s) {
    v.object("alpha", s.alpha, {"Weights"});
    v.field("divergence", s.divergence, any(),
            {"Divergence", "How far the student q is from the teacher p; the formula is shown below."});
    v.field("beta", s.beta, within(0, 1), {"JSD β", "Share of the teacher in the mixture."});
    v.field("skew", s.skew, within(0, 1),
            {"Skew λ", "How much of its own side each skew divergence mixes in."});
    v.field("temperature", s.temperature, above(0),
            {"Temperature", "Divides the logits of both in the divergence; the cross-entropy stays at 1."});
    v.field("scale_t2", s.scale_t2, any(),
            {"Scale by T²", "Multiplies the divergence by the temperature squared."});
    v.field(
        "mask", s.mask, any(),
        {"Mask",
         "Positions of the divergence: all targets, or as the paper those whose input ends no document."});
    v.field("combine", s.combine, any(),
            {"Combine",
             "alpha · CE + (1 − alpha) · divergence on every step, or each alone in turns, CE first."});
    v.field("alternate_per", s.alternate_per, any(),
            {"Alternate per", "Optimiser step, or as the paper micro-batch."});
}

} // namespace retort
