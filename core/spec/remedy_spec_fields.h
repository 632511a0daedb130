// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of the remedies against forgetting. See spec/field.h.
#pragma once

#include "spec/distill_spec_fields.h"
#include "spec/field.h"
#include "spec/remedy_spec.h"

namespace retort {

template <>
struct EnumNames<StageAverage> {
    static constexpr std::array<std::pair<StageAverage, std::string_view>, 3> values = {
        {{StageAverage::none, "none"}, {StageAverage::running, "running"}, {StageAverage::fixed, "fixed"}}};
};

template <class Visitor>
void describe(Visitor& v, FreezeSpec& s) {
    v.field("layers", s.layers, between(0, 512),
            {"Frozen layers", "Lowest blocks that rest from the second stage on."});
    v.field("embeddings", s.embeddings, any(),
            {"Frozen embeddings", "They rest from the second stage on, and a tied head with them."});
}

template <class Visitor>
void describe(Visitor& v, AverageSpec& s) {
    v.field("kind", s.kind, any(),
            {"Average of stages",
             "What the weights become at the end of a stage. running: every stage counts alike; fixed: a "
             "share of the weights before it."});
    v.field("share", s.share, between(0, 1), {"Share of before", "Of the weights before the stage."});
}

template <class Visitor>
void describe(Visitor& v, EwcSpec& s) {
    v.field("strength", s.strength, at_least(0),
            {"Strength of EWC", "Holds weights that mattered near where they were; 0 is off."});
    v.field("sequences", s.sequences, at_least(1),
            {"Fisher sequences", "Of each stage, from which it is measured which weights matter."});
    v.field("decay", s.decay, between(0, 1),
            {"Fisher decay", "What is left of earlier stages' measure at the end of a stage."});
}

template <class Visitor>
void describe(Visitor& v, LwfSpec& s) {
    v.field("weight", s.weight, at_least(0),
            {"Weight of LwF", "The student before the stage is a second teacher; 0 is off."});
    v.field("divergence", s.divergence, any(), {"Divergence of LwF", "Between the student before and now."});
    v.field("temperature", s.temperature, above(0), {"Temperature of LwF"});
}

template <class Visitor>
void describe(Visitor& v, RemedySpec& s) {
    v.field("replay", s.replay, below_one(),
            {"Replay", "Share of a stage's sequences that are of earlier domains, as they were seen then."});
    v.object("freeze", s.freeze, {"Freezing"});
    v.object("average", s.average, {"Weight averaging"});
    v.object("ewc", s.ewc, {"Elastic weight consolidation"});
    v.object("lwf", s.lwf, {"Learning without forgetting"});
}

} // namespace retort
