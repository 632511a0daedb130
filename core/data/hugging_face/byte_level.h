// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-2's way to write any bytes as letters, and to cut a text before it is encoded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort::hugging_face {

/// Each byte as one character that can be seen: itself, or one from U+0100 on.
[[nodiscard]] std::string letters_of_bytes(std::string_view bytes);

/// The inverse; nothing when a character stands for no byte.
[[nodiscard]] std::optional<std::string> bytes_of_letters(std::string_view letters);

/// The parts of a valid text by GPT-2's expression
///     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
/// in order; together they are the text.
[[nodiscard]] std::vector<std::string_view> gpt2_words(std::string_view text);

} // namespace retort::hugging_face
