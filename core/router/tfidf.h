// SPDX-License-Identifier: GPL-3.0-or-later
// TF-IDF over token ids, as scikit-learn's TfidfVectorizer defines it with smooth_idf and norm "l2":
// idf(f) = ln((1 + n) / (1 + df(f))) + 1; a row is tf · idf divided by its L2 norm. Features are runs of 1 …
// ngrams tokens, in the lexicographic order of their tokens; RouterTokens::paper takes the ids 0 … 9 out of
// the sequence first, so that a run may reach across them.
#pragma once

#include "router/feature_index.h"
#include "router/sparse_rows.h"
#include "spec/router_spec.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <stop_token>
#include <vector>

namespace retort {

/// Token ids without BOS and EOS.
using Sequence = std::span<const std::int32_t>;

/// Where a feature stands in a sequence; dropped tokens between its own count to its length.
struct FeaturePlace {
    std::int32_t feature = 0;
    std::int64_t first = 0;
    std::int64_t length = 1;
};

/// Reading is thread-safe once fit() has returned.
class Tfidf {
public:
    /// Of a specification: ngrams, sublinear and tokens.
    explicit Tfidf(const RouterSpec& spec);

    /// Learns features and idf from the sequences, and returns their rows. Throws Error{data} on a token
    /// below 0 or above FeatureIndex::largest_token, Error{interrupted} on a stop.
    [[nodiscard]] SparseRows fit(std::span<const Sequence> sequences, const std::stop_token& stop = {});
    /// Features that were not learned are left out; a sequence without any is an empty row.
    [[nodiscard]] SparseRows transform(std::span<const Sequence> sequences) const;
    /// One row more at the end of `rows`.
    void append(Sequence sequence, SparseRows& rows) const;

    [[nodiscard]] std::int64_t features() const { return static_cast<std::int64_t>(idf_.size()); }
    /// Tokens of a feature.
    [[nodiscard]] std::vector<std::int32_t> tokens_of(std::int32_t feature) const;
    [[nodiscard]] double idf(std::int32_t feature) const { return idf_[static_cast<std::size_t>(feature)]; }
    /// Every known feature of the sequence, by place.
    [[nodiscard]] std::vector<FeaturePlace> places(Sequence sequence) const;

    /// restore(state()) makes the same rows. restore() throws Error{data} on what state() never gives.
    [[nodiscard]] nlohmann::json state() const;
    void restore(const nlohmann::json& state);

private:
    /// Returns how many values the rows of the sequences have.
    std::size_t learn(std::span<const Sequence> sequences, const std::stop_token& stop);
    /// Calls visit(feature, first, length) for each known feature of the sequence, by place.
    template <class Visit>
    void visit(Sequence sequence, Visit visit) const;
    [[nodiscard]] double weight(double count, std::int32_t feature) const;
    void append_counts(std::span<const std::int32_t> found, SparseRows& rows) const;

    RouterSpec spec_;
    FeatureIndex index_;
    std::vector<double> idf_;
};

} // namespace retort
