// SPDX-License-Identifier: GPL-3.0-or-later
// What a vocabulary costs each domain, and which entries belong to which domain. Pure functions on counts.
#pragma once

#include "spec/token_counts.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace retort {

/// Of one domain's text, or of all. A ratio without a denominator is NaN.
struct TokenRatios {
    std::string domain; ///< empty: all domains together
    std::int64_t tokens = 0;
    double per_word = 0; ///< tokens per word, the fertility
    double per_character = 0;
    double per_byte = 0;
    /// Shares of the tokens.
    double unknown = 0;
    double bytes = 0;             ///< pieces of one byte, to fall back on
    double single_characters = 0; ///< text of one character, a space alone included
    std::int64_t used = 0;        ///< entries that occur
};

[[nodiscard]] TokenRatios token_ratios(std::span<const Piece> pieces, const DomainTokens& domain);

/// Each domain, and all together last.
[[nodiscard]] std::vector<TokenRatios> token_ratios(const TokenCounts& counts);

/// What a vocabulary is made of; the entries of each kind.
struct VocabularyParts {
    std::int64_t entries = 0;
    std::int64_t words = 0; ///< text of several characters
    std::int64_t single_characters = 0;
    std::int64_t bytes = 0;
    std::int64_t specials = 0; ///< control and unknown
    std::int64_t unused = 0;   ///< text that no domain uses
};

[[nodiscard]] VocabularyParts vocabulary_parts(const TokenCounts& counts);

/// Whose piece an entry is. Domains weigh alike, however much text they have: a domain's share is its
/// frequency per token over the sum of all domains' frequencies.
struct PieceAffinity {
    std::int64_t id = 0;
    std::int64_t count = 0;     ///< in all domains
    std::vector<double> shares; ///< of each domain; all 0 for an entry that is not used
    std::size_t domain = 0;     ///< with the largest share, the first of several
    /// 0: all domains use it alike, 1: one alone; 1 − entropy of the shares / log of the domains. With few
    /// occurrences it is high by chance.
    double specificity = 0;
};

/// Of every entry, by id. With one domain all specificities are 0.
[[nodiscard]] std::vector<PieceAffinity> piece_affinities(const TokenCounts& counts);

struct CharacteristicPiece {
    std::int64_t id = 0;
    std::int64_t count = 0; ///< in the domain
    /// Frequency in the domain / frequency in the others together; infinite where they have none.
    double ratio = 0;
    /// Log-likelihood ratio G² of the two frequencies being one (Dunning 1993, Computational Linguistics
    /// 19(1)); it takes account of few occurrences, where `ratio` alone misleads. 10.83: p = 0.001.
    double evidence = 0;
};

/// Entries that the domain uses more often than the others together, by falling evidence, at most `most`.
/// Empty when there is one domain.
[[nodiscard]] std::vector<CharacteristicPiece> characteristic_pieces(const TokenCounts& counts,
                                                                     std::size_t domain, std::size_t most);

/// How even a tokenizer is: the largest tokens_per_byte of a domain / the smallest; NaN without text.
[[nodiscard]] double unevenness(std::span<const TokenRatios> domains);

} // namespace retort
