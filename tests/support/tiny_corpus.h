// SPDX-License-Identifier: GPL-3.0-or-later
// A small synthetic corpus for tests: each domain has an alphabet and words of its own, so that a model can
// learn it and a classifier can tell it from the others.
#pragma once

#include "data/corpus.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace retort::test {

struct TinyCorpus {
    std::vector<std::string> domains = {"en", "fr", "de", "py"};
    std::int64_t train_kilobytes = 24; ///< of each domain, roughly
    std::int64_t valid_kilobytes = 4;
    std::uint64_t seed = 1;
};

/// Writes train.D.jsonl and valid.D.jsonl of each domain into `folder`, which is made. The same options give
/// the same bytes, and a domain's text depends on its name and not on the other domains.
void write_tiny_corpus(const std::filesystem::path& folder, const TinyCorpus& options = {});

/// Makes `scratch`/cache the cache folder of this process (XDG_CACHE_HOME) and imports a tiny corpus called
/// `name` into it. Enough text for a vocabulary of 300 to 600 and windows of 16 to 64 tokens.
Corpus import_tiny_corpus(const std::filesystem::path& scratch, const std::string& name = "tiny",
                          const TinyCorpus& options = {});

} // namespace retort::test
