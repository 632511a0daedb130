// SPDX-License-Identifier: GPL-3.0-or-later
// Which run of tokens is which feature. A run is its first tokens, which are a feature themselves, and one
// token more, so that a trie holds them all: a table of ids for single tokens, a hash table for longer runs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace retort {

class FeatureIndex {
public:
    static constexpr std::int32_t none = -1;
    static constexpr std::int32_t largest_token = (1 << 24) - 1;

    /// The feature of the run `parent` (none for an empty one) and `token`; none when it is not known.
    [[nodiscard]] std::int32_t find(std::int32_t parent, std::int32_t token) const {
        return parent == none ? find_first(token) : find_longer(parent, token);
    }
    /// Adds the run when it is new. Throws Error{data} on a token outside 0 … largest_token.
    std::int32_t find_or_add(std::int32_t parent, std::int32_t token);

    /// Numbers the features anew in the lexicographic order of their tokens; returns the new number of each.
    std::vector<std::int32_t> sort();

    [[nodiscard]] std::size_t size() const { return tokens_.size(); }
    [[nodiscard]] std::vector<std::int32_t> tokens_of(std::int32_t feature) const;
    /// For each feature, its first tokens and its last one. Parents stand before their children once sorted.
    [[nodiscard]] const std::vector<std::int32_t>& parents() const { return parents_; }
    [[nodiscard]] const std::vector<std::int32_t>& last_tokens() const { return tokens_; }

    /// From parents() and last_tokens(). Throws Error{data} where they are not those of a sorted index of
    /// runs of at most `longest` tokens.
    static FeatureIndex restored(std::vector<std::int32_t> parents, std::vector<std::int32_t> tokens,
                                 std::int64_t longest);

private:
    [[nodiscard]] std::int32_t find_first(std::int32_t token) const {
        const auto place = static_cast<std::size_t>(token); // a negative one is beyond any table
        return place < first_.size() ? first_[place] : none;
    }
    [[nodiscard]] std::int32_t find_longer(std::int32_t parent, std::int32_t token) const;
    [[nodiscard]] std::size_t slot_of(std::int32_t parent, std::int32_t token) const;
    void insert(std::int32_t feature);
    void grow_slots();
    void rebuild();

    std::vector<std::int32_t> parents_, tokens_; ///< by feature
    std::vector<std::int32_t> first_;            ///< feature of each single token
    std::vector<std::int32_t> slots_;            ///< features of longer runs, open addressing
    std::size_t longer_ = 0;                     ///< features in slots_
};

} // namespace retort
