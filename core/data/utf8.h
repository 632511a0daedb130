// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace retort {

/// Bytes of the character that `text` begins with; 0 when it is not UTF-8 or `text` is empty.
[[nodiscard]] std::size_t utf8_length(std::string_view text) noexcept;

/// Place of the first byte that is not UTF-8.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept;

/// Characters (code points) of valid UTF-8.
[[nodiscard]] std::int64_t count_characters(std::string_view text) noexcept;

/// The same text with U+FFFD in place of each byte that is not UTF-8.
[[nodiscard]] std::string replace_invalid_utf8(std::string_view text);

/// The same with one U+FFFD in place of the bytes of a character that breaks off, as Unicode recommends
/// ("maximal subparts", section 3.9).
[[nodiscard]] std::string replace_broken_utf8(std::string_view text);

} // namespace retort
