// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a text as hashes: what near duplicates, repeated paragraphs and languages are told by.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace retort {

/// A permutation of the 64-bit numbers in which each bit depends on all. Source: Steele, Lea, Flood, "Fast
/// splittable pseudorandom number generators", OOPSLA 2014 (variant 13 of Stafford).
[[nodiscard]] constexpr std::uint64_t mix_bits(std::uint64_t value) noexcept {
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

/// FNV-1a of the bytes of a word, one by one. Source: draft-eastlake-fnv.
struct WordHash {
    std::uint64_t value = 0xCBF29CE484222325u;
    constexpr void add(unsigned char byte) noexcept { value = (value ^ byte) * 0x100000001B3u; }
};

namespace words_detail {

/// Letters of ASCII in lower case and bytes of other characters as they are; 0 for what separates words.
[[nodiscard]] constexpr std::array<unsigned char, 256> make_letters() {
    std::array<unsigned char, 256> letters{};
    for (int c = 'a'; c <= 'z'; ++c)
        letters[static_cast<std::size_t>(c)] = letters[static_cast<std::size_t>(c - 'a' + 'A')] =
            static_cast<unsigned char>(c);
    for (std::size_t c = 0x80; c < 256; ++c)
        letters[c] = static_cast<unsigned char>(c);
    return letters;
}
inline constexpr auto letters = make_letters();

/// Bytes of a separator that is not ASCII: signs of Latin 1, general punctuation, that of Chinese and
/// Japanese.
[[nodiscard]] inline std::size_t separator_length(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    if (byte(0) == 0xC2 && at + 1 < text.size()) return 2;
    if (at + 2 >= text.size()) return 0;
    if (byte(0) == 0xE2 && (byte(1) == 0x80 || byte(1) == 0x81)) return 3;
    return (byte(0) == 0xE3 && byte(1) == 0x80) || (byte(0) == 0xEF && byte(1) == 0xBC) ? 3 : 0;
}

/// Characters of writing that has no spaces (kana and Han) are words by themselves.
[[nodiscard]] inline bool is_ideograph(std::string_view text, std::size_t at) noexcept {
    const auto first = static_cast<unsigned char>(text[at]);
    return first >= 0xE3 && first <= 0xE9 && at + 2 < text.size();
}

} // namespace words_detail

/// Calls `visit` with the hash of each word of valid UTF-8: a run of letters, in lower case as far as they
/// are of ASCII or Latin 1. Digits and punctuation only separate.
template <class Visit>
void for_each_word(std::string_view text, Visit&& visit) {
    namespace detail = words_detail;
    for (std::size_t at = 0; at < text.size();) {
        WordHash hash;
        const std::size_t begin = at;
        while (at < text.size()) {
            const unsigned char letter = detail::letters[static_cast<unsigned char>(text[at])];
            if (letter == 0) break;
            if (letter < 0xC0 || letter > 0xEF) { // ASCII, or the inside of a character
                hash.add(letter);
                ++at;
                continue;
            }
            if (detail::separator_length(text, at) != 0) break;
            if (detail::is_ideograph(text, at)) {
                if (at != begin) break;
                for (int i = 0; i < 3; ++i)
                    hash.add(static_cast<unsigned char>(text[at++]));
                break;
            }
            hash.add(letter);
            const auto second = static_cast<unsigned char>(at + 1 < text.size() ? text[at + 1] : 0);
            const bool is_capital = letter == 0xC3 && second >= 0x80 && second <= 0x9E && second != 0x97;
            if (second != 0) hash.add(is_capital ? static_cast<unsigned char>(second + 0x20) : second);
            at += second == 0 ? 1 : 2;
        }
        if (at != begin)
            visit(hash.value);
        else
            at += static_cast<unsigned char>(text[at]) < 0x80 ? 1 : detail::separator_length(text, at);
    }
}

} // namespace retort
