// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// A place in a text.
struct Paragraph {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
    bool heading = false; ///< a title or the heading of a section
    [[nodiscard]] std::string_view of(std::string_view text) const { return text.substr(begin, size); }
    bool operator==(const Paragraph&) const = default;
};

struct Paragraphs {
    std::vector<Paragraph> places;
    bool blank_lines = false; ///< whether blank lines lie between them
};

/// Paragraphs of natural language: what blank lines separate, or where there are none, lines. Marked articles
/// (Wiki40B: _START_ARTICLE_, _START_SECTION_, _START_PARAGRAPH_, _NEWLINE_) are cut at their marks. Blanks
/// at the ends of paragraphs are not part of them.
[[nodiscard]] Paragraphs split_paragraphs(std::string_view text);

/// The paragraphs one after the other, without headings under which nothing stands.
[[nodiscard]] std::string join_paragraphs(std::string_view text, const Paragraphs& paragraphs);

} // namespace retort
