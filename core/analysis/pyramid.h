// SPDX-License-Identifier: GPL-3.0-or-later
// Minima and maxima of a growing series at many resolutions, so that any window of it is drawn in the time
// its pixels take, and no spike, NaN or infinity is lost on the way.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace retort {

/// What lies in a range of values. Minima and maxima are over finite values alone.
struct Extent {
    double min = std::numeric_limits<double>::infinity();
    double max = -std::numeric_limits<double>::infinity();
    double min_positive = std::numeric_limits<double>::infinity(); ///< smallest finite value above 0
    bool has_nan = false;
    bool has_positive_infinity = false;
    bool has_negative_infinity = false;

    [[nodiscard]] bool has_finite() const noexcept { return min <= max; }
    [[nodiscard]] bool has_positive() const noexcept {
        return min_positive < std::numeric_limits<double>::infinity();
    }
    [[nodiscard]] bool is_all_finite() const noexcept {
        return !has_nan && !has_positive_infinity && !has_negative_infinity;
    }
    void add(double value) noexcept;
    void add(const Extent& other) noexcept;
    bool operator==(const Extent&) const = default;
};

/// An append-only series of values. Appending costs amortised O(1), a range O(log size). One thread at a
/// time.
class MinMaxPyramid {
public:
    void append(double value);
    /// Drops the values from index `size` on.
    void truncate(std::size_t size);
    void clear() { truncate(0); }

    [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }
    [[nodiscard]] double operator[](std::size_t index) const { return values_[index]; }
    [[nodiscard]] std::span<const double> values() const noexcept { return values_; }
    /// Of the values [begin, end), which must lie within the series.
    [[nodiscard]] Extent extent(std::size_t begin, std::size_t end) const;

private:
    [[nodiscard]] Extent summary(std::size_t level, std::size_t node) const;
    void add_range(Extent& extent, std::size_t level, std::size_t begin, std::size_t end) const;

    std::vector<double> values_;
    std::vector<std::vector<Extent>> levels_; ///< node i of level k summarises values [i, i + 1) × 16^(k + 1)
};

/// What one pixel column shows: the values [begin, end) of the series, of which there is at least one.
struct CurveColumn {
    std::size_t begin = 0;
    std::size_t end = 0;
    Extent extent;
    double first = 0; ///< as stored, NaN included
    double last = 0;
};

/// Part of the x axis, borders included.
struct Window {
    double from = 0;
    double to = 0;
};

/// The series seen through a window cut into `columns` (at least 1) of equal width; columns without values
/// are left out. `positions` are the values' places on the x axis, as many and never falling.
[[nodiscard]] std::vector<CurveColumn> query(const MinMaxPyramid& series, std::span<const double> positions,
                                             Window window, std::size_t columns);

} // namespace retort
