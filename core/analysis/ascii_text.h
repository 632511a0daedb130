// SPDX-License-Identifier: GPL-3.0-or-later
// Text compared without regard to capitals, of the letters a to z; all others count as they are.
#pragma once

#include <algorithm>
#include <string_view>

namespace retort {

[[nodiscard]] constexpr char small(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] constexpr bool same_letter(char a, char b) noexcept {
    return small(a) == small(b);
}

[[nodiscard]] inline bool same_text(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, same_letter);
}

[[nodiscard]] inline bool contains_text(std::string_view text, std::string_view part) {
    return part.empty() || !std::ranges::search(text, part, same_letter).empty();
}

} // namespace retort
