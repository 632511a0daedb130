// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/tokenizer.h"

#include "data/tokenizer_config.h"
#include "data/utf8.h"

namespace retort {
namespace fs = std::filesystem;
namespace {

std::unique_ptr<const TokenizerModel> load(const fs::path& folder) {
    const TokenizerConfig config = read_tokenizer_config(folder);
    const fs::path json = folder / "tokenizer.json";
    if (fs::exists(json)) return load_hugging_face(json, config);
    return load_sentencepiece(folder / "tokenizer.model", config);
}

} // namespace

Tokenizer::Tokenizer(const fs::path& folder) : model_(load(folder)) {}

std::vector<std::int32_t> Tokenizer::encode(std::string_view text, SpecialText special) const {
    std::vector<std::int32_t> ids;
    if (find_invalid_utf8(text))
        model_->encode(replace_invalid_utf8(text), special, ids);
    else
        model_->encode(text, special, ids);
    return ids;
}

std::string Tokenizer::decode(const std::vector<std::int32_t>& ids) const {
    return model_->decode(ids);
}

std::string_view Tokenizer::bytes(std::int32_t id) const {
    constexpr std::string_view unknown_text = " \u2047 "; // as SentencePiece prints it
    return kind(id) == PieceKind::unknown ? unknown_text : std::string_view(entry(id).bytes);
}

} // namespace retort
