// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/files.h"
#include "data/segments.h"
#include "data/sentencepiece_module.h"
#include "data/tokenizer_config.h"
#include "data/tokenizer_model.h"
#include "data/utf8.h"

#include <algorithm>
#include <charconv>

namespace retort {
namespace fs = std::filesystem;
namespace {

using Ids = std::vector<std::int32_t>;

/// SentencePiece's mark for a space.
constexpr std::string_view space_mark = "\u2581";

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

[[noreturn]] void throw_unusable(const fs::path& file, const std::string& fault, const std::string& remedy) {
    throw Error(ErrorKind::data,
                file.string() + " is no tokenizer of Retort (" + fault + "); " + remedy + ".");
}

/// A model file: what Retort's own and imported ones have in common.
class SentencePieceTokenizer : public TokenizerModel {
public:
    explicit SentencePieceTokenizer(std::unique_ptr<const SentencePieceModel> pieces)
        : pieces_(std::move(pieces)) {
        for (int id = 0; id < pieces_->size(); ++id)
            entries_.push_back({pieces_->piece(id), bytes_of(id), pieces_->kind(id)});
    }

protected:
    void append(std::string_view text, Ids& ids) const {
        if (text.empty()) return;
        const std::string fault = pieces_->encode(text, ids);
        if (!fault.empty()) throw Error(ErrorKind::internal, "Cannot tokenise a text: " + fault + ".");
    }

    std::unique_ptr<const SentencePieceModel> pieces_;

private:
    [[nodiscard]] std::string bytes_of(int id) const {
        switch (pieces_->kind(id)) {
        case PieceKind::text:
            return with_spaces(pieces_->piece(id));
        case PieceKind::byte:
            return {byte_of(pieces_->piece(id))};
        default:
            return {};
        }
    }
};

class ImportedSentencePiece : public SentencePieceTokenizer {
public:
    ImportedSentencePiece(std::unique_ptr<const SentencePieceModel> pieces, const fs::path& file,
                          const TokenizerConfig& config)
        : SentencePieceTokenizer(std::move(pieces)) {
        eos_ = choose(config.eos, pieces_->eos(), file);
        bos_ = choose(config.bos, pieces_->bos(), file);
        if (eos_ < 0)
            throw_unusable(file, "nothing says which piece ends a text", "name one as eos, and one as bos");
        if (bos_ < 0) bos_ = eos_;
    }

    // The library knows no special tokens in a text.
    void encode(std::string_view text, SpecialText, Ids& ids) const override { append(text, ids); }
    [[nodiscard]] std::string decode(const Ids& ids) const override { return pieces_->decode(ids); }

private:
    [[nodiscard]] std::int32_t choose(const std::string& said, int own, const fs::path& file) const {
        if (said.empty()) return own;
        const int id = pieces_->id(said);
        if (pieces_->piece(id) != said)
            throw_unusable(file, "it has no piece \"" + said + "\"", "name one that it has");
        return id;
    }
};

/// Text comes back as it was: a space mark in the text is encoded by its bytes, where SentencePiece makes a
/// space of it.
class OwnSentencePiece : public SentencePieceTokenizer {
public:
    OwnSentencePiece(std::unique_ptr<const SentencePieceModel> pieces, const fs::path& file)
        : SentencePieceTokenizer(std::move(pieces)) {
        using enum PieceKind;
        bos_ = 1;
        eos_ = 2;
        if (std::ssize(entries_) < 3 || pieces_->kind(0) != unknown || pieces_->id("<s>") != bos_ ||
            pieces_->id("</s>") != eos_)
            throw_unusable(file, "its special ids are not 0, 1 and 2", "import it, or train one");
        is_bpe_ = pieces_->is_bpe();
        has_bytes_ = pieces_->kind(pieces_->id("<0x0A>")) == byte;
        space_mark_ids_ = byte_ids(space_mark);
        newline_ids_ = byte_ids("\n");
        for (const VocabularyEntry& entry : entries_)
            if (entry.kind == text) add_characters(entry.bytes);
        has_newlines_ = characters_.id(U'\n') >= 0 || joins_newlines_;
    }

    void encode(std::string_view text, SpecialText, Ids& ids) const override {
        const auto loan = caches_.lend();
        encode_between(space_mark, space_mark_ids_, text, ids, [&](std::string_view part) {
            if (is_bpe_)
                encode_segments(part, *loan, ids);
            else if (has_newlines_)
                append(part, ids);
            else
                encode_between("\n", newline_ids_, part, ids,
                               [&](std::string_view line) { append(line, ids); });
        });
    }

    [[nodiscard]] std::string decode(const Ids& ids) const override {
        std::string text;
        for (const std::int32_t id : ids)
            text += id == 0 ? unknown_text : entries_.at(static_cast<std::size_t>(id)).bytes;
        return replace_invalid_utf8(text);
    }

private:
    void add_characters(std::string_view piece) {
        Character last = first_character(piece);
        if (last.bytes == piece.size()) characters_.set(last.code, 0);
        for (piece.remove_prefix(last.bytes); !piece.empty(); piece.remove_prefix(last.bytes)) {
            const Character next = first_character(piece);
            joinable_.add(last.code, next.code);
            joins_newlines_ = joins_newlines_ || last.code == U'\n' || next.code == U'\n';
            last = next;
        }
    }

    [[nodiscard]] Ids byte_ids(std::string_view bytes) const {
        constexpr std::string_view digits = "0123456789ABCDEF";
        if (!has_bytes_) return {0};
        Ids ids;
        for (const char c : bytes) {
            const auto byte = static_cast<unsigned char>(c);
            ids.push_back(pieces_->id(std::string("<0x") + digits[byte >> 4U] + digits[byte & 15U] + ">"));
        }
        return ids;
    }

    /// Gives `encode_part` what lies between the places of `mark`, and writes the mark itself as `mark_ids`.
    template <class EncodePart>
    static void encode_between(std::string_view mark, const Ids& mark_ids, std::string_view text, Ids& ids,
                               const EncodePart& encode_part) {
        for (std::size_t place = text.find(mark); place != text.npos; place = text.find(mark)) {
            encode_part(text.substr(0, place));
            ids.insert(ids.end(), mark_ids.begin(), mark_ids.end());
            text.remove_prefix(place + mark.size());
        }
        encode_part(text);
    }

    void encode_segments(std::string_view text, SegmentCache& cache, Ids& ids) const {
        const auto is_glued = [this](char32_t left, char32_t right) {
            // SentencePiece makes one token of unknown characters side by side.
            return joinable_.may_join(left, right) ||
                   (!has_bytes_ && characters_.id(left) < 0 && characters_.id(right) < 0);
        };
        while (!text.empty()) {
            const std::string_view segment = text.substr(0, segment_length(text, is_glued));
            text.remove_prefix(segment.size());
            if (const Ids* kept = cache.find(segment)) {
                ids.insert(ids.end(), kept->begin(), kept->end());
                continue;
            }
            const std::size_t before = ids.size();
            append(segment, ids);
            cache.keep(segment, ids.data() + before, ids.data() + ids.size());
        }
    }

    static constexpr std::string_view unknown_text = " \u2047 "; ///< as SentencePiece prints it
    bool is_bpe_ = true;
    bool has_bytes_ = true;
    bool joins_newlines_ = false;
    bool has_newlines_ = false; ///< in pieces: else a text's lines can be encoded one by one
    Ids space_mark_ids_;
    Ids newline_ids_;
    CharacterTable characters_; ///< that are pieces
    JoinablePairs joinable_;
    mutable ScratchPool<SegmentCache> caches_;
};

} // namespace

std::unique_ptr<TokenizerModel> load_sentencepiece(const fs::path& file, const TokenizerConfig& config) {
    auto pieces = sentencepiece_module().load(read_file(file));
    if (!pieces) throw_unusable(file, "it cannot be read", "choose another or train one again");
    if (config.is_imported) return std::make_unique<ImportedSentencePiece>(std::move(pieces), file, config);
    return std::make_unique<OwnSentencePiece>(std::move(pieces), file);
}

} // namespace retort
