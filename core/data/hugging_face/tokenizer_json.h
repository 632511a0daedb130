// SPDX-License-Identifier: GPL-3.0-or-later
// What a tokenizer.json of Hugging Face's library tokenizers says, as values. Only what Retort does exactly
// as that library is taken: a BPE model; the normalizers Prepend and Replace; no pre-tokenizer or ByteLevel;
// the decoders Replace, ByteFallback, Fuse, Strip and ByteLevel; added tokens.
#pragma once

#include "data/hugging_face/bpe.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace retort::hugging_face {

struct AddedToken {
    std::int32_t id = 0;
    std::string content;
    bool takes_left_space = false;  ///< "lstrip"
    bool takes_right_space = false; ///< "rstrip"
    bool is_normalized = false;     ///< looked for in the normalised text, in its normalised form
    bool is_special = false;
};

struct NormalizerStep {
    enum class Kind { prepend, replace } kind = Kind::prepend;
    std::string pattern; ///< of replace
    std::string content;
};

struct ByteLevelSplit {
    bool adds_space = false; ///< before a text that has none
    bool uses_regex = true;  ///< cut as GPT-2 does
};

struct DecoderStep {
    enum class Kind { replace, byte_fallback, fuse, strip, byte_level } kind = Kind::fuse;
    std::string pattern = {};
    std::string content = {};
    std::size_t start = 0; ///< of strip: the most characters to take away
    std::size_t stop = 0;
};

struct TokenizerFile {
    std::vector<std::string> tokens; ///< by id; empty where an id has none
    BpeModel model;
    std::vector<AddedToken> added;
    std::vector<NormalizerStep> normalizer;
    std::optional<ByteLevelSplit> byte_level; ///< absent: no pre-tokenizer
    std::optional<std::vector<DecoderStep>> decoder;
};

/// `name` is the file's, for what is wrong with it. Throws Error{data} in one sentence that names the part
/// which is malformed, contradicts another, or asks for what Retort does not do.
[[nodiscard]] TokenizerFile read_tokenizer_json(const std::string& bytes, const std::string& name);

} // namespace retort::hugging_face
