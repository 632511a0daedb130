// SPDX-License-Identifier: GPL-3.0-or-later
// Where a text has tokens that were added to a vocabulary, such as "</s>".
#pragma once

#include "data/hugging_face/tokenizer_json.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace retort::hugging_face {

/// Any thread.
class AddedTokens {
public:
    struct Pattern {
        std::string text;
        AddedToken token;
    };
    /// Of several that begin at one place the longest is taken.
    explicit AddedTokens(std::vector<Pattern> patterns);

    struct Part {
        std::string_view text; ///< between tokens; empty for a token
        std::optional<std::int32_t> id;
    };
    /// All of `text`, in order, without empty parts of text. With `as_text`, special tokens are text like any
    /// other.
    [[nodiscard]] std::vector<Part> split(std::string_view text, bool as_text) const;

private:
    [[nodiscard]] const Pattern* match(std::string_view text) const;

    std::vector<Pattern> patterns_; ///< by first byte, then falling length
    std::array<std::size_t, 257> first_{};
};

} // namespace retort::hugging_face
