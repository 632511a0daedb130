// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/paragraphs.h"

#include <algorithm>
#include <array>
#include <utility>

namespace retort {
namespace {

constexpr std::string_view blanks = " \t\r\n";

struct Mark {
    std::string_view word;
    bool heading; ///< what stands behind it is one
};
constexpr auto marks = std::to_array<Mark>({{"_START_ARTICLE_", true},
                                            {"_START_SECTION_", true},
                                            {"_START_PARAGRAPH_", false},
                                            {"_NEWLINE_", false}});

class Splitter {
public:
    explicit Splitter(std::string_view text) : text_(text) {}

    [[nodiscard]] Paragraphs split() {
        if (text_.find(marks[0].word) != std::string_view::npos ||
            text_.find(marks[2].word) != std::string_view::npos)
            cut_at_marks();
        else
            cut_at_lines();
        return std::move(found_);
    }

private:
    /// Without blanks at its ends; nothing when nothing else is in it.
    void add(std::size_t begin, std::size_t end, bool heading) {
        const std::string_view part = text_.substr(begin, end - begin);
        const std::size_t first = part.find_first_not_of(blanks);
        if (first == std::string_view::npos) return;
        const std::size_t last = part.find_last_not_of(blanks);
        found_.places.push_back({static_cast<std::uint32_t>(begin + first),
                                 static_cast<std::uint32_t>(last + 1 - first), heading});
    }

    /// The first line's end from `from` on behind which a line of blanks lies.
    [[nodiscard]] std::size_t find_blank_line(std::size_t from, std::size_t end) const {
        for (std::size_t at = text_.find('\n', from); at < end; at = text_.find('\n', at + 1)) {
            const std::size_t next = text_.find_first_not_of(" \t\r", at + 1);
            if (next < end && text_[next] == '\n') return at;
        }
        return end;
    }

    void cut_at_lines() {
        const std::size_t end = text_.find_last_not_of(blanks) + 1; // 0 where there is nothing else
        cut_at(0, end, find_blank_line(0, end) != end, false);
    }

    void cut_at(std::size_t begin, std::size_t end, bool blank_lines, bool heading) {
        found_.blank_lines = found_.blank_lines || blank_lines;
        while (begin < end) {
            const std::size_t stop =
                std::min(end, blank_lines ? find_blank_line(begin, end) : text_.find('\n', begin));
            add(begin, stop, heading);
            begin = stop + 1;
        }
    }

    void cut_at_marks() {
        bool heading = false;
        for (std::size_t at = 0; at < text_.size();) {
            std::size_t stop = text_.size();
            const Mark* next = nullptr;
            for (std::size_t from = at; next == nullptr; ++from) { // all marks begin with an underscore
                from = text_.find('_', from);
                if (from == std::string_view::npos) break;
                for (const Mark& mark : marks)
                    if (text_.substr(from).starts_with(mark.word)) {
                        next = &mark;
                        stop = from;
                    }
            }
            cut_at(at, stop, false, heading);
            at = stop + (next == nullptr ? 0 : next->word.size());
            heading = next != nullptr && next->heading;
        }
    }

    std::string_view text_;
    Paragraphs found_;
};

} // namespace

Paragraphs split_paragraphs(std::string_view text) {
    return Splitter(text).split();
}

std::string join_paragraphs(std::string_view text, const Paragraphs& paragraphs) {
    std::string joined;
    joined.reserve(text.size());
    const auto& places = paragraphs.places;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const bool title = i == 0;
        const bool is_empty_section =
            places[i].heading && !title && (i + 1 == places.size() || places[i + 1].heading);
        if (is_empty_section) continue;
        if (!joined.empty()) joined += paragraphs.blank_lines ? "\n\n" : "\n";
        joined += places[i].of(text);
    }
    return joined;
}

} // namespace retort
