// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/json_elements.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace retort {
namespace {

constexpr std::size_t chunk_bytes = 1 << 20;
constexpr std::size_t longest_prefix = 64;
constexpr std::size_t kept_for_next = 4 << 20; ///< room of a long object that is not given back
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

constexpr std::array<bool, 256> marks_of(std::string_view characters) {
    std::array<bool, 256> marks{};
    for (const char c : characters)
        marks[static_cast<unsigned char>(c)] = true;
    return marks;
}

constexpr auto structure_marks = marks_of("\"{}[]\n");
constexpr auto string_marks = marks_of("\"\\\n");

const char* find_mark(const char* from, const char* end, const std::array<bool, 256>& marks) {
    while (from != end && !marks[static_cast<unsigned char>(*from)])
        ++from;
    return from;
}

} // namespace

JsonElements::JsonElements(ByteStream& stream, std::size_t limit)
    : stream_(stream), limit_(limit), chunk_(chunk_bytes) {
    if (fill(byte_order_mark.size()) &&
        std::string_view(chunk_.data(), byte_order_mark.size()) == byte_order_mark)
        at_ += byte_order_mark.size();
}

/// Whether `ahead` bytes are there from at_ on; reads on where they are not.
bool JsonElements::fill(std::size_t ahead) {
    if (end_ - at_ >= ahead) return true;
    if (is_inside_) keep();
    std::memmove(chunk_.data(), chunk_.data() + at_, end_ - at_);
    end_ -= at_;
    begin_ = at_ = 0;
    end_ += stream_.read({chunk_.data() + end_, chunk_.size() - end_});
    return end_ >= ahead;
}

/// Copies what the chunk holds of the object, before the chunk is overwritten.
void JsonElements::keep() {
    overflown_ = overflown_ || kept_.size() + (at_ - begin_) > limit_;
    if (overflown_)
        kept_.clear();
    else
        kept_.append(chunk_.data() + begin_, at_ - begin_);
    begin_ = at_;
}

bool JsonElements::next(JsonElement& element) {
    if (kept_.capacity() > kept_for_next) kept_ = {};
    kept_.clear();
    overflown_ = false;
    if (!to_element()) return false;
    element = {JsonElement::State::whole, {}, ++number_, line_};
    if (chunk_[at_] != '{') {
        element.state = JsonElement::State::foreign;
        skip_foreign();
        return true;
    }
    note_prefix();
    scan_object(element);
    return true;
}

/// To the brace that begins the next object, or to what is none.
bool JsonElements::to_element() {
    for (; fill(); ++at_) {
        const char c = chunk_[at_];
        if (c == '\n') {
            begin_line();
        } else if (c == '[') {
            in_array_ = true;
            only_blanks_ = closed_ = false;
        } else if (c == ']' || c == ',') {
            closed_ = closed_ || c == ']';
            only_blanks_ = false;
        } else if (c == ' ' || c == '\t') {
            if (blanks_.size() < longest_prefix) blanks_ += c;
        } else if (c != '\r') {
            return true;
        }
    }
    return false;
}

void JsonElements::begin_line() {
    ++line_;
    blanks_.clear();
    only_blanks_ = true;
}

void JsonElements::note_prefix() {
    if (prefix_.empty() && only_blanks_ && blanks_.size() < longest_prefix) prefix_ = blanks_ + '{';
    if (prefix_.empty()) prefix_ = "\n"; // no line begins so
    only_blanks_ = false;
}

/// Just behind a line's end: whether the line begins as the first object did.
bool JsonElements::at_new_element() {
    return fill(prefix_.size()) && std::string_view(chunk_.data() + at_, prefix_.size()) == prefix_;
}

void JsonElements::scan_object(JsonElement& element) {
    is_inside_ = true;
    begin_ = at_;
    const bool is_whole = scan_to_end(element);
    if (is_whole) {
        if (!kept_.empty() || overflown_) keep();
        const std::size_t size = overflown_ ? limit_ + 1 : kept_.empty() ? at_ - begin_ : kept_.size();
        if (size > limit_)
            element.state = JsonElement::State::too_large;
        else
            element.text = kept_.empty() ? std::string_view(chunk_.data() + begin_, size) : kept_;
    }
    is_inside_ = false;
    if (!is_whole) resume();
}

/// False when the object breaks off.
bool JsonElements::scan_to_end(JsonElement& element) {
    for (int depth = 0; fill();) {
        at_ = static_cast<std::size_t>(find_mark(chunk_.data() + at_, chunk_.data() + end_, structure_marks) -
                                       chunk_.data());
        if (at_ == end_) continue;
        const char c = chunk_[at_++];
        if (c == '"') {
            if (!scan_string()) break;
        } else if (c == '\n') {
            begin_line();
            if (at_new_element()) break;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (--depth == 0) {
            return true;
        }
    }
    element.state = JsonElement::State::broken;
    return false;
}

/// Behind the quote that ends a string; false when a line's end does, which no string may hold.
bool JsonElements::scan_string() {
    while (fill()) {
        at_ = static_cast<std::size_t>(find_mark(chunk_.data() + at_, chunk_.data() + end_, string_marks) -
                                       chunk_.data());
        if (at_ == end_) continue;
        const char c = chunk_[at_];
        if (c == '\n') return false;
        ++at_;
        if (c == '"') return true;
        if (fill() && chunk_[at_] != '\n') ++at_; // what a backslash escapes
    }
    return false;
}

/// To where the next object can begin after a broken one.
void JsonElements::resume() {
    while (fill() && chunk_[at_] != ']' && !at_new_element())
        skip_line();
}

void JsonElements::skip_line() {
    while (fill()) {
        const void* found = std::memchr(chunk_.data() + at_, '\n', end_ - at_);
        at_ = found == nullptr ? end_
                               : static_cast<std::size_t>(static_cast<const char*>(found) - chunk_.data());
        if (found == nullptr) continue;
        ++at_;
        begin_line();
        return;
    }
}

/// To the next line or object, whichever comes first.
void JsonElements::skip_foreign() {
    while (fill() && chunk_[at_] != '\n' && chunk_[at_] != '{')
        ++at_;
    only_blanks_ = false;
}

} // namespace retort
