// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/tokenizer.h"

#include "base/error.h"
#include "base/files.h"
#include "data/utf8.h"

#include <charconv>
#include <sentencepiece_processor.h>

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
    sentencepiece::SentencePieceProcessor processor;
    std::vector<std::string> texts; ///< the bytes each id stands for; empty for BOS and EOS
    std::vector<std::int32_t> space_mark_ids;

    void load(const fs::path& file);
    void encode(std::string_view text, std::vector<std::int32_t>& ids) const;

private:
    [[nodiscard]] std::string text_of(int id) const;
};

std::string Tokenizer::Model::text_of(int id) const {
    if (processor.IsControl(id) || processor.IsUnknown(id)) return {};
    const std::string& piece = processor.IdToPiece(id);
    return processor.IsByte(id) ? std::string(1, byte_of(piece)) : with_spaces(piece);
}

void Tokenizer::Model::load(const fs::path& file) {
    const std::string bytes = read_file(file);
    if (!processor.LoadFromSerializedProto(bytes).ok()) throw_unusable(file, "it cannot be read");
    if (processor.unk_id() != 0 || processor.bos_id() != bos_id || processor.eos_id() != eos_id)
        throw_unusable(file, "its special ids are not 0, 1 and 2");
    for (int id = 0; id < processor.GetPieceSize(); ++id)
        texts.push_back(text_of(id));
    for (const char* piece : {"<0xE2>", "<0x96>", "<0x81>"})
        space_mark_ids.push_back(processor.PieceToId(piece));
    if (!processor.IsByte(space_mark_ids.front())) throw_unusable(file, "it has no bytes to fall back on");
}

void Tokenizer::Model::encode(std::string_view text, std::vector<std::int32_t>& ids) const {
    std::vector<int> part;
    const auto status = processor.Encode(text, &part);
    if (!status.ok()) throw Error(ErrorKind::internal, "Cannot tokenise a text: " + status.ToString() + ".");
    ids.insert(ids.end(), part.begin(), part.end());
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
    for (std::size_t mark = text.find(space_mark); mark != std::string_view::npos;
         mark = text.find(space_mark)) {
        model_->encode(text.substr(0, mark), ids);
        ids.insert(ids.end(), model_->space_mark_ids.begin(), model_->space_mark_ids.end());
        text.remove_prefix(mark + space_mark.size());
    }
    model_->encode(text, ids);
    return ids;
}

std::string Tokenizer::decode(const std::vector<std::int32_t>& ids) const {
    std::string bytes;
    for (const std::int32_t id : ids)
        bytes += id == 0 ? unknown_text : model_->texts.at(static_cast<std::size_t>(id));
    return replace_invalid_utf8(bytes);
}

std::string Tokenizer::piece(std::int32_t id) const {
    return model_->processor.IdToPiece(id);
}

std::int64_t Tokenizer::piece_bytes(std::int32_t id) const {
    return static_cast<std::int64_t>(model_->texts.at(static_cast<std::size_t>(id)).size());
}

} // namespace retort
