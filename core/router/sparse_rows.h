// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace retort {

/// One row of a sparse matrix: columns in rising order, and their values.
struct SparseRow {
    std::span<const std::int32_t> columns;
    std::span<const double> values;
};

/// A sparse matrix, row by row (CSR).
struct SparseRows {
    std::int64_t columns = 0;
    std::vector<std::size_t> begins = {0}; ///< of each row, and the end of the last
    std::vector<std::int32_t> indices;
    std::vector<double> values;

    [[nodiscard]] std::size_t rows() const { return begins.size() - 1; }
    [[nodiscard]] SparseRow row(std::size_t i) const {
        const std::size_t begin = begins[i], count = begins[i + 1] - begin;
        return {{indices.data() + begin, count}, {values.data() + begin, count}};
    }
};

} // namespace retort
