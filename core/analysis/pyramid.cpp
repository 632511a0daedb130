// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/pyramid.h"

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

constexpr std::size_t fan = 16;

/// First index from `begin` on whose position is not before `border`: by doubling strides, because the answer
/// is most often near.
std::size_t advance(std::span<const double> positions, std::size_t begin, double border) {
    std::size_t stride = 1;
    std::size_t low = begin;
    while (low + stride < positions.size() && positions[low + stride] < border) {
        low += stride;
        stride *= 2;
    }
    const auto first = positions.begin() + static_cast<std::ptrdiff_t>(low);
    const auto last =
        positions.begin() + static_cast<std::ptrdiff_t>(std::min(low + stride, positions.size()));
    return static_cast<std::size_t>(std::lower_bound(first, last, border) - positions.begin());
}

CurveColumn column_of(const MinMaxPyramid& series, std::size_t begin, std::size_t end) {
    return {begin, end, series.extent(begin, end), series[begin], series[end - 1]};
}

} // namespace

void Extent::add(double value) noexcept {
    if (std::isfinite(value)) {
        min = std::min(min, value);
        max = std::max(max, value);
        if (value > 0) min_positive = std::min(min_positive, value);
    } else if (std::isnan(value)) {
        has_nan = true;
    } else {
        (value > 0 ? has_positive_infinity : has_negative_infinity) = true;
    }
}

void Extent::add(const Extent& other) noexcept {
    min = std::min(min, other.min);
    max = std::max(max, other.max);
    min_positive = std::min(min_positive, other.min_positive);
    has_nan |= other.has_nan;
    has_positive_infinity |= other.has_positive_infinity;
    has_negative_infinity |= other.has_negative_infinity;
}

void MinMaxPyramid::append(double value) {
    std::size_t node = values_.size();
    values_.push_back(value);
    for (std::size_t level = 0;; ++level) {
        if (level == levels_.size()) {
            if (node < fan) return;
            // The new level's first node holds what the level below held so far.
            levels_.emplace_back(1, summary(level + 1, 0));
        }
        node /= fan;
        if (node == levels_[level].size()) levels_[level].emplace_back();
        levels_[level][node].add(value);
    }
}

void MinMaxPyramid::truncate(std::size_t size) {
    if (size >= values_.size()) return;
    values_.resize(size);
    std::size_t below = size;
    std::size_t level = 0;
    for (; level < levels_.size() && below > fan; ++level) {
        const std::size_t nodes = (below + fan - 1) / fan;
        levels_[level].resize(nodes);
        levels_[level][nodes - 1] = summary(level + 1, nodes - 1);
        below = nodes;
    }
    levels_.resize(level);
}

/// Of a node, made from the level below; `level` counts from 0, the values themselves.
Extent MinMaxPyramid::summary(std::size_t level, std::size_t node) const {
    Extent extent;
    const std::size_t below = level == 1 ? values_.size() : levels_[level - 2].size();
    const std::size_t end = std::min(below, (node + 1) * fan);
    for (std::size_t child = node * fan; child < end; ++child)
        level == 1 ? extent.add(values_[child]) : extent.add(levels_[level - 2][child]);
    return extent;
}

Extent MinMaxPyramid::extent(std::size_t begin, std::size_t end) const {
    Extent extent;
    if (begin < end) add_range(extent, 0, begin, end);
    return extent;
}

void MinMaxPyramid::add_range(Extent& extent, std::size_t level, std::size_t begin, std::size_t end) const {
    const auto add = [&](std::size_t node) {
        level == 0 ? extent.add(values_[node]) : extent.add(levels_[level - 1][node]);
    };
    if (level == levels_.size() || end - begin < 2 * fan) {
        for (std::size_t node = begin; node < end; ++node)
            add(node);
        return;
    }
    while (begin % fan != 0)
        add(begin++);
    while (end % fan != 0)
        add(--end);
    if (begin < end) add_range(extent, level + 1, begin / fan, end / fan);
}

std::vector<CurveColumn> query(const MinMaxPyramid& series, std::span<const double> positions, Window window,
                               std::size_t columns) {
    std::vector<CurveColumn> result;
    result.reserve(columns);
    const double width = (window.to - window.from) / static_cast<double>(columns);
    std::size_t begin = static_cast<std::size_t>(
        std::lower_bound(positions.begin(), positions.end(), window.from) - positions.begin());
    for (std::size_t column = 1; column <= columns && begin < positions.size(); ++column) {
        const bool is_last = column == columns;
        const double border = is_last ? std::nextafter(window.to, std::numeric_limits<double>::infinity())
                                      : window.from + width * static_cast<double>(column);
        const std::size_t end = positions[begin] < border ? advance(positions, begin, border) : begin;
        if (end > begin) result.push_back(column_of(series, begin, end));
        begin = end;
    }
    return result;
}

} // namespace retort
