// SPDX-License-Identifier: GPL-3.0-or-later
// What a normalizer does to a text.
#pragma once

#include "data/hugging_face/tokenizer_json.h"

#include <string>
#include <string_view>
#include <vector>

namespace retort::hugging_face {

/// `text` with each `pattern`, from the left, replaced by `content`.
[[nodiscard]] std::string replaced(std::string_view text, std::string_view pattern, std::string_view content);

[[nodiscard]] std::string normalized(std::string_view text, const std::vector<NormalizerStep>& steps);

} // namespace retort::hugging_face
