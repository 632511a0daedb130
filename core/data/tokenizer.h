// SPDX-License-Identifier: GPL-3.0-or-later
// SentencePiece behind a door: text to token ids and back. Ids 0 unknown, 1 BOS, 2 EOS.
#pragma once

#include "data/corpus.h"
#include "spec/run_spec.h"
#include "spec/token_counts.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

inline constexpr std::int32_t bos_id = 1;
inline constexpr std::int32_t eos_id = 2;

class Tokenizer {
public:
    /// Loads tokenizer.model of a tokenizer artifact's folder. Throws Error{data}.
    explicit Tokenizer(const std::filesystem::path& folder);
    ~Tokenizer();
    Tokenizer(Tokenizer&&) noexcept;
    Tokenizer& operator=(Tokenizer&&) noexcept;

    [[nodiscard]] std::int64_t vocab() const;
    /// Without BOS and EOS. Newlines and tabs survive the round trip.
    [[nodiscard]] std::vector<std::int32_t> encode(std::string_view text) const;
    [[nodiscard]] std::string decode(const std::vector<std::int32_t>& ids) const;
    /// The bytes that a token stands for, which need not be whole letters; none for BOS and EOS.
    [[nodiscard]] std::string_view bytes(std::int32_t id) const;
    /// The piece as a person reads it, "▁the"; and the UTF-8 bytes that it stands for (0 for specials).
    [[nodiscard]] std::string piece(std::int32_t id) const;
    [[nodiscard]] std::int64_t piece_bytes(std::int32_t id) const;
    [[nodiscard]] PieceKind kind(std::int32_t id) const;

private:
    struct Model;
    std::unique_ptr<Model> model_;
};

/// Trains a tokenizer on equal amounts of text of each domain of the train split and writes tokenizer.model
/// into `folder`. Deterministic. Throws Error{data} when the text is too small for the vocabulary, naming the
/// largest vocabulary that is possible.
void train_tokenizer(const Corpus& corpus, const DataSpec& data, const std::filesystem::path& folder,
                     const ProgressFunction& progress);

} // namespace retort
