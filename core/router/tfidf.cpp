// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/tfidf.h"

#include "router/parts.h"
#include "router/state_lists.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace retort {
namespace {

/// The paper's code gave ids as text to scikit-learn, whose words have two letters or more.
bool is_dropped(std::int32_t token, RouterTokens tokens) {
    return tokens == RouterTokens::paper && token >= 0 && token <= 9;
}

/// Calls step(parent, token, first, length), which returns the feature of the longer run or none, for each
/// run of 1 … ngrams tokens; runs end at the first that is none.
template <class Step>
void walk_runs(Sequence sequence, const RouterSpec& spec, Step step) {
    for (std::size_t first = 0; first < sequence.size(); ++first) {
        if (is_dropped(sequence[first], spec.tokens)) continue;
        std::int32_t feature = FeatureIndex::none;
        std::int64_t tokens = 0;
        for (std::size_t i = first; i < sequence.size() && tokens < spec.ngrams; ++i) {
            if (is_dropped(sequence[i], spec.tokens)) continue;
            feature = step(feature, sequence[i], first, i + 1 - first);
            if (feature == FeatureIndex::none) break;
            ++tokens;
        }
    }
}

void scale_to_unit(std::span<double> values) {
    double squares = 0;
    for (const double value : values)
        squares += value * value;
    const double norm = std::sqrt(squares);
    for (double& value : values)
        value /= norm;
}

} // namespace

Tfidf::Tfidf(const RouterSpec& spec) : spec_(spec) {}

template <class Visit>
void Tfidf::visit(Sequence sequence, Visit visit) const {
    walk_runs(sequence, spec_,
              [&](std::int32_t parent, std::int32_t token, std::size_t first, std::size_t length) {
                  const std::int32_t feature = index_.find(parent, token);
                  if (feature != FeatureIndex::none) visit(feature, first, length);
                  return feature;
              });
}

std::size_t Tfidf::learn(std::span<const Sequence> sequences, const std::stop_token& stop) {
    index_ = {};
    std::vector<std::size_t> seen_in, documents; // by feature: the last sequence that had it, and how many do
    for (std::size_t s = 0; s < sequences.size(); ++s) {
        check_stop(stop);
        walk_runs(sequences[s], spec_,
                  [&](std::int32_t parent, std::int32_t token, std::size_t, std::size_t) {
                      const std::int32_t feature = index_.find_or_add(parent, token);
                      const auto at = static_cast<std::size_t>(feature);
                      if (at == documents.size()) {
                          documents.push_back(0);
                          seen_in.push_back(sequences.size());
                      }
                      if (seen_in[at] != s) ++documents[at];
                      seen_in[at] = s;
                      return feature;
                  });
    }
    const std::vector<std::int32_t> renumbered = index_.sort();
    idf_.assign(index_.size(), 0);
    const double rows = static_cast<double>(sequences.size()) + 1;
    for (std::size_t i = 0; i < documents.size(); ++i)
        idf_[static_cast<std::size_t>(renumbered[i])] =
            std::log(rows / (static_cast<double>(documents[i]) + 1)) + 1;
    return std::accumulate(documents.begin(), documents.end(), std::size_t{0});
}

SparseRows Tfidf::fit(std::span<const Sequence> sequences, const std::stop_token& stop) {
    const std::size_t values = learn(sequences, stop);
    SparseRows rows;
    rows.columns = features();
    rows.begins.reserve(sequences.size() + 1);
    rows.indices.reserve(values); // vectors that grow would hold their values twice
    rows.values.reserve(values);
    for (const Sequence sequence : sequences) {
        check_stop(stop);
        append(sequence, rows);
    }
    return rows;
}

SparseRows Tfidf::transform(std::span<const Sequence> sequences) const {
    SparseRows rows;
    rows.columns = features();
    for (const Sequence sequence : sequences)
        append(sequence, rows);
    return rows;
}

double Tfidf::weight(double count, std::int32_t feature) const {
    return (spec_.sublinear ? std::log(count) + 1 : count) * idf(feature);
}

void Tfidf::append(Sequence sequence, SparseRows& rows) const {
    // Kept between calls, or a short sequence would cost an allocation.
    thread_local std::vector<std::int32_t> found;
    found.clear();
    visit(sequence, [](std::int32_t feature, std::size_t, std::size_t) { found.push_back(feature); });
    const std::size_t begin = rows.values.size();
    append_counts(found, rows);
    if (rows.values.size() > begin) scale_to_unit(std::span(rows.values).subspan(begin));
    rows.begins.push_back(rows.values.size());
    constexpr std::size_t most_kept = std::size_t{1} << 20;
    if (found.capacity() > most_kept) found = {};
}

void Tfidf::append_counts(std::span<const std::int32_t> found, SparseRows& rows) const {
    const auto push = [&](std::int32_t feature, std::int64_t count) {
        rows.indices.push_back(feature);
        rows.values.push_back(weight(static_cast<double>(count), feature));
    };
    thread_local std::vector<std::int32_t> scratch; // by feature: its count; else the features, sorted
    if (found.size() > idf_.size() / 16) {
        scratch.assign(idf_.size(), 0);
        for (const std::int32_t feature : found)
            ++scratch[static_cast<std::size_t>(feature)];
        for (std::size_t i = 0; i < scratch.size(); ++i)
            if (scratch[i] > 0) push(static_cast<std::int32_t>(i), scratch[i]);
        return;
    }
    scratch.assign(found.begin(), found.end());
    std::ranges::sort(scratch);
    for (auto it = scratch.begin(); it != scratch.end();) {
        const auto end = std::find_if(it, scratch.end(), [&](std::int32_t other) { return other != *it; });
        push(*it, end - it);
        it = end;
    }
}

std::vector<std::int32_t> Tfidf::tokens_of(std::int32_t feature) const {
    return index_.tokens_of(feature);
}

std::vector<FeaturePlace> Tfidf::places(Sequence sequence) const {
    std::vector<FeaturePlace> places;
    visit(sequence, [&](std::int32_t feature, std::size_t first, std::size_t length) {
        places.push_back({feature, static_cast<std::int64_t>(first), static_cast<std::int64_t>(length)});
    });
    return places;
}

nlohmann::json Tfidf::state() const {
    return {{"parents", packed(index_.parents())},
            {"tokens", packed(index_.last_tokens())},
            {"idf", packed(idf_)}};
}

void Tfidf::restore(const nlohmann::json& state) {
    index_ = FeatureIndex::restored(unpacked<std::int32_t>(state, "parents"),
                                    unpacked<std::int32_t>(state, "tokens"), spec_.ngrams);
    idf_ = unpacked<double>(state, "idf", index_.size());
}

} // namespace retort
