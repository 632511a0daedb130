// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/piece_text.h"

#include "data/utf8.h"

#include <charconv>
#include <optional>

namespace retort {
namespace {

constexpr std::string_view word_start = "\xE2\x96\x81"; // U+2581, SentencePiece's space

/// Of a piece such as <0x0A>.
std::optional<char> byte_of(const std::string& piece) {
    unsigned value = 0;
    if (piece.size() != 6 || !piece.starts_with("<0x") || piece.back() != '>') return {};
    const auto [end, error] = std::from_chars(piece.data() + 3, piece.data() + 5, value, 16);
    if (error != std::errc() || end != piece.data() + 5) return {};
    return static_cast<char>(value);
}

std::string with_spaces(std::string_view piece) {
    std::string text;
    while (!piece.empty()) {
        const bool is_start = piece.starts_with(word_start);
        text += is_start ? ' ' : piece.front();
        piece.remove_prefix(is_start ? word_start.size() : 1);
    }
    return text;
}

} // namespace

std::vector<std::string> text_of_pieces(const Tokenizer& tokenizer, Sequence tokens, std::size_t most_bytes) {
    std::vector<std::string> texts;
    std::size_t bytes = 0, run = 0; // where the bytes of an unfinished character began
    for (const std::int32_t token : tokens) {
        if (bytes >= most_bytes) break;
        const std::string piece = tokenizer.piece(token);
        const auto byte = byte_of(piece);
        texts.emplace_back(byte ? std::string() : with_spaces(piece));
        bytes += byte ? 1 : texts.back().size();
        const bool goes_on = byte && run < texts.size() - 1 && find_invalid_utf8(texts[run]);
        if (!goes_on) run = texts.size() - 1;
        if (byte) texts[run] += *byte;
    }
    for (std::string& text : texts)
        text = replace_invalid_utf8(text);
    return texts;
}

} // namespace retort
