// SPDX-License-Identifier: GPL-3.0-or-later
// Which tokens begin and end a text: tokenizer_config.json beside a tokenizer, in the form that Hugging
// Face's library transformers reads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace retort {

struct TokenizerConfig {
    std::string bos; ///< the token that begins a text; empty: not said
    std::string eos; ///< the token that ends it; empty: not said
    /// Made elsewhere: it does exactly what its own library does, and need not give back every text as it
    /// was.
    bool is_imported = false;
    std::string file; ///< the file that was imported, with the folder it lay in: "gpt2/tokenizer.json"
    std::int64_t entries = 0; ///< of the imported vocabulary; 0: not said
};

/// Of a folder, from tokenizer_config.json or else special_tokens_map.json; nothing said where there is
/// neither. Throws Error{data} when one is malformed.
[[nodiscard]] TokenizerConfig read_tokenizer_config(const std::filesystem::path& folder);

/// Writes tokenizer_config.json of an imported tokenizer.
void write_tokenizer_config(const std::filesystem::path& folder, const TokenizerConfig& config);

} // namespace retort
