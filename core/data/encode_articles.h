// SPDX-License-Identifier: GPL-3.0-or-later
// The articles of a corpus in tokens, made by all cores.
#pragma once

#include "data/tokenizer.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace retort {

using EncodedVisitor = std::function<void(const Article&, const std::vector<std::int32_t>& ids)>;

/// Visits the articles of one file in their order, on the calling thread, while the others encode the next.
/// A few batches of text are in memory at once, whatever the file's length. What `visit` throws ends it.
/// Throws Error{data} as for_each_article() does.
void for_each_encoded(const Corpus& corpus, const std::string& split, const std::string& domain,
                      const Tokenizer& tokenizer, const EncodedVisitor& visit);

} // namespace retort
