// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/characters.h"

namespace retort {

std::int64_t count_words(std::string_view text) noexcept {
    std::int64_t words = 0;
    bool is_inside = false;
    while (!text.empty()) {
        const Character c = first_character(text);
        const bool is_letter = !is_white_space(c.code);
        words += is_letter && !is_inside ? 1 : 0;
        is_inside = is_letter;
        text.remove_prefix(c.bytes);
    }
    return words;
}

} // namespace retort
