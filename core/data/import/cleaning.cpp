// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import/cleaning.h"

#include "data/import/function_words.h"
#include "data/import/words.h"
#include "data/utf8.h"

#include <utility>
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace retort {
namespace {

/// Shorter ones may stand in many documents: names, dates, bylines.
constexpr std::size_t shortest_repeated = 40; // bytes

std::uint64_t hash_bytes(std::string_view text, std::uint64_t seed = 0) {
    return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

bool may_repeat(const Paragraph& paragraph) {
    return paragraph.heading || paragraph.size < shortest_repeated;
}

/// The hash of a paragraph from that of its words before `word`; 0 in the beginning.
std::uint64_t with_word(std::uint64_t hash, std::uint64_t word) {
    return mix_bits(hash + word);
}

class Cleaner {
public:
    Cleaner(CleanDocument& document, const CleaningSpec& spec)
        : document_(document), spec_(spec), judge_(LanguageJudge::of(document.source.domain)) {}

    void clean_prose() {
        Paragraphs found = split_paragraphs(text());
        document_.paragraphs.blank_lines = found.blank_lines;
        bool wrong = false;
        for (const Paragraph& paragraph : found.places) {
            if (paragraph.heading && !spec_.headings) continue;
            wrong = !keep(paragraph) || wrong;
        }
        if (document_.paragraphs.places.empty())
            document_.skip = wrong ? SkipReason::wrong_language : SkipReason::too_short;
    }
    void clean_code() {
        const std::string_view code = text();
        document_.paragraphs.places = {{0, static_cast<std::uint32_t>(code.size()), false}};
        document_.hashes = {0};
        for_each_word(code, [this](std::uint64_t word) { hasher_.word(word); });
    }
    void finish() {
        document_.text_hash = hash_text(text(), document_.paragraphs);
        if (!spec_.near_duplicates) return;
        MinHash hash;
        if (hasher_.finish(hash_bytes(document_.source.domain), hash)) document_.min_hash = hash;
    }

private:
    [[nodiscard]] std::string_view text() const { return document_.source.text; }

    /// Takes a paragraph in, unless it is in the wrong language.
    bool keep(const Paragraph& paragraph) {
        words_.clear();
        for_each_word(paragraph.of(text()), [this](std::uint64_t word) { words_.push_back(word); });
        if (!paragraph.heading) ++document_.tally.read;
        if (!paragraph.heading && is_foreign()) {
            ++document_.tally.wrong_language;
            return false;
        }
        std::uint64_t hash = 0;
        for (const std::uint64_t word : words_) {
            hash = with_word(hash, word);
            if (spec_.near_duplicates) hasher_.word(word);
        }
        document_.hashes.push_back(may_repeat(paragraph) ? 0 : hash);
        document_.paragraphs.places.push_back(paragraph);
        return true;
    }

    [[nodiscard]] bool is_foreign() {
        if (!spec_.wrong_language || !judge_) return false;
        judge_->begin();
        for (const std::uint64_t word : words_)
            judge_->word(word);
        return judge_->is_foreign();
    }

    CleanDocument& document_;
    const CleaningSpec& spec_;
    std::optional<LanguageJudge> judge_;
    MinHasher hasher_;
    std::vector<std::uint64_t> words_; ///< of the paragraph at hand
};

} // namespace

std::uint64_t hash_text(std::string_view text, const Paragraphs& paragraphs) {
    std::uint64_t hash = 0;
    for (const Paragraph& paragraph : paragraphs.places)
        hash = hash_bytes(paragraph.of(text), hash);
    return hash;
}

std::uint64_t hash_paragraph(std::string_view text, const Paragraph& paragraph) {
    std::uint64_t hash = 0;
    if (!may_repeat(paragraph))
        for_each_word(paragraph.of(text), [&](std::uint64_t word) { hash = with_word(hash, word); });
    return hash;
}

CleanDocument clean_document(SourceDocument&& document, std::uint32_t origin, bool code,
                             const CleaningSpec& spec) {
    CleanDocument clean;
    clean.source = std::move(document);
    clean.origin = origin;
    const std::string& text = clean.source.text;
    clean.read = {1, count_characters(text), std::ssize(text), 0};
    if (clean.read.characters < spec.min_characters) clean.skip = SkipReason::too_short;
    if (clean.read.characters > spec.max_characters) clean.skip = SkipReason::too_long;
    if (clean.skip) return clean;
    Cleaner cleaner(clean, spec);
    if (code)
        cleaner.clean_code();
    else
        cleaner.clean_prose();
    if (!clean.skip) cleaner.finish();
    return clean;
}

} // namespace retort
