// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/tokenizer.h"

#include "base/error.h"
#include "base/files.h"
#include "data/sentencepiece_module.h"
#include "data/utf8.h"

#include <algorithm>
#include <charconv>

namespace retort {
namespace fs = std::filesystem;
namespace {

/// SentencePiece's mark for a space. The character itself, in a text, would come back as a space, so it is
/// encoded by its three bytes.
constexpr std::string_view space_mark = "\u2581";
constexpr std::string_view unknown_text = " \u2047 "; ///< what SentencePiece prints for id 0

std::string with_spaces(std::string_view piece) {
    std::string text;
    while (!piece.empty()) {
        const bool is_space = piece.starts_with(space_mark);
        text += is_space ? ' ' : piece.front();
        piece.remove_prefix(is_space ? space_mark.size() : 1);
    }
    return text;
}

/// The byte that a piece such as "<0x0A>" stands for.
char byte_of(std::string_view piece) {
    unsigned value = 0;
    std::from_chars(piece.data() + 3, piece.data() + 5, value, 16);
    return static_cast<char>(value);
}

[[noreturn]] void throw_unusable(const fs::path& file, const std::string& fault) {
    throw Error(ErrorKind::data,
                file.string() + " is no tokenizer of Retort (" + fault + "); train the tokenizer again.");
}

} // namespace

struct Tokenizer::Model {
    std::unique_ptr<const SentencePieceModel> pieces;
    std::vector<std::string> texts; ///< the bytes each id stands for; empty for BOS and EOS

    void load(const fs::path& file);
    void encode(std::string_view text, std::vector<std::int32_t>& ids) const;

private:
    using Ids = std::vector<std::int32_t>;
    using Encoder = void (Model::*)(std::string_view, Ids&) const;

    [[nodiscard]] std::string text_of(int id) const;
    [[nodiscard]] Ids byte_ids(std::string_view bytes) const;
    /// Encodes what lies between the places of `mark` with `encoder`, and the mark itself as `mark_ids`.
    void encode_between(std::string_view mark, const Ids& mark_ids, Encoder encoder, std::string_view text,
                        Ids& ids) const;
    void encode_line(std::string_view line, Ids& ids) const;
    void encode_plain(std::string_view text, Ids& ids) const;

    Ids space_mark_ids_;
    Ids newline_ids_;
    bool lines_are_independent_ = false; ///< no piece has a newline: line by line gives the same ids, faster
};

std::string Tokenizer::Model::text_of(int id) const {
    switch (pieces->kind(id)) {
    case PieceKind::text:
        return with_spaces(pieces->piece(id));
    case PieceKind::byte:
        return {byte_of(pieces->piece(id))};
    default:
        return {};
    }
}

void Tokenizer::Model::load(const fs::path& file) {
    using enum PieceKind;
    pieces = sentencepiece_module().load(read_file(file));
    if (!pieces) throw_unusable(file, "it cannot be read");
    if (pieces->size() < 3 || pieces->kind(0) != unknown || pieces->id("<s>") != bos_id ||
        pieces->id("</s>") != eos_id)
        throw_unusable(file, "its special ids are not 0, 1 and 2");
    for (int id = 0; id < pieces->size(); ++id)
        texts.push_back(text_of(id));
    if (pieces->kind(pieces->id("<0x0A>")) != byte) throw_unusable(file, "it has no bytes to fall back on");
    space_mark_ids_ = byte_ids(space_mark);
    newline_ids_ = byte_ids("\n");
    lines_are_independent_ =
        pieces->kind(pieces->id("\n")) == unknown && std::ranges::none_of(texts, [](const std::string& t) {
            return t.size() > 1 && t.find('\n') != t.npos;
        });
}

Tokenizer::Model::Ids Tokenizer::Model::byte_ids(std::string_view bytes) const {
    constexpr std::string_view digits = "0123456789ABCDEF";
    Ids ids;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        ids.push_back(pieces->id(std::string("<0x") + digits[byte >> 4] + digits[byte & 15] + ">"));
    }
    return ids;
}

void Tokenizer::Model::encode(std::string_view text, Ids& ids) const {
    if (lines_are_independent_)
        encode_between("\n", newline_ids_, &Model::encode_line, text, ids);
    else
        encode_line(text, ids);
}

void Tokenizer::Model::encode_line(std::string_view line, Ids& ids) const {
    encode_between(space_mark, space_mark_ids_, &Model::encode_plain, line, ids);
}

void Tokenizer::Model::encode_between(std::string_view mark, const Ids& mark_ids, Encoder encoder,
                                      std::string_view text, Ids& ids) const {
    for (std::size_t place = text.find(mark); place != std::string_view::npos; place = text.find(mark)) {
        (this->*encoder)(text.substr(0, place), ids);
        ids.insert(ids.end(), mark_ids.begin(), mark_ids.end());
        text.remove_prefix(place + mark.size());
    }
    (this->*encoder)(text, ids);
}

void Tokenizer::Model::encode_plain(std::string_view text, Ids& ids) const {
    if (text.empty()) return;
    const std::string fault = pieces->encode(text, ids);
    if (!fault.empty()) throw Error(ErrorKind::internal, "Cannot tokenise a text: " + fault + ".");
}

Tokenizer::Tokenizer(const fs::path& folder) : model_(std::make_unique<Model>()) {
    model_->load(folder / "tokenizer.model");
}

Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;

std::int64_t Tokenizer::vocab() const {
    return static_cast<std::int64_t>(model_->texts.size());
}

std::vector<std::int32_t> Tokenizer::encode(std::string_view text) const {
    std::vector<std::int32_t> ids;
    model_->encode(text, ids);
    return ids;
}

std::string Tokenizer::decode(const std::vector<std::int32_t>& ids) const {
    std::string text;
    for (const std::int32_t id : ids)
        text += bytes(id);
    return replace_invalid_utf8(text);
}

std::string_view Tokenizer::bytes(std::int32_t id) const {
    return id == 0 ? unknown_text : std::string_view(model_->texts.at(static_cast<std::size_t>(id)));
}

std::string Tokenizer::piece(std::int32_t id) const {
    return model_->pieces->piece(id);
}

PieceKind Tokenizer::kind(std::int32_t id) const {
    return model_->pieces->kind(id);
}

std::int64_t Tokenizer::piece_bytes(std::int32_t id) const {
    return static_cast<std::int64_t>(model_->texts.at(static_cast<std::size_t>(id)).size());
}

} // namespace retort
