// SPDX-License-Identifier: GPL-3.0-or-later
// The words and signs of a filter; run_filter.h has the language.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

struct FilterToken {
    enum class Kind { word, quoted, sign, open, close, end, unclosed_quote };
    Kind kind = Kind::end;
    std::string text; ///< of a quoted one what is inside the quotes
    std::size_t place = 0;
    std::size_t length = 0; ///< in the text, with quotes
};

/// Ends with a token of kind end.
[[nodiscard]] std::vector<FilterToken> filter_tokens(std::string_view text);

/// In quotes where the text would be read otherwise without them.
[[nodiscard]] std::string quoted_for_filter(const std::string& text);

} // namespace retort
