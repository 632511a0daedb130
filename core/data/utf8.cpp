// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/utf8.h"

#include <algorithm>

namespace retort {
namespace {

bool is_continuation(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

/// Length that the first byte announces; 0 for a byte that begins no character.
std::size_t announced_length(unsigned char first) noexcept {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

/// The second bytes that would make an overlong form, a surrogate or a number above U+10FFFF.
bool is_excluded(unsigned char first, unsigned char second) noexcept {
    return (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
           (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
}

/// Bytes of the longest beginning of a character that `text`, which begins with none, begins with.
std::size_t broken_length(std::string_view text) noexcept {
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t announced = announced_length(first);
    std::size_t length = 1;
    while (length < announced && length < text.size() && is_continuation(text[length]) &&
           !(length == 1 && is_excluded(first, static_cast<unsigned char>(text[1]))))
        ++length;
    return length;
}

} // namespace

std::size_t utf8_length(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t length = announced_length(first);
    if (length <= 1) return length;
    if (text.size() < length || !std::ranges::all_of(text.substr(1, length - 1), is_continuation)) return 0;
    return is_excluded(first, static_cast<unsigned char>(text[1])) ? 0 : length;
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length(text.substr(i));
        if (length == 0) return i;
        i += length;
    }
    return std::nullopt;
}

std::int64_t count_characters(std::string_view text) noexcept {
    return std::ranges::count_if(text, [](char c) { return !is_continuation(c); });
}

std::string replace_broken_utf8(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t length = utf8_length(text), bytes = length == 0 ? broken_length(text) : length;
        out += length == 0 ? "\uFFFD" : text.substr(0, length);
        text.remove_prefix(bytes);
    }
    return out;
}

std::string replace_invalid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        out += length == 0 ? "\uFFFD" : text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

} // namespace retort
