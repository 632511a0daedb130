// SPDX-License-Identifier: GPL-3.0-or-later
// Tokenizers that were made elsewhere.
#pragma once

#include "data/tokenizer.h"
#include "data/tokenizer_config.h"
#include "spec/run_spec.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace retort {

struct TokenizerSource {
    TokenizerKind kind = TokenizerKind::hugging_face_file;
    std::filesystem::path file;
    TokenizerConfig config; ///< as asked for, or as the files beside it say; may say nothing
};

/// By its name: tokenizer.json and the like, or a .model. Throws Error{usage} for any other.
[[nodiscard]] TokenizerKind kind_of_tokenizer_file(const std::filesystem::path& file);

/// Of a specification that names a file. Throws Error{data} when it is not there.
[[nodiscard]] TokenizerSource tokenizer_source(const TokenizerSpec& spec);

/// Reads the file where it lies. Throws Error{data} when it is no tokenizer that Retort can use, or nothing
/// says what ends a text.
[[nodiscard]] Tokenizer open_tokenizer(const TokenizerSource& source);

/// What is known of an imported tokenizer.
struct ImportedTokenizer {
    std::string file;    ///< as TokenizerConfig::file
    std::string library; ///< Hugging Face or SentencePiece
    std::int64_t entries = 0;
};
/// Of a folder that import_tokenizer() wrote; of one that an older version wrote, the file is said without
/// its folder.
[[nodiscard]] ImportedTokenizer imported_tokenizer(const std::filesystem::path& folder);

/// Copies the file into `folder`, as Tokenizer reads it. Throws as open_tokenizer() does.
void import_tokenizer(const TokenizerSource& source, const std::filesystem::path& folder);

} // namespace retort
