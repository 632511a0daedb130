// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/sorted_values.h"

#include "router/parts.h"

#include <algorithm>
#include <bit>
#include <climits>
#include <numeric>

namespace retort {

SortedValues::SortedValues(const SparseRows& rows, const std::stop_token& stop)
    : values_(rows.values.size()), places_(rows.values.size()), begins_(rows.begins) {
    if (rows.values.size() > INT_MAX || rows.rows() > INT_MAX)
        throw Error(ErrorKind::data, "The texts are too many for a decision tree; take logistic.");
    std::vector<std::size_t> next(static_cast<std::size_t>(rows.columns) + 1);
    for (const std::int32_t column : rows.indices)
        ++next[static_cast<std::size_t>(column) + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    const std::vector<std::size_t> columns = next;
    std::vector<std::size_t> origins(values_.size()); // where in `rows` a value was, before sorting
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        check_stop(stop);
        for (std::size_t at = rows.begins[i]; at < rows.begins[i + 1]; ++at) {
            const std::size_t place = next[static_cast<std::size_t>(rows.indices[at])]++;
            values_[place] = {rows.indices[at], static_cast<std::int32_t>(i), rows.values[at]};
            origins[place] = at;
        }
    }
    std::vector<std::size_t> order(values_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t c = 0; c + 1 < columns.size(); ++c) {
        check_stop(stop);
        std::ranges::stable_sort(std::span(order).subspan(columns[c], columns[c + 1] - columns[c]),
                                 std::greater{}, [&](std::size_t place) { return values_[place].value; });
    }
    std::vector<SortedValue> sorted;
    sorted.reserve(values_.size());
    for (const std::size_t place : order) {
        places_[origins[place]] = static_cast<std::int32_t>(sorted.size());
        sorted.push_back(values_[place]);
    }
    values_ = std::move(sorted);
}

std::span<const std::int32_t> PlaceSet::sorted() {
    constexpr std::size_t words_per_place = 2; // reading this many empty words costs what sorting one does
    if (list_.size() * words_per_place < bits_.size()) {
        std::ranges::sort(list_);
        return list_;
    }
    for (const std::int32_t place : list_)
        bits_[static_cast<std::size_t>(place) / 64] |= std::uint64_t{1} << (place % 64);
    list_.clear();
    for (std::size_t word = 0; word < bits_.size(); ++word)
        for (std::uint64_t& bits = bits_[word]; bits != 0; bits &= bits - 1)
            list_.push_back(static_cast<std::int32_t>(64 * word) + std::countr_zero(bits));
    return list_;
}

} // namespace retort
