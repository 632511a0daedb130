// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/hugging_face/byte_level.h"

#include "data/characters.h"

#include <array>
#include <unicode/uchar.h>

namespace retort::hugging_face {
namespace {

/// Bytes that are seen as they are in Latin-1.
constexpr bool is_seen(unsigned byte) {
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

constexpr std::array<char32_t, 256> make_letters() {
    std::array<char32_t, 256> letters{};
    char32_t next = 0x100;
    for (unsigned byte = 0; byte < 256; ++byte)
        letters[byte] = is_seen(byte) ? char32_t{byte} : next++;
    return letters;
}
constexpr std::array<char32_t, 256> letters = make_letters();
constexpr std::size_t letters_end = 0x100 + 68; ///< 68 bytes are not seen

constexpr std::array<int, letters_end> make_bytes() {
    std::array<int, letters_end> bytes{};
    bytes.fill(-1);
    for (unsigned byte = 0; byte < 256; ++byte)
        bytes[letters[byte]] = static_cast<int>(byte);
    return bytes;
}
constexpr std::array<int, letters_end> bytes = make_bytes();

enum class Class { space, letter, number, other };

Class class_of(char32_t c) {
    if (is_white_space(c)) return Class::space;
    const std::uint32_t category = U_GET_GC_MASK(static_cast<UChar32>(c));
    if ((category & U_GC_L_MASK) != 0) return Class::letter;
    return (category & U_GC_N_MASK) != 0 ? Class::number : Class::other;
}

Class class_at(std::string_view text) {
    return class_of(first_character(text).code);
}

/// Bytes of the characters of one class that `text` begins with.
std::size_t run_length(std::string_view text, Class wanted) {
    std::size_t length = 0;
    while (length < text.size()) {
        const Character c = first_character(text.substr(length));
        if (class_of(c.code) != wanted) break;
        length += c.bytes;
    }
    return length;
}

std::size_t contraction_length(std::string_view text) {
    for (const std::string_view ending : {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"})
        if (text.starts_with(ending)) return ending.size();
    return 0;
}

/// White space but for its last character where a word follows: that one goes with the word, or stands alone.
std::size_t space_length(std::string_view text) {
    const std::size_t length = run_length(text, Class::space);
    if (length == text.size()) return length;
    std::size_t last = length - 1;
    while ((static_cast<unsigned char>(text[last]) & 0xC0u) == 0x80u)
        --last;
    return last > 0 ? last : length;
}

std::size_t word_length(std::string_view text) {
    if (const std::size_t contraction = contraction_length(text)) return contraction;
    const std::size_t space = text.front() == ' ' ? 1 : 0;
    if (space < text.size()) {
        const Class kind = class_at(text.substr(space));
        if (kind != Class::space) return space + run_length(text.substr(space), kind);
    }
    return space_length(text);
}

void append(char32_t c, std::string& text) { // U+0020 to U+0143
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else {
        text += static_cast<char>(0xC0u | c >> 6U);
        text += static_cast<char>(0x80u | (c & 0x3Fu));
    }
}

} // namespace

std::string letters_of_bytes(std::string_view text) {
    std::string seen;
    for (const char byte : text)
        append(letters[static_cast<unsigned char>(byte)], seen);
    return seen;
}

std::optional<std::string> bytes_of_letters(std::string_view text) {
    std::string raw;
    while (!text.empty()) {
        const Character c = first_character(text);
        if (c.code >= letters_end || bytes[c.code] < 0) return {};
        raw += static_cast<char>(bytes[c.code]);
        text.remove_prefix(c.bytes);
    }
    return raw;
}

std::vector<std::string_view> gpt2_words(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t length = word_length(text);
        words.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return words;
}

} // namespace retort::hugging_face
