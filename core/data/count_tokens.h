// SPDX-License-Identifier: GPL-3.0-or-later
// How often a corpus uses each entry of a tokenizer.
#pragma once

#include "data/tokenizer.h"
#include "spec/token_counts.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace retort {

struct TokenCounting {
    std::vector<std::string> domains; ///< in this order; empty: all of the corpus
    std::string split = "train";
    std::int64_t most_bytes = 0; ///< of each domain's text, from its beginning; 0: all of it
};

/// All entries of a vocabulary, by id.
[[nodiscard]] std::vector<Piece> pieces_of(const Tokenizer& tokenizer);

/// Works with all cores; `progress` is called on this thread. Throws Error{data} when a domain is missing,
/// Error{interrupted} on a stop.
[[nodiscard]] TokenCounts count_tokens(const Corpus& corpus, const Tokenizer& tokenizer,
                                       const std::string& name, const TokenCounting& what = {},
                                       const ProgressFunction& progress = {}, std::stop_token stop = {});

} // namespace retort
