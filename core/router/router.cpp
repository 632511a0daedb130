// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/router.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace retort {
namespace {

/// Domain by domain; a sequence without a feature teaches nothing.
void check_domains(const SparseRows& rows, std::span<const std::int32_t> labels,
                   const std::vector<std::string>& domains) {
    if (labels.size() != rows.rows())
        throw Error(ErrorKind::internal,
                    "A router was given texts without labels; this is a defect in Retort.");
    std::vector<bool> has_row(domains.size());
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (labels[i] >= 0 && static_cast<std::size_t>(labels[i]) < domains.size() &&
            !rows.row(i).columns.empty())
            has_row[static_cast<std::size_t>(labels[i])] = true;
    const auto missing = std::ranges::find(has_row, false);
    if (missing != has_row.end())
        throw Error(ErrorKind::data,
                    "The domain \"" + domains[static_cast<std::size_t>(missing - has_row.begin())] +
                        "\" has no text that a router can learn from; add text or leave the domain out.");
}

/// The row without its i-th value, of length 1 again.
SparseRows without(const SparseRow& row, std::size_t i) {
    SparseRows rest;
    const double kept = std::sqrt(std::max(1e-300, 1 - row.values[i] * row.values[i]));
    for (std::size_t j = 0; j < row.columns.size(); ++j) {
        if (j == i) continue;
        rest.indices.push_back(row.columns[j]);
        rest.values.push_back(row.values[j] / kept);
    }
    rest.begins.push_back(rest.values.size());
    return rest;
}

} // namespace

Router::Router(const RouterSpec& spec, std::vector<std::string> domains)
    : spec_(spec), domains_(std::move(domains)), tfidf_(spec), model_(make_classifier(spec)) {}

Router Router::train(const RouterSpec& spec, std::vector<std::string> domains,
                     std::span<const Sequence> sequences, std::span<const std::int32_t> labels,
                     std::uint64_t seed, std::stop_token stop) {
    Router router(spec, std::move(domains));
    const SparseRows rows = router.tfidf_.fit(sequences, stop);
    check_domains(rows, labels, router.domains_);
    router.model_->fit({rows, labels, static_cast<std::int64_t>(router.domains_.size())}, seed,
                       std::move(stop));
    return router;
}

double Router::threshold(std::int64_t tokens) const {
    const auto longer = std::ranges::upper_bound(thresholds_, tokens, {}, &LengthThreshold::tokens);
    return (longer == thresholds_.begin() ? longer : std::prev(longer))->confidence;
}

RoutingDecision Router::decide(Sequence sequence) const {
    thread_local SparseRows rows; // kept between calls: a short sequence costs no allocation for its row
    rows.begins.assign(1, 0);
    rows.indices.clear();
    rows.values.clear();
    tfidf_.append(sequence, rows);
    RoutingDecision decision;
    decision.probabilities.resize(domains_.size());
    model_->probabilities(rows.row(0), decision.probabilities);
    const auto likeliest = std::ranges::max_element(decision.probabilities);
    decision.likeliest = likeliest - decision.probabilities.begin();
    decision.confidence = *likeliest;
    if (!rows.indices.empty() && decision.confidence >= threshold(std::ssize(sequence)))
        decision.domain = decision.likeliest;
    return decision;
}

double Router::relative_weight(std::int64_t domain, std::size_t feature) const {
    double sum = 0;
    for (std::size_t k = 0; k < domains_.size(); ++k)
        sum += model_->weights(static_cast<std::int64_t>(k))[feature];
    return model_->weights(domain)[feature] - sum / static_cast<double>(domains_.size());
}

/// What each value of the row gives to the domain.
std::vector<double> Router::contributions(const SparseRow& row, std::int64_t domain) const {
    std::vector<double> given(row.columns.size());
    if (!model_->weights(domain).empty()) {
        for (std::size_t i = 0; i < given.size(); ++i)
            given[i] = row.values[i] * relative_weight(domain, static_cast<std::size_t>(row.columns[i]));
        return given;
    }
    std::vector<std::size_t> heaviest(given.size());
    std::iota(heaviest.begin(), heaviest.end(), std::size_t{0});
    std::ranges::stable_sort(heaviest, std::greater{}, [&](std::size_t i) { return row.values[i]; });
    heaviest.resize(std::min(heaviest.size(), most_left_out));
    std::vector<double> probabilities(domains_.size());
    const auto probability = [&](const SparseRow& of) {
        model_->probabilities(of, probabilities);
        return probabilities[static_cast<std::size_t>(domain)];
    };
    const double whole = probability(row);
    for (const std::size_t i : heaviest) {
        const SparseRows rest = without(row, i);
        given[i] = whole - probability(rest.row(0));
    }
    return given;
}

std::vector<TokenEvidence> Router::evidence(Sequence sequence, std::int64_t domain, std::size_t most) const {
    SparseRows rows;
    tfidf_.append(sequence, rows);
    const SparseRow row = rows.row(0);
    const std::vector<double> given = contributions(row, domain);
    std::vector<bool> is_listed(given.size());
    std::vector<TokenEvidence> evidence;
    for (const FeaturePlace& place : tfidf_.places(sequence)) {
        const auto at = static_cast<std::size_t>(std::ranges::lower_bound(row.columns, place.feature) -
                                                 row.columns.begin());
        if (is_listed[at] || given[at] == 0) continue;
        is_listed[at] = true;
        evidence.push_back({place.first, place.length, given[at]});
    }
    std::ranges::stable_sort(evidence, std::greater{}, &TokenEvidence::weight);
    evidence.resize(std::min(most, evidence.size()));
    return evidence;
}

std::vector<WeightedFeature> Router::top_features(std::int64_t domain, std::size_t most) const {
    if (model_->weights(domain).empty()) return {};
    std::vector<std::pair<double, std::int32_t>> weights;
    for (std::int32_t feature = 0; feature < features(); ++feature)
        weights.emplace_back(-relative_weight(domain, static_cast<std::size_t>(feature)), feature);
    const std::size_t count = std::min(most, weights.size());
    std::partial_sort(weights.begin(), weights.begin() + static_cast<std::ptrdiff_t>(count), weights.end());
    std::vector<WeightedFeature> top;
    for (std::size_t i = 0; i < count; ++i)
        top.push_back({tfidf_.tokens_of(weights[i].second), -weights[i].first});
    return top;
}

} // namespace retort
