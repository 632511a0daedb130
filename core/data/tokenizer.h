// SPDX-License-Identifier: GPL-3.0-or-later
// Tokenizers behind a door: text to token ids and back, whatever file they come from.
#pragma once

#include "data/corpus.h"
#include "data/tokenizer_model.h"
#include "spec/run_spec.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// Any thread.
class Tokenizer {
public:
    /// Loads a tokenizer artifact's folder: a SentencePiece model (tokenizer.model), Retort's own or
    /// imported, or a tokenizer.json of Hugging Face. Throws Error{data}.
    explicit Tokenizer(const std::filesystem::path& folder);
    explicit Tokenizer(std::unique_ptr<const TokenizerModel> model) : model_(std::move(model)) {}

    [[nodiscard]] std::int64_t vocab() const { return std::ssize(model_->entries()); }
    /// The tokens that begin and end a text; they may be one.
    [[nodiscard]] std::int32_t bos() const { return model_->bos(); }
    [[nodiscard]] std::int32_t eos() const { return model_->eos(); }

    /// Without BOS and EOS. Text of Retort's own tokenizers that fall back on bytes survives the round trip;
    /// imported ones give exactly the ids of their own library. What is no UTF-8 becomes U+FFFD, byte by
    /// byte.
    [[nodiscard]] std::vector<std::int32_t> encode(std::string_view text,
                                                   SpecialText special = SpecialText::plain) const;
    [[nodiscard]] std::string decode(const std::vector<std::int32_t>& ids) const;
    /// The bytes that a token stands for, which need not be whole letters; none for BOS and EOS.
    [[nodiscard]] std::string_view bytes(std::int32_t id) const;
    /// The piece as a person reads it, "▁the"; and the UTF-8 bytes that it stands for (0 for specials). Where
    /// an imported tokenizer puts a space before every text, that space counts as one.
    [[nodiscard]] const std::string& piece(std::int32_t id) const { return entry(id).piece; }
    [[nodiscard]] std::int64_t piece_bytes(std::int32_t id) const { return std::ssize(entry(id).bytes); }
    [[nodiscard]] PieceKind kind(std::int32_t id) const { return entry(id).kind; }

private:
    [[nodiscard]] const VocabularyEntry& entry(std::int32_t id) const {
        return model_->entries().at(static_cast<std::size_t>(id));
    }
    std::unique_ptr<const TokenizerModel> model_;
};

/// Trains a tokenizer on text of each domain of the train split and writes tokenizer.model into `folder`: as
/// much of each, or by their sizes, as `data.tokenizer` says. Deterministic. Throws Error{data} when the text
/// is too small for the vocabulary, naming the largest vocabulary that is possible.
void train_tokenizer(const Corpus& corpus, const DataSpec& data, const std::filesystem::path& folder,
                     const ProgressFunction& progress);

} // namespace retort
