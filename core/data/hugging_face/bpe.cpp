// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/hugging_face/bpe.h"

#include "data/utf8.h"

#include <algorithm>

namespace retort::hugging_face {
namespace {

std::uint64_t key(std::int32_t left, std::int32_t right) {
    return std::uint64_t{static_cast<std::uint32_t>(left)} << 32U | static_cast<std::uint32_t>(right);
}

bool is_one_character(std::string_view text) {
    return !text.empty() && utf8_length(text) == text.size();
}

char32_t last_character(std::string_view text) {
    std::size_t start = text.size() - 1;
    while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0u) == 0x80u)
        --start;
    return first_character(text.substr(start)).code;
}

std::string byte_name(unsigned byte) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return std::string("<0x") + digits[byte >> 4U] + digits[byte & 15U] + ">";
}

} // namespace

Bpe::Bpe(BpeModel model) : model_(std::move(model)) {
    std::unordered_map<std::int32_t, std::string_view> texts;
    for (const auto& [text, id] : model_.ids) {
        if (is_one_character(text)) characters_.set(first_character(text).code, id);
        texts[id] = text;
    }
    for (unsigned byte = 0; byte < 256; ++byte) {
        const auto found = model_.ids.find(byte_name(byte));
        byte_ids_[byte] = found == model_.ids.end() ? -1 : found->second;
    }
    for (std::size_t rank = 0; rank < model_.merges.size(); ++rank) {
        const MergeRule& merge = model_.merges[rank];
        rules_[key(merge.left, merge.right)] = {static_cast<std::int32_t>(rank), merge.joined};
    }
    add_joinable(texts);
}

Bpe::~Bpe() = default;

void Bpe::add_joinable(const std::unordered_map<std::int32_t, std::string_view>& texts) {
    const auto is_character_of_none = [this](std::int32_t id) {
        return id == model_.unknown || (model_.byte_fallback && std::ranges::count(byte_ids_, id) > 0);
    };
    for (const MergeRule& merge : model_.merges) {
        const std::string_view left = texts.at(merge.left), right = texts.at(merge.right);
        if (left.empty() || right.empty() || is_character_of_none(merge.left) ||
            is_character_of_none(merge.right))
            has_borders_ = false;
        else
            joinable_.add(last_character(left), first_character(right).code);
    }
    if (model_.ignore_merges) has_borders_ = false; // which looks at the whole text
}

bool Bpe::is_glued(char32_t left, char32_t right) const {
    if (!has_borders_ || joinable_.may_join(left, right)) return true;
    // Runs of unknown characters may become one, in an order of their own.
    return characters_.id(left) < 0 && characters_.id(right) < 0;
}

void Bpe::encode(std::string_view text, std::vector<std::int32_t>& ids) const {
    const auto loan = scratches_.lend();
    while (!text.empty()) {
        const std::size_t length =
            segment_length(text, [this](char32_t left, char32_t right) { return is_glued(left, right); });
        encode_segment(text.substr(0, length), *loan, ids);
        text.remove_prefix(length);
    }
}

void Bpe::encode_segment(std::string_view segment, Scratch& scratch, std::vector<std::int32_t>& ids) const {
    if (const auto* kept = scratch.cache.find(segment)) {
        ids.insert(ids.end(), kept->begin(), kept->end());
        return;
    }
    const std::size_t before = ids.size();
    const auto whole = model_.ignore_merges ? model_.ids.find(std::string(segment)) : model_.ids.end();
    if (whole != model_.ids.end()) {
        ids.push_back(whole->second);
    } else {
        scratch.characters.clear();
        split(segment, scratch.characters);
        merge(scratch);
        for (std::size_t i = 0; i < scratch.symbols.size();
             i = static_cast<std::size_t>(scratch.symbols[i].next))
            ids.push_back(scratch.symbols[i].id);
    }
    scratch.cache.keep(segment, ids.data() + before, ids.data() + ids.size());
}

bool Bpe::fall_back(std::string_view character, std::vector<std::int32_t>& ids) const {
    const auto id_of = [this](char c) { return byte_ids_[static_cast<unsigned char>(c)]; };
    if (!model_.byte_fallback || std::ranges::any_of(character, [&](char c) { return id_of(c) < 0; }))
        return false;
    for (const char c : character)
        ids.push_back(id_of(c));
    return true;
}

// An unknown character is written when the next known one comes, as the library does: bytes that stand
// between the two go before it.
void Bpe::split(std::string_view text, std::vector<std::int32_t>& ids) const {
    bool is_pending = false;
    const auto write_pending = [&] {
        if (is_pending) ids.push_back(*model_.unknown);
        is_pending = false;
    };
    while (!text.empty()) {
        const Character character = first_character(text);
        const std::int32_t id = characters_.id(character.code);
        if (id >= 0) {
            write_pending();
            ids.push_back(id);
        } else if (!fall_back(text.substr(0, character.bytes), ids) && model_.unknown) {
            if (!model_.fuse_unknown) write_pending();
            is_pending = true;
        }
        text.remove_prefix(character.bytes);
    }
    write_pending();
}

const Bpe::Merged* Bpe::rule(std::int32_t left, std::int32_t right) const {
    const auto found = rules_.find(key(left, right));
    return found == rules_.end() ? nullptr : &found->second;
}

void Bpe::propose(std::int32_t place, Scratch& scratch) const {
    const auto& symbols = scratch.symbols;
    const Symbol& left = symbols[static_cast<std::size_t>(place)];
    if (static_cast<std::size_t>(left.next) == symbols.size()) return;
    const Merged* merged = rule(left.id, symbols[static_cast<std::size_t>(left.next)].id);
    if (merged == nullptr) return;
    scratch.heap.push_back({merged->rank, place, merged->id});
    std::push_heap(scratch.heap.begin(), scratch.heap.end());
}

void Bpe::merge(Scratch& scratch) const {
    auto& [cache, characters, symbols, heap] = scratch;
    constexpr std::int32_t gone = -1;
    symbols.clear();
    heap.clear();
    for (const std::int32_t id : characters) {
        const auto place = static_cast<std::int32_t>(symbols.size());
        symbols.push_back({id, place - 1, place + 1});
    }
    for (std::size_t place = 0; place < symbols.size(); ++place)
        propose(static_cast<std::int32_t>(place), scratch);
    while (!heap.empty()) {
        std::pop_heap(heap.begin(), heap.end());
        const Candidate best = heap.back();
        heap.pop_back();
        Symbol& left = symbols[static_cast<std::size_t>(best.place)];
        if (left.id == gone || static_cast<std::size_t>(left.next) == symbols.size()) continue;
        Symbol& right = symbols[static_cast<std::size_t>(left.next)];
        const Merged* merged = rule(left.id, right.id);
        if (merged == nullptr || merged->id != best.id) continue; // it was joined otherwise meanwhile
        left.id = best.id;
        left.next = right.next;
        right.id = gone;
        if (static_cast<std::size_t>(left.next) < symbols.size())
            symbols[static_cast<std::size_t>(left.next)].previous = best.place;
        if (left.previous >= 0) propose(left.previous, scratch);
        propose(best.place, scratch);
    }
}

} // namespace retort::hugging_face
