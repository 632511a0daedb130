// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a modular model and of its evaluation. See spec/field.h.
#pragma once

#include "spec/field.h"
#include "spec/modular_spec.h"

namespace retort {

template <>
struct EnumNames<Architecture> {
    static constexpr std::array<std::pair<Architecture, std::string_view>, 3> values = {
        {{Architecture::ple, "ple"}, {Architecture::jeet, "jeet"}, {Architecture::moe_ce, "moe-ce"}}};
};
template <>
struct EnumNames<ExpertInit> {
    static constexpr std::array<std::pair<ExpertInit, std::string_view>, 2> values = {
        {{ExpertInit::shared, "shared"}, {ExpertInit::own, "own"}}};
};
template <>
struct EnumNames<RouteBy> {
    static constexpr std::array<std::pair<RouteBy, std::string_view>, 3> values = {
        {{RouteBy::label, "label"}, {RouteBy::router, "router"}, {RouteBy::wrong, "wrong"}}};
};
template <>
struct EnumNames<Abstention> {
    static constexpr std::array<std::pair<Abstention, std::string_view>, 3> values = {
        {{Abstention::likeliest, "likeliest"},
         {Abstention::common, "common"},
         {Abstention::mixture, "mixture"}}};
};

template <class Visitor>
void describe(Visitor& v, ModularSpec& s) {
    v.field(
        "architecture", s.architecture, any(),
        {"Architecture",
         "ple: experts trained alone, each a whole model. jeet: one embedding and head, a body per domain. "
         "moe-ce: jeet and a common expert that reads everything."});
    v.field("common_weight", s.common_weight, within(0, 1),
            {"Common weight", "Share of the common expert's hidden states beside one other expert's."});
    v.field("init", s.init, any(),
            {"Experts begin",
             "shared: all from the same weights, so that they can be averaged; own: each from "
             "its own."});
    v.field("head_bias", s.head_bias, any(),
            {"Head bias", "The untied head has a bias, as in the paper's code."});
    v.field("route", s.route, any(), {"Trained by", "Who says which expert learns from a sequence."});
    v.field("base", s.base, any(),
            {"Base", "Artifact of a finished modular model to build on; empty to begin afresh."});
    v.field("experts", s.experts, any(),
            {"Experts", "Names of domains; empty means one for each domain of the data."});
    v.field("train", s.train, any(),
            {"Experts that learn", "The others and all shared weights stay; empty means all, or, on a base, "
                                   "none."});
    v.field("files", s.files, any(), {"Expert files", "Files of experts to put in place of the base's."});
}

template <class Visitor>
void describe(Visitor& v, EvaluationSpec& s) {
    v.field("route", s.route, any(), {"Routed by", "Who says which expert reads a sequence."});
    v.field(
        "abstention", s.abstention, any(),
        {"On abstention",
         "What reads a sequence of which the router is unsure: the most probable expert, the common expert "
         "alone, or a mixture of all weighted by how well each has read the text so far."});
    v.field("grid", s.grid, any(),
            {"Grid", "Settings measured at the end: all, singles, leave-one-out, common, average, posterior, "
                     "parameters, paper, or one such as average(en+py)+common."});
}

} // namespace retort
