// SPDX-License-Identifier: GPL-3.0-or-later
// From tokens back to text.
#pragma once

#include "data/hugging_face/tokenizer_json.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort::hugging_face {

/// The byte of an entry such as "<0x0A>".
[[nodiscard]] std::optional<char> byte_of_name(std::string_view token);

/// What decoding makes of the tokens; without a decoder they are joined by spaces.
[[nodiscard]] std::string decode(const std::optional<std::vector<DecoderStep>>& decoder,
                                 std::vector<std::string> tokens);

/// The bytes that one token stands for wherever it is in a text: steps that look at a text's ends are passed
/// over.
[[nodiscard]] std::string decode_alone(const std::optional<std::vector<DecoderStep>>& decoder,
                                       const std::string& token);

} // namespace retort::hugging_face
