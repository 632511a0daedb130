// SPDX-License-Identifier: GPL-3.0-or-later
// What is behind the door of tokenizer.h: one class for each kind of file.
#pragma once

#include "spec/token_counts.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

struct TokenizerConfig;

/// What a text's own "</s>" is.
enum class SpecialText {
    plain, ///< text like any other
    token  ///< the token, where the tokenizer's library takes it so
};

struct VocabularyEntry {
    std::string piece; ///< as a person reads it
    std::string bytes; ///< that it stands for
    PieceKind kind = PieceKind::text;
};

/// Any thread.
class TokenizerModel {
public:
    virtual ~TokenizerModel() = default;
    /// Appends the ids of valid UTF-8.
    virtual void encode(std::string_view text, SpecialText special, std::vector<std::int32_t>& ids) const = 0;
    [[nodiscard]] virtual std::string decode(const std::vector<std::int32_t>& ids) const = 0;

    [[nodiscard]] const std::vector<VocabularyEntry>& entries() const { return entries_; }
    [[nodiscard]] std::int32_t bos() const { return bos_; }
    [[nodiscard]] std::int32_t eos() const { return eos_; }

protected:
    std::vector<VocabularyEntry> entries_; ///< by id
    std::int32_t bos_ = 0;
    std::int32_t eos_ = 0;
};

/// Both throw Error{data}: a file that cannot be used, or a config that names tokens it does not have.
[[nodiscard]] std::unique_ptr<TokenizerModel> load_sentencepiece(const std::filesystem::path& file,
                                                                 const TokenizerConfig& config);
[[nodiscard]] std::unique_ptr<TokenizerModel> load_hugging_face(const std::filesystem::path& file,
                                                                const TokenizerConfig& config);

} // namespace retort
