// SPDX-License-Identifier: GPL-3.0-or-later
// The values of sparse rows by feature and, within a feature, from the largest down: what a decision tree
// looks at. Sorted once, for all nodes of all trees.
#pragma once

#include "router/sparse_rows.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace retort {

struct SortedValue {
    std::int32_t column, row;
    double value;
};

class SortedValues {
public:
    /// Throws Error{data} on more than 2³¹ − 1 values, Error{interrupted} on a stop.
    SortedValues(const SparseRows& rows, const std::stop_token& stop);

    [[nodiscard]] const SortedValue& operator[](std::size_t place) const { return values_[place]; }
    [[nodiscard]] std::size_t size() const { return values_.size(); }
    /// Places of the values of a row, in the order of its columns.
    [[nodiscard]] std::span<const std::int32_t> places_of(std::size_t row) const {
        return std::span(places_).subspan(begins_[row], begins_[row + 1] - begins_[row]);
    }

private:
    std::vector<SortedValue> values_;
    std::vector<std::int32_t> places_;
    std::vector<std::size_t> begins_;
};

/// A set of places that is read in rising order: a list that is sorted when it is short, else a bit for each.
class PlaceSet {
public:
    explicit PlaceSet(std::size_t places) : bits_((places + 63) / 64) {}
    void clear() { list_.clear(); }
    void add(std::int32_t place) { list_.push_back(place); }
    [[nodiscard]] std::span<const std::int32_t> sorted();

private:
    std::vector<std::uint64_t> bits_;
    std::vector<std::int32_t> list_;
};

} // namespace retort
