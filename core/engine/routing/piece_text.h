// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/tokenizer.h"
#include "router/tfidf.h"

#include <string>
#include <vector>

namespace retort {

/// The text of each token as it stands in the sequence, so that a person can read which token is meant;
/// joined they are the decoded text. The bytes of a character that several tokens make up stand with the
/// first of them. Ends with the token that passes `most_bytes`.
[[nodiscard]] std::vector<std::string> text_of_pieces(const Tokenizer& tokenizer, Sequence tokens,
                                                      std::size_t most_bytes);

} // namespace retort
