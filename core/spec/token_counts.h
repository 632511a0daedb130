// SPDX-License-Identifier: GPL-3.0-or-later
// What a tokenizer made of a corpus, as counts: the values between those who count and those who compare.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace retort {

enum class PieceKind {
    text,
    byte,    ///< one byte of a character that has no entry of its own
    control, ///< a mark such as the beginning of a text; stands for no text
    unknown  ///< whatever else there is no entry for
};

/// An entry of a vocabulary.
struct Piece {
    std::string text; ///< as a person reads it, "▁the"
    PieceKind kind = PieceKind::text;
    std::int64_t characters = 0; ///< that it stands for, spaces included; 0 for all but text
};

/// One domain's text in tokens.
struct DomainTokens {
    std::string domain;
    std::int64_t articles = 0;
    std::int64_t words = 0; ///< runs of characters that are no white space, whatever the writing
    std::int64_t characters = 0;
    std::int64_t bytes = 0;
    std::vector<std::int64_t> counts; ///< of each id; marks around the articles are not counted
};

struct TokenCounts {
    std::string tokenizer; ///< its name
    std::vector<Piece> pieces;
    std::vector<DomainTokens> domains; ///< each with as many counts as there are pieces
};

} // namespace retort
