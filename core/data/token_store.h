// SPDX-License-Identifier: GPL-3.0-or-later
// A tokenised corpus: for each split and domain one memory-mapped file of token ids, 2 or 4 bytes each,
// documents as BOS text EOS one after the other, cut into windows of context + 1 tokens whose borders no seed
// moves.
#pragma once

#include "base/files.h"
#include "data/tokenizer.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace retort {

/// Tokenises the corpus's domains of both splits into `folder` (tokens.json and one file each). Throws
/// Error{data} when a domain is missing in the corpus.
void tokenise_corpus(const Corpus& corpus, const std::vector<std::string>& domains,
                     const Tokenizer& tokenizer, const std::filesystem::path& folder,
                     const ProgressFunction& progress);

/// Reading is thread-safe.
class TokenStore {
public:
    /// Throws Error{data} when a file is missing, damaged, or its length is not what tokens.json says.
    explicit TokenStore(const std::filesystem::path& folder);

    [[nodiscard]] std::int64_t vocab() const { return vocab_; }
    /// The tokens around each document; they may be one.
    [[nodiscard]] std::int32_t bos() const { return bos_; }
    [[nodiscard]] std::int32_t eos() const { return eos_; }
    [[nodiscard]] std::vector<std::string> domains() const;
    [[nodiscard]] std::int64_t tokens(const std::string& split, const std::string& domain) const;
    /// Whole windows of context + 1 tokens; window w starts at token w × context (the last target of a window
    /// is the first input of the next, so every token but the first is a target once).
    [[nodiscard]] std::int64_t windows(const std::string& split, const std::string& domain,
                                       std::int64_t context) const;
    /// Copies window `index` into `out`, whose size is context + 1. Throws Error{internal} when out of range.
    void read_window(const std::string& split, const std::string& domain, std::int64_t index,
                     std::span<std::int64_t> out) const;
    /// Every document of a split, in the order of the corpus's articles, without BOS and EOS.
    [[nodiscard]] std::vector<std::vector<std::int32_t>> documents(const std::string& split,
                                                                   const std::string& domain) const;
    /// UTF-8 bytes each token id stands for; vocab() entries.
    [[nodiscard]] std::span<const std::int64_t> piece_bytes() const { return piece_bytes_; }

private:
    struct Stream {
        MappedFile file;
        std::int64_t tokens = 0;
    };
    void open_stream(const std::filesystem::path& folder, const std::string& split, const std::string& domain,
                     const Json& entry);
    [[nodiscard]] const Stream& stream(const std::string& split, const std::string& domain) const;

    std::int64_t vocab_ = 0;
    std::int32_t bos_ = 1; ///< as stores had it before they said so
    std::int32_t eos_ = 2;
    int token_bytes_ = 2;
    std::vector<std::string> domains_;
    std::vector<std::int64_t> piece_bytes_;
    std::map<std::pair<std::string, std::string>, Stream> streams_;
};

} // namespace retort
