// SPDX-License-Identifier: GPL-3.0-or-later
// What a router learns from and is asked: articles as token ids, cut into pieces, dealt into folds.
#pragma once

#include "data/corpus.h"
#include "data/token_store.h"
#include "router/tfidf.h"
#include "spec/run_spec.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace retort {

struct RoutingDocument {
    std::string id;          ///< of the article; the same in all languages of a parallel text
    std::string split;       ///< train, valid
    std::int64_t domain = 0; ///< of the run's data
    std::vector<std::int32_t> tokens;
};

/// Tokens of one document that are decided for together.
struct RoutingPiece {
    const RoutingDocument* document = nullptr;
    std::int64_t first = 0;
    Sequence tokens;
};

/// Both splits, domain by domain. Throws Error{data} when the corpus no longer has as many articles as the
/// tokens.
[[nodiscard]] std::vector<RoutingDocument> routing_documents(const Corpus& corpus, const TokenStore& store,
                                                             const std::vector<std::string>& domains);

/// The class of each domain: its place among those that the router knows, or -1 where it never learned it.
[[nodiscard]] std::vector<std::int64_t> classes_of(const std::vector<std::string>& domains,
                                                   const std::vector<std::string>& known);

using DocumentFilter = std::function<bool(const RoutingDocument&)>;

/// What a router learns from (RouterSpec::cut): the pieces follow each other, the last one of an article may
/// be shorter.
[[nodiscard]] std::vector<RoutingPiece> training_pieces(const std::vector<RoutingDocument>& documents,
                                                        const RouterSpec& spec, const DocumentFilter& chosen);

/// What a router is asked: whole pieces of `length` tokens that lie within an article, one after the other,
/// or whole articles for 0. Of more than `most` in a domain, `most` evenly spread ones.
[[nodiscard]] std::vector<RoutingPiece> evaluation_pieces(const std::vector<RoutingDocument>& documents,
                                                          std::int64_t length, std::size_t most,
                                                          const DocumentFilter& chosen);

/// 0 and 8, 16, … longest.
[[nodiscard]] std::vector<std::int64_t> evaluation_lengths(std::int64_t longest);

/// Deals articles into `folds` by their ids, so that the languages of one article stay together. Folds differ
/// by one id at most. The fold (0, 1, …) of each document.
[[nodiscard]] std::vector<std::int64_t> deal_folds(const std::vector<RoutingDocument>& documents,
                                                   std::int64_t folds, std::uint64_t seed);

} // namespace retort
