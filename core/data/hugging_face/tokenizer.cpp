// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/files.h"
#include "data/hugging_face/added_tokens.h"
#include "data/hugging_face/byte_level.h"
#include "data/hugging_face/decoder.h"
#include "data/hugging_face/text_steps.h"
#include "data/tokenizer_config.h"
#include "data/tokenizer_model.h"
#include "data/utf8.h"

#include <algorithm>

namespace retort {
namespace fs = std::filesystem;
namespace hugging_face {
namespace {

/// Added tokens that are looked for in the text as it is, or in the normalised text.
AddedTokens patterns(const TokenizerFile& file, bool in_normalized) {
    std::vector<AddedTokens::Pattern> patterns;
    for (const AddedToken& token : file.added)
        if (token.is_normalized == in_normalized)
            patterns.push_back(
                {in_normalized ? normalized(token.content, file.normalizer) : token.content, token});
    return AddedTokens(std::move(patterns));
}

class HuggingFaceTokenizer : public TokenizerModel {
public:
    HuggingFaceTokenizer(TokenizerFile file, const fs::path& path, const TokenizerConfig& config)
        : file_(std::move(file)),
          bpe_(file_.model),
          in_text_(patterns(file_, false)),
          in_normalized_(patterns(file_, true)) {
        for (std::size_t id = 0; id < file_.tokens.size(); ++id)
            entries_.push_back(make_entry(file_.tokens[id]));
        if (file_.model.unknown) stands_for_nothing(*file_.model.unknown, PieceKind::unknown);
        is_special_.resize(entries_.size());
        for (const AddedToken& token : file_.added)
            if (token.is_special) set_special(token.id);
        choose_ends(path, config);
    }

    void encode(std::string_view text, SpecialText special, std::vector<std::int32_t>& ids) const override {
        const bool as_text = special == SpecialText::plain;
        for (const AddedTokens::Part& part : in_text_.split(text, as_text))
            if (part.id)
                ids.push_back(*part.id);
            else
                encode_normalized(normalized(part.text, file_.normalizer), as_text, ids);
    }

    [[nodiscard]] std::string decode(const std::vector<std::int32_t>& ids) const override {
        std::vector<std::string> tokens;
        for (const std::int32_t id : ids) {
            const auto place = static_cast<std::size_t>(id);
            if (!is_special_.at(place) && !file_.tokens[place].empty()) tokens.push_back(file_.tokens[place]);
        }
        return hugging_face::decode(file_.decoder, std::move(tokens));
    }

private:
    void stands_for_nothing(std::int32_t id, PieceKind kind) {
        VocabularyEntry& entry = entries_[static_cast<std::size_t>(id)];
        entry.bytes.clear();
        entry.kind = kind;
    }

    void set_special(std::int32_t id) {
        is_special_[static_cast<std::size_t>(id)] = true;
        if (id != file_.model.unknown) stands_for_nothing(id, PieceKind::control);
    }

    [[nodiscard]] VocabularyEntry make_entry(const std::string& token) const {
        if (token.empty()) return {{}, {}, PieceKind::control}; // an id that the file leaves out
        std::string bytes = decode_alone(file_.decoder, token);
        const bool is_byte = file_.model.byte_fallback
                                 ? byte_of_name(token).has_value()
                                 : bytes.size() == 1 && find_invalid_utf8(bytes).has_value();
        return {token, std::move(bytes), is_byte ? PieceKind::byte : PieceKind::text};
    }

    [[nodiscard]] std::optional<std::int32_t> find(std::string_view token) const {
        const auto found = std::ranges::find(file_.tokens, token);
        if (token.empty() || found == file_.tokens.end()) return {};
        return static_cast<std::int32_t>(found - file_.tokens.begin());
    }

    /// As the config says, or else by the names that are usual.
    [[nodiscard]] std::optional<std::int32_t> choose(const std::string& said, const fs::path& path,
                                                     std::initializer_list<const char*> usual) const {
        if (!said.empty()) {
            if (const auto id = find(said)) return id;
            throw Error(ErrorKind::data, "The tokenizer " + path.string() + " has no token \"" + said +
                                             "\"; name one that it has to begin and end texts.");
        }
        for (const char* name : usual)
            if (const auto id = find(name)) return id;
        return {};
    }

    void choose_ends(const fs::path& path, const TokenizerConfig& config) {
        const auto eos =
            choose(config.eos, path, {"</s>", "<|endoftext|>", "<|end_of_text|>", "<eos>", "[EOS]"});
        auto bos = choose(config.bos, path, {"<s>", "<|begin_of_text|>", "<bos>", "[BOS]"});
        if (!eos)
            throw Error(ErrorKind::data, "Nothing says which token of " + path.string() +
                                             " ends a text; name it as eos, and what begins one as bos.");
        if (!bos) bos = eos; // as GPT-2 has it
        bos_ = *bos;
        eos_ = *eos;
        for (const std::int32_t id : {bos_, eos_})
            stands_for_nothing(id, PieceKind::control);
    }

    void encode_normalized(std::string_view text, bool as_text, std::vector<std::int32_t>& ids) const {
        for (const AddedTokens::Part& part : in_normalized_.split(text, as_text))
            if (part.id)
                ids.push_back(*part.id);
            else
                encode_part(part.text, ids);
    }

    void encode_part(std::string_view text, std::vector<std::int32_t>& ids) const {
        if (!file_.byte_level) return bpe_.encode(text, ids);
        std::string spaced;
        if (file_.byte_level->adds_space && !text.starts_with(' ')) text = spaced = " " + std::string(text);
        if (!file_.byte_level->uses_regex) return bpe_.encode(letters_of_bytes(text), ids);
        for (const std::string_view word : gpt2_words(text))
            bpe_.encode(letters_of_bytes(word), ids);
    }

    TokenizerFile file_;
    Bpe bpe_;
    AddedTokens in_text_;
    AddedTokens in_normalized_;
    std::vector<bool> is_special_; ///< by id
};

} // namespace
} // namespace hugging_face

std::unique_ptr<TokenizerModel> load_hugging_face(const fs::path& file, const TokenizerConfig& config) {
    using namespace hugging_face;
    return std::make_unique<HuggingFaceTokenizer>(read_tokenizer_json(read_file(file), file.string()), file,
                                                  config);
}

} // namespace retort
