// SPDX-License-Identifier: GPL-3.0-or-later
// Byte-pair encoding by rank, as the library tokenizers of Hugging Face merges: of all neighbours that have a
// rule, those of the lowest rank are joined first, and of equals the leftmost (Sennrich et al. 2016,
// arXiv 1508.07909). Needs n log n time for n characters, so that a text without word borders is no trouble.
#pragma once

#include "data/segments.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace retort::hugging_face {

/// The rank is the place in the list; of equal pairs the last rule counts.
struct MergeRule {
    std::int32_t left = 0;
    std::int32_t right = 0;
    std::int32_t joined = 0;
};

struct BpeModel {
    std::unordered_map<std::string, std::int32_t> ids;
    std::vector<MergeRule> merges;
    std::optional<std::int32_t> unknown;
    bool fuse_unknown = false;
    bool byte_fallback = false;
    bool ignore_merges = false; ///< a text that is an entry is that entry, whatever the rules say
};

/// Any thread.
class Bpe {
public:
    explicit Bpe(BpeModel model);
    ~Bpe();

    /// Appends the ids of a text that is one word to it: valid UTF-8, merged from end to end.
    void encode(std::string_view text, std::vector<std::int32_t>& ids) const;

private:
    struct Merged {
        std::int32_t rank = 0;
        std::int32_t id = 0;
    };
    struct Symbol {
        std::int32_t id;
        std::int32_t previous;
        std::int32_t next; ///< of the last: the number of symbols
    };
    struct Candidate {
        std::int32_t rank;
        std::int32_t place;
        std::int32_t id;
        /// For a heap with the lowest rank, then the leftmost, on top.
        bool operator<(const Candidate& other) const {
            return rank != other.rank ? rank > other.rank : place > other.place;
        }
    };
    /// What one thread works with.
    struct Scratch {
        SegmentCache cache;
        std::vector<std::int32_t> characters;
        std::vector<Symbol> symbols;
        std::vector<Candidate> heap;
    };

    [[nodiscard]] const Merged* rule(std::int32_t left, std::int32_t right) const;
    [[nodiscard]] bool is_glued(char32_t left, char32_t right) const;
    void add_joinable(const std::unordered_map<std::int32_t, std::string_view>& texts);
    void encode_segment(std::string_view segment, Scratch& scratch, std::vector<std::int32_t>& ids) const;
    /// The ids of single characters, bytes and unknowns, before anything is joined.
    void split(std::string_view text, std::vector<std::int32_t>& ids) const;
    [[nodiscard]] bool fall_back(std::string_view character, std::vector<std::int32_t>& ids) const;
    void merge(Scratch& scratch) const;
    void propose(std::int32_t place, Scratch& scratch) const;

    BpeModel model_;
    std::unordered_map<std::uint64_t, Merged> rules_;
    CharacterTable characters_;
    std::array<std::int32_t, 256> byte_ids_{};
    JoinablePairs joinable_;
    bool has_borders_ = true; ///< false: rules join bytes or unknowns, which no character tells of
    mutable ScratchPool<Scratch> scratches_;
};

} // namespace retort::hugging_face
