// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/hugging_face/added_tokens.h"

#include <algorithm>

namespace retort::hugging_face {
namespace {

unsigned char first_byte(std::string_view text) {
    return static_cast<unsigned char>(text.front());
}

/// Where the white space at the end begins.
std::size_t trimmed_end(std::string_view text) {
    std::size_t end = text.size();
    while (end > 0) {
        std::size_t start = end - 1;
        while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0u) == 0x80u)
            --start;
        if (!is_white_space(first_character(text.substr(start)).code)) break;
        end = start;
    }
    return end;
}

std::size_t leading_space(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size()) {
        const Character c = first_character(text.substr(length));
        if (!is_white_space(c.code)) break;
        length += c.bytes;
    }
    return length;
}

} // namespace

AddedTokens::AddedTokens(std::vector<Pattern> patterns) : patterns_(std::move(patterns)) {
    std::erase_if(patterns_, [](const Pattern& pattern) { return pattern.text.empty(); });
    std::ranges::stable_sort(patterns_, [](const Pattern& a, const Pattern& b) {
        return first_byte(a.text) != first_byte(b.text) ? first_byte(a.text) < first_byte(b.text)
                                                        : a.text.size() > b.text.size();
    });
    for (std::size_t byte = 0; byte < 257; ++byte)
        first_[byte] = static_cast<std::size_t>(
            std::ranges::lower_bound(patterns_, byte, {},
                                     [](const Pattern& p) { return std::size_t{first_byte(p.text)}; }) -
            patterns_.begin());
}

const AddedTokens::Pattern* AddedTokens::match(std::string_view text) const {
    const std::size_t byte = first_byte(text);
    for (std::size_t i = first_[byte]; i < first_[byte + 1]; ++i)
        if (text.starts_with(patterns_[i].text)) return &patterns_[i];
    return nullptr;
}

std::vector<AddedTokens::Part> AddedTokens::split(std::string_view text, bool as_text) const {
    std::vector<Part> parts;
    std::size_t done = 0;
    const auto add_text = [&](std::size_t end) {
        if (done < end) parts.push_back({text.substr(done, end - done), {}});
    };
    for (std::size_t place = 0; place < text.size();) {
        const Pattern* found = match(text.substr(place));
        if (found == nullptr) {
            ++place;
            continue;
        }
        std::size_t start = place, stop = place + found->text.size();
        place = stop;
        if (as_text && found->token.is_special) continue;
        if (found->token.takes_left_space) start = std::max(trimmed_end(text.substr(0, start)), done);
        if (found->token.takes_right_space) stop += leading_space(text.substr(stop));
        add_text(start);
        parts.push_back({{}, found->token.id});
        done = stop;
    }
    add_text(text.size());
    return parts;
}

} // namespace retort::hugging_face
