// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/piece_text.h"

#include "data/utf8.h"

namespace retort {
namespace {

/// Of a token without text its name.
std::string text_of(const Tokenizer& tokenizer, std::int32_t token) {
    const PieceKind kind = tokenizer.kind(token);
    return kind == PieceKind::control || kind == PieceKind::unknown ? tokenizer.piece(token)
                                                                    : std::string(tokenizer.bytes(token));
}

/// Whether bytes can go on an unfinished character.
bool is_rest(const std::string& bytes) {
    return !bytes.empty() && (static_cast<unsigned char>(bytes.front()) & 0xC0u) == 0x80u;
}

} // namespace

std::vector<std::string> text_of_pieces(const Tokenizer& tokenizer, Sequence tokens, std::size_t most_bytes) {
    std::vector<std::string> texts;
    std::size_t bytes = 0, run = 0; // where the bytes of an unfinished character began
    for (const std::int32_t token : tokens) {
        if (bytes >= most_bytes) break;
        std::string text = text_of(tokenizer, token);
        bytes += text.size();
        const bool goes_on = !texts.empty() && is_rest(text) && find_invalid_utf8(texts[run]);
        texts.emplace_back();
        if (!goes_on) run = texts.size() - 1;
        texts[run] += text;
    }
    for (std::string& text : texts)
        text = replace_invalid_utf8(text);
    return texts;
}

} // namespace retort
