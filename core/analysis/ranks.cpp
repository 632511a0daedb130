// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/ranks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace retort {

std::vector<std::size_t> doubled_ranks(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<std::size_t> ranks(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]])
            ++end;
        for (std::size_t i = begin; i < end; ++i)
            ranks[order[i]] = begin + end + 1; // 2 × the mean of begin + 1 … end
        begin = end;
    }
    return ranks;
}

std::optional<double> rank_correlation(std::span<const double> x, std::span<const double> y) {
    const std::size_t n = x.size();
    if (n < 3) return {};
    const std::vector<std::size_t> ranks_x = doubled_ranks(x), ranks_y = doubled_ranks(y);
    const auto mean = static_cast<double>(n + 1); // of doubled ranks
    double xy = 0, xx = 0, yy = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double dx = static_cast<double>(ranks_x[i]) - mean, dy = static_cast<double>(ranks_y[i]) - mean;
        xy += dx * dy;
        xx += dx * dx;
        yy += dy * dy;
    }
    if (xx == 0 || yy == 0) return {};
    return xy / std::sqrt(xx * yy);
}

} // namespace retort
