// SPDX-License-Identifier: GPL-3.0-or-later
// TF-IDF over token ids, as scikit-learn's TfidfVectorizer defines it with smooth_idf and norm "l2":
// idf(f) = ln((1 + n) / (1 + df(f))) + 1; a row is tf · idf divided by its L2 norm. Features are runs of 1 …
// ngrams tokens, in the order of their tokens.
#pragma once

#include "router/sparse_rows.h"
#include "spec/router_spec.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace retort {

/// Token ids without BOS and EOS.
using Sequence = std::span<const std::int32_t>;

/// Where a feature stands in a sequence.
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

    /// Learns features and idf from the sequences, and returns their rows.
    [[nodiscard]] SparseRows fit(std::span<const Sequence> sequences);
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

private:
    RouterSpec spec_;
    std::vector<double> idf_;
};

} // namespace retort
