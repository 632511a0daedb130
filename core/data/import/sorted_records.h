// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/import/spill_file.h"

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace retort {

template <class T>
concept SortableRecord = std::is_trivially_copyable_v<T> && std::totally_ordered<T>;

/// Any number of records in ascending order with a fixed amount of memory: sorted pieces go to a file and are
/// merged when they are read. Records are added first and read afterwards, as often as wanted; one thread.
template <SortableRecord T>
class SortedRecords {
    struct Piece {
        std::int64_t offset = 0;
        std::int64_t records = 0;
    };

public:
    /// `memory`: bytes of the records that are held before they are sorted.
    explicit SortedRecords(std::filesystem::path file, std::size_t memory = std::size_t{32} << 20)
        : path_(std::move(file)), capacity_(std::max<std::size_t>(memory / sizeof(T), 2)) {}

    void add(const T& record) {
        held_.push_back(record);
        is_sorted_ = false;
        if (held_.size() >= capacity_) spill();
    }

    /// Gives the records one after the other.
    class Cursor {
    public:
        /// Null at the end; else valid until the next call.
        const T* next() {
            if (heads_.empty()) return nullptr;
            std::ranges::pop_heap(heads_, after);
            Head& head = heads_.back();
            last_ = head.record;
            if (head.reader.next(head.record))
                std::ranges::push_heap(heads_, after);
            else
                heads_.pop_back();
            return &last_;
        }

    private:
        friend class SortedRecords;
        /// The records of one piece, read ahead.
        struct PieceReader {
            SpillFile* file = nullptr;
            Piece rest;
            std::size_t ahead = 1;
            std::vector<T> held;
            std::size_t at = 0;
            bool next(T& record) {
                if (at == held.size() && !refill()) return false;
                record = held[at++];
                return true;
            }
            bool refill() {
                if (rest.records == 0) return false;
                held.resize(std::min<std::size_t>(ahead, static_cast<std::size_t>(rest.records)));
                file->read_records(rest.offset, std::span<T>(held));
                rest.offset += static_cast<std::int64_t>(held.size() * sizeof(T));
                rest.records -= static_cast<std::int64_t>(held.size());
                at = 0;
                return true;
            }
        };
        struct Head {
            PieceReader reader;
            T record;
        };
        static bool after(const Head& a, const Head& b) { return b.record < a.record; }

        void add(PieceReader reader) {
            Head head{std::move(reader), {}};
            if (!head.reader.next(head.record)) return;
            heads_.push_back(std::move(head));
            std::ranges::push_heap(heads_, after);
        }
        std::vector<Head> heads_; ///< a heap, the smallest record first
        T last_{};
    };

    /// Valid as long as nothing is added.
    [[nodiscard]] Cursor read() {
        sort();
        Cursor cursor;
        const std::size_t ahead =
            std::clamp<std::size_t>(capacity_ / (pieces_.size() + 1), 64, std::size_t{64 * 1024} / sizeof(T));
        for (const Piece& piece : pieces_)
            cursor.add({&*file_, piece, ahead, {}, 0});
        cursor.add({nullptr, {}, 1, held_, 0});
        return cursor;
    }

private:
    void sort() {
        if (!is_sorted_) std::ranges::sort(held_);
        is_sorted_ = true;
    }
    void spill() {
        sort();
        if (!file_) file_.emplace(path_);
        pieces_.push_back({file_->size(), static_cast<std::int64_t>(held_.size())});
        file_->append_records(std::span<const T>(held_));
        held_.clear();
    }

    std::filesystem::path path_;
    std::size_t capacity_;
    std::vector<T> held_;
    bool is_sorted_ = true;
    std::optional<SpillFile> file_;
    std::vector<Piece> pieces_;
};

} // namespace retort
