// SPDX-License-Identifier: GPL-3.0-or-later
// LIBLINEAR behind a door: quiet, stoppable, and the same each time.
#pragma once

#include "router/sparse_rows.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace retort {

struct Hyperplane {
    std::vector<double> weights;
    double intercept = 0;
};

/// Of the rows named by `chosen`, those of each class against the others: minimises
/// ‖w‖²/2 + b²/2 + C Σ max(0, 1 − y (w·x + b))². Throws Error{interrupted} on a stop, Error{data} on more
/// rows or columns than LIBLINEAR counts. Any thread; one at a time, because LIBLINEAR draws from rand().
[[nodiscard]] std::vector<Hyperplane> separate(const SparseRows& rows, std::span<const std::int32_t> labels,
                                               std::span<const std::size_t> chosen, std::size_t classes,
                                               double c, std::uint64_t seed, const std::stop_token& stop);

} // namespace retort
