// SPDX-License-Identifier: GPL-3.0-or-later
// Cutting a text where byte-pair encoding joins nothing, so that its parts can be encoded by themselves, and
// those that come often are looked up. A merge across a border would need two characters side by side that no
// rule joins; leaving such borders changes no id.
#pragma once

#include "data/characters.h"

#include <array>
#include <bitset>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// Pairs of neighbouring characters that some merge may join. A pair that was not added may be said to be
/// there (two pairs can share a bit), which costs time and changes no id.
class JoinablePairs {
public:
    void add(char32_t left, char32_t right) { bits_.set(place(left, right)); }
    [[nodiscard]] bool may_join(char32_t left, char32_t right) const { return bits_[place(left, right)]; }

private:
    static constexpr unsigned log_size = 20;
    [[nodiscard]] static std::size_t place(char32_t left, char32_t right) {
        return ((std::uint64_t{left} << 32U | right) * 0x9E3779B97F4A7C15U) >> (64U - log_size);
    }
    std::bitset<std::size_t{1} << log_size> bits_;
};

/// Ids of characters, as a table of pages: a look-up costs two loads.
class CharacterTable {
public:
    void set(char32_t character, std::int32_t id) {
        auto& page = pages_.at(character >> 8U);
        if (!page) {
            page = std::make_unique<Page>();
            page->fill(-1);
        }
        (*page)[character & 0xFFU] = id;
    }
    [[nodiscard]] std::int32_t id(char32_t character) const { ///< -1: none
        const auto& page = pages_[character >> 8U];
        return page ? (*page)[character & 0xFFU] : -1;
    }

private:
    using Page = std::array<std::int32_t, 256>;
    std::vector<std::unique_ptr<Page>> pages_ = std::vector<std::unique_ptr<Page>>(0x1100);
};

/// Bytes of the first part of `text`, which is not empty: up to a border, where is_glued(left, right) is
/// false.
template <class IsGlued>
[[nodiscard]] std::size_t segment_length(std::string_view text, const IsGlued& is_glued) {
    Character last = first_character(text);
    std::size_t length = last.bytes;
    while (length < text.size()) {
        const Character next = first_character(text.substr(length));
        if (!is_glued(last.code, next.code)) break;
        length += next.bytes;
        last = next;
    }
    return length;
}

/// Ids of short texts that were encoded lately. Of a fixed size; one thread at a time.
class SegmentCache {
public:
    /// Null when it is not there; valid until keep().
    [[nodiscard]] const std::vector<std::int32_t>* find(std::string_view text) const {
        const Entry& entry = entries_[place(text)];
        return entry.text == text ? &entry.ids : nullptr;
    }
    void keep(std::string_view text, const std::int32_t* begin, const std::int32_t* end) {
        if (text.size() > longest) return;
        Entry& entry = entries_[place(text)];
        entry.text = text;
        entry.ids.assign(begin, end);
    }

private:
    static constexpr std::size_t size = 1 << 15, longest = 64;
    struct Entry {
        std::string text;
        std::vector<std::int32_t> ids;
    };
    [[nodiscard]] static std::size_t place(std::string_view text) {
        return std::hash<std::string_view>()(text) % size;
    }
    std::vector<Entry> entries_ = std::vector<Entry>(size);
};

/// Things to work with that are made once for as many threads as work at once. Any thread.
template <class Scratch>
class ScratchPool {
public:
    class Loan {
    public:
        Loan(ScratchPool& pool, std::unique_ptr<Scratch> scratch)
            : pool_(pool), scratch_(std::move(scratch)) {}
        ~Loan() { pool_.take_back(std::move(scratch_)); }
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;
        [[nodiscard]] Scratch& operator*() const { return *scratch_; }

    private:
        ScratchPool& pool_;
        std::unique_ptr<Scratch> scratch_;
    };

    [[nodiscard]] Loan lend() {
        const std::lock_guard lock(mutex_);
        if (free_.empty()) return Loan(*this, std::make_unique<Scratch>());
        std::unique_ptr<Scratch> scratch = std::move(free_.back());
        free_.pop_back();
        return Loan(*this, std::move(scratch));
    }

private:
    void take_back(std::unique_ptr<Scratch> scratch) {
        const std::lock_guard lock(mutex_);
        free_.push_back(std::move(scratch));
    }
    std::mutex mutex_;
    std::vector<std::unique_ptr<Scratch>> free_;
};

} // namespace retort
