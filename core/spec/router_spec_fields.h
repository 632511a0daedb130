// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a router: names in a file, limits, and the words of the form. See spec/field.h.
#pragma once

#include "spec/field.h"
#include "spec/router_spec.h"

namespace retort {

template <>
struct EnumNames<Classifier> {
    static constexpr std::array<std::pair<Classifier, std::string_view>, 9> values = {
        {{Classifier::logistic, "logistic"},
         {Classifier::svm, "svm"},
         {Classifier::sgd, "sgd"},
         {Classifier::multinomial_nb, "multinomial_nb"},
         {Classifier::complement_nb, "complement_nb"},
         {Classifier::tree, "tree"},
         {Classifier::forest, "forest"},
         {Classifier::knn, "knn"},
         {Classifier::majority, "majority"}}};
};
template <>
struct EnumNames<RouterTokens> {
    static constexpr std::array<std::pair<RouterTokens, std::string_view>, 2> values = {
        {{RouterTokens::all, "all"}, {RouterTokens::paper, "paper"}}};
};
template <>
struct EnumNames<RouterUnit> {
    static constexpr std::array<std::pair<RouterUnit, std::string_view>, 2> values = {
        {{RouterUnit::sequence, "sequence"}, {RouterUnit::batch, "batch"}}};
};
template <>
struct EnumNames<RouterCut> {
    static constexpr std::array<std::pair<RouterCut, std::string_view>, 3> values = {
        {{RouterCut::article, "article"}, {RouterCut::window, "window"}, {RouterCut::mixed, "mixed"}}};
};

template <class Visitor>
void describe(Visitor& v, RouterSpec& s) {
    v.field("classifier", s.classifier, any(),
            {"Classifier", "What decides on the TF-IDF of the token ids."});
    v.field("tokens", s.tokens, any(),
            {"Tokens", "paper leaves ids of one digit out, as the paper's code did without saying so: tab, "
                       "newline and some signs that mark Python."});
    v.field("unit", s.unit, any(),
            {"Unit", "A decision for each sequence, or, as the paper's code, one for all of a batch."});
    v.field("batch", s.batch, between(1, 1'000'000), {"Batch", "Sequences that are decided for together."});
    v.field("ngrams", s.ngrams, between(1, 5), {"n-grams", "Longest run of tokens that is a feature."});
    v.field("sublinear", s.sublinear, any(), {"Sublinear", "1 + ln(count) instead of the count."});
    v.field("cut", s.cut, any(),
            {"Learns from", "Whole articles, pieces of one length, or pieces of 8, 16, … tokens in turn."});
    v.field("window", s.window, between(1, 65'536), {"Piece", "Tokens of a piece.", "tokens"});
    v.field(
        "longest", s.longest, between(8, 65'536),
        {"Longest input", "Evaluated on 8, 16, … up to this many tokens, and on whole articles.", "tokens"});
    v.field("folds", s.folds, between(0, 100),
            {"Folds", "Cross-validation by article over all text; 0 keeps the corpus's own splits."});
    v.field("c", s.c, above(0), {"C", "Inverse strength of the L2 penalty."});
    v.field("penalty", s.penalty, above(0), {"Penalty", "Strength of the L2 penalty."});
    v.field("smoothing", s.smoothing, at_least(0), {"Smoothing", "Added to each feature's sum."});
    v.field("trees", s.trees, between(1, 10'000), {"Trees"});
    v.field("neighbours", s.neighbours, between(1, 1000), {"Neighbours"});
    v.field(
        "coverage", s.coverage, {.min = 0, .max = 1, .min_is_open = true},
        {"Coverage",
         "Share of text of known domains that is to be decided, at each length; the least sure is unknown."});
    v.field("unknown", s.unknown, any(),
            {"Left out", "Domains that it never learns and should call unknown."});
}

} // namespace retort
