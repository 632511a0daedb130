// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace retort {

/// Ranks of the values from 1, as many and in the same order; equal ones share the mean of theirs. Doubled,
/// so that shared ranks are whole numbers too. No value may be NaN.
[[nodiscard]] std::vector<std::size_t> doubled_ranks(std::span<const double> values);

/// Spearman's rank correlation: Pearson's of the ranks. `x` and `y` are of the same size and paired by their
/// place; empty for fewer than 3 pairs, and where either does not vary.
[[nodiscard]] std::optional<double> rank_correlation(std::span<const double> x, std::span<const double> y);

} // namespace retort
