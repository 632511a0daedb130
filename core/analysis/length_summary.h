// SPDX-License-Identifier: GPL-3.0-or-later
// How long the texts of a domain are, in whatever unit they were counted.
#pragma once

#include <cstdint>
#include <vector>

namespace retort {

/// Lengths from `low` to below `high`.
struct LengthBin {
    double low = 0;
    double high = 0;
    std::int64_t count = 0;
};

struct LengthSummary {
    std::int64_t count = 0;
    std::int64_t total = 0;
    std::int64_t shortest = 0;
    std::int64_t longest = 0;
    double mean = 0;
    double low = 0; ///< 5 % are shorter; interpolated between order statistics, as are the next two
    double median = 0;
    double high = 0;             ///< 5 % are longer
    std::vector<LengthBin> bins; ///< two an octave, borders at powers of √2, so that summaries share theirs;
                                 ///< from the first that has a text to the last
};

/// `lengths` in any order, none negative; zeros of nothing when there are none. Lengths below 1 are in the
/// bin of 1.
[[nodiscard]] LengthSummary summarise_lengths(std::vector<std::int64_t> lengths);

} // namespace retort
