// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/generation/text_stream.h"

#include "data/utf8.h"

#include <algorithm>

namespace retort {
namespace {

/// Bytes of the character that such a first byte begins; 1 for one that begins none.
std::size_t promised_length(char first) {
    const auto byte = static_cast<unsigned char>(first);
    return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
}

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// Bytes at the end that may yet become a character.
std::size_t incomplete_letter(std::string_view text) {
    for (std::size_t length = 1; length <= std::min<std::size_t>(3, text.size()); ++length) {
        const char first = text[text.size() - length];
        if (!continues(first)) return promised_length(first) > length ? length : 0;
    }
    return 0;
}

/// Bytes at the end that may yet become `stop`.
std::size_t incomplete_stop(std::string_view text, std::string_view stop) {
    for (std::size_t length = std::min(text.size(), stop.empty() ? 0 : stop.size() - 1); length > 0; --length)
        if (text.ends_with(stop.substr(0, length))) return length;
    return 0;
}

} // namespace

std::string TextStream::add(std::string_view bytes) {
    if (is_stopped_) return {};
    held_ += bytes;
    const std::size_t place = stop_.empty() ? std::string::npos : held_.find(stop_);
    is_stopped_ = place != std::string::npos;
    if (is_stopped_) {
        held_.resize(place);
        return finish();
    }
    return release(held_.size() - std::max(incomplete_letter(held_), incomplete_stop(held_, stop_)));
}

std::string TextStream::finish() {
    return release(held_.size());
}

std::string TextStream::release(std::size_t count) {
    const std::string text = replace_invalid_utf8(std::string_view(held_).substr(0, count));
    held_.erase(0, count);
    return text;
}

} // namespace retort
