// SPDX-License-Identifier: GPL-3.0-or-later
// Characters (code points) of valid UTF-8, one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace retort {

struct Character {
    char32_t code = 0;
    std::size_t bytes = 0;
};

/// The character that `text`, which is valid UTF-8 and not empty, begins with.
[[nodiscard]] inline Character first_character(std::string_view text) noexcept {
    const auto at = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto six_bits = [at](std::size_t i) { return static_cast<char32_t>(at(i) & 0x3Fu); };
    const char32_t first = at(0);
    if (first < 0x80) return {first, 1};
    if (first < 0xE0) return {(first & 0x1Fu) << 6 | six_bits(1), 2};
    if (first < 0xF0) return {(first & 0x0Fu) << 12 | six_bits(1) << 6 | six_bits(2), 3};
    return {(first & 0x07u) << 18 | six_bits(1) << 12 | six_bits(2) << 6 | six_bits(3), 4};
}

/// Unicode's property White_Space.
[[nodiscard]] constexpr bool is_white_space(char32_t c) noexcept {
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/// Runs of characters that are no white space.
[[nodiscard]] std::int64_t count_words(std::string_view text) noexcept;

} // namespace retort
