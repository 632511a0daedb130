// SPDX-License-Identifier: GPL-3.0-or-later
// The wall between SentencePiece and LibTorch. Debian's libsentencepiece carries a protobuf of its own and
// exports it; libtorch brings libprotobuf, another version with the same names; in one symbol scope each
// binds to the other's code and the program ends before main(). So SentencePiece is linked into a module that
// is loaded at run time with a scope of its own, and this interface is all that passes through.
#pragma once

#include "spec/token_counts.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace retort {

class SentencePieceModel {
public:
    virtual ~SentencePieceModel() = default;
    [[nodiscard]] virtual int size() const = 0;
    [[nodiscard]] virtual std::string piece(int id) const = 0;
    [[nodiscard]] virtual PieceKind kind(int id) const = 0;
    [[nodiscard]] virtual int id(const std::string& piece) const = 0;
    /// Of the pieces that begin and end a text; -1: there is none.
    [[nodiscard]] virtual int bos() const = 0;
    [[nodiscard]] virtual int eos() const = 0;
    /// Byte-pair encoding, whose pieces are scored by their rank; a unigram model has log-probabilities.
    [[nodiscard]] virtual bool is_bpe() const = 0;
    [[nodiscard]] virtual std::string decode(const std::vector<std::int32_t>& ids) const = 0;
    /// Appends ids; returns what went wrong, empty when nothing did. Any thread.
    [[nodiscard]] virtual std::string encode(std::string_view text, std::vector<std::int32_t>& ids) const = 0;
};

using SentencePieceOptions = std::unordered_map<std::string, std::string>;

class SentencePieceModule {
public:
    virtual ~SentencePieceModule() = default;
    /// Null when the bytes are no model.
    [[nodiscard]] virtual std::unique_ptr<SentencePieceModel> load(const std::string& bytes) const = 0;
    /// The bytes of a model trained on the lines; on failure nothing, and `error` says why.
    [[nodiscard]] virtual std::string train(const SentencePieceOptions& options,
                                            const std::vector<std::string>& lines,
                                            std::string& error) const = 0;
};

/// Loads the module at the first call. Throws Error{internal} when it is not beside the program.
[[nodiscard]] const SentencePieceModule& sentencepiece_module();

} // namespace retort
