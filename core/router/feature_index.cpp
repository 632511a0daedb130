// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/feature_index.h"

#include "router/state_lists.h"

#include <algorithm>
#include <numeric>

namespace retort {
namespace {

std::uint64_t mixed(std::int32_t parent, std::int32_t token) { // the finaliser of SplitMix64
    std::uint64_t x =
        (std::uint64_t{static_cast<std::uint32_t>(parent)} << 32) | static_cast<std::uint32_t>(token);
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

void check_token(std::int32_t token) {
    if (token >= 0 && token <= FeatureIndex::largest_token) return;
    throw Error(ErrorKind::data, "A text has the token " + std::to_string(token) +
                                     ", which no tokenizer gives; make its tokens again.");
}

} // namespace

std::size_t FeatureIndex::slot_of(std::int32_t parent, std::int32_t token) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = mixed(parent, token) & mask;
    while (slots_[slot] != none) {
        const auto feature = static_cast<std::size_t>(slots_[slot]);
        if (tokens_[feature] == token && parents_[feature] == parent) break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

std::int32_t FeatureIndex::find_longer(std::int32_t parent, std::int32_t token) const {
    return slots_.empty() ? none : slots_[slot_of(parent, token)];
}

std::int32_t FeatureIndex::find_or_add(std::int32_t parent, std::int32_t token) {
    const std::int32_t known = find(parent, token);
    if (known != none) return known;
    check_token(token);
    if (tokens_.size() >= INT32_MAX)
        throw Error(ErrorKind::data, "The texts have too many runs of tokens; lower /router/ngrams.");
    parents_.push_back(parent);
    tokens_.push_back(token);
    const auto feature = static_cast<std::int32_t>(tokens_.size() - 1);
    insert(feature);
    return feature;
}

void FeatureIndex::insert(std::int32_t feature) {
    const std::int32_t parent = parents_[static_cast<std::size_t>(feature)];
    const std::int32_t token = tokens_[static_cast<std::size_t>(feature)];
    if (parent == none) {
        const auto place = static_cast<std::size_t>(token);
        if (place >= first_.size()) first_.resize(std::max(place + 1, 2 * first_.size()), none);
        first_[place] = feature;
        return;
    }
    ++longer_;
    if (2 * longer_ > slots_.size()) grow_slots();
    slots_[slot_of(parent, token)] = feature;
}

void FeatureIndex::grow_slots() {
    const std::vector<std::int32_t> before = std::move(slots_);
    slots_.assign(std::max<std::size_t>(64, 2 * before.size()), none);
    for (const std::int32_t feature : before)
        if (feature != none)
            slots_[slot_of(parents_[static_cast<std::size_t>(feature)],
                           tokens_[static_cast<std::size_t>(feature)])] = feature;
}

void FeatureIndex::rebuild() {
    first_.clear();
    slots_.clear();
    longer_ = 0;
    for (std::size_t i = 0; i < tokens_.size(); ++i)
        insert(static_cast<std::int32_t>(i));
}

std::vector<std::int32_t> FeatureIndex::sort() {
    // Siblings side by side in rising order; a walk from each parent to its children is then the order of the
    // tokens.
    std::vector<std::int32_t> order(size());
    std::iota(order.begin(), order.end(), 0);
    const auto key = [&](std::int32_t f) {
        return std::pair(parents_[static_cast<std::size_t>(f)], tokens_[static_cast<std::size_t>(f)]);
    };
    std::ranges::sort(order, {}, key);
    std::vector<std::size_t> children(size() + 2); // of `parent` they begin at children[parent + 1]
    for (const std::int32_t parent : parents_)
        ++children[static_cast<std::size_t>(parent + 2)];
    std::partial_sum(children.begin(), children.end(), children.begin());
    const auto push_children = [&](std::int32_t parent, std::vector<std::int32_t>& stack) {
        const auto at = static_cast<std::size_t>(parent + 1);
        for (std::size_t i = children[at + 1]; i-- > children[at];)
            stack.push_back(order[i]);
    };
    std::vector<std::int32_t> renumbered(size()), stack;
    push_children(none, stack);
    for (std::int32_t next = 0; !stack.empty(); ++next) {
        const std::int32_t feature = stack.back();
        stack.pop_back();
        renumbered[static_cast<std::size_t>(feature)] = next;
        push_children(feature, stack);
    }
    std::vector<std::int32_t> parents(size()), tokens(size());
    for (std::size_t i = 0; i < size(); ++i) {
        const auto to = static_cast<std::size_t>(renumbered[i]);
        parents[to] = parents_[i] == none ? none : renumbered[static_cast<std::size_t>(parents_[i])];
        tokens[to] = tokens_[i];
    }
    parents_ = std::move(parents);
    tokens_ = std::move(tokens);
    rebuild();
    return renumbered;
}

std::vector<std::int32_t> FeatureIndex::tokens_of(std::int32_t feature) const {
    std::vector<std::int32_t> tokens;
    for (; feature != none; feature = parents_[static_cast<std::size_t>(feature)])
        tokens.push_back(tokens_[static_cast<std::size_t>(feature)]);
    std::ranges::reverse(tokens);
    return tokens;
}

FeatureIndex FeatureIndex::restored(std::vector<std::int32_t> parents, std::vector<std::int32_t> tokens,
                                    std::int64_t longest) {
    check_state(parents.size() == tokens.size() && tokens.size() < INT32_MAX, "features without tokens");
    std::vector<std::int8_t> lengths(parents.size());
    for (std::size_t i = 0; i < parents.size(); ++i) {
        const std::int32_t parent = parents[i];
        check_state(parent >= none && parent < static_cast<std::int32_t>(i), "a feature before its parent");
        check_state(tokens[i] >= 0 && tokens[i] <= largest_token, "a token out of range");
        const std::int64_t length = parent == none ? 1 : lengths[static_cast<std::size_t>(parent)] + 1;
        check_state(length <= longest && length < INT8_MAX, "a feature is too long");
        lengths[i] = static_cast<std::int8_t>(length);
    }
    FeatureIndex index;
    index.parents_ = std::move(parents);
    index.tokens_ = std::move(tokens);
    index.rebuild();
    return index;
}

} // namespace retort
