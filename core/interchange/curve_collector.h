// SPDX-License-Identifier: GPL-3.0-or-later
// Single points, in whatever order they come, as the curves of a run.
#pragma once

#include "spec/run_curves.h"

#include <cstddef>
#include <map>
#include <vector>

namespace retort {

class CurveCollector {
public:
    /// The number of a curve, from 0; a new one for a key that has not been named yet.
    std::size_t curve(const SeriesKey& key);
    void add(std::size_t curve, std::int64_t step, double value);
    /// When a step happened, said once or more often; the newest word stands. NaN: not known.
    void tick(std::int64_t step, double wall_seconds);
    void tokens(std::int64_t step, std::int64_t trained);
    /// Forgets all that came of this step and of later ones.
    void forget_from(std::int64_t step);

    /// The curves that have points, in the order in which they were named. Of several points of a curve at
    /// one step the last is kept; `doubled` counts the others. A curve `tokens` of training becomes the
    /// tokens of the clock. Leaves the collector empty.
    [[nodiscard]] RunCurves take(std::size_t& doubled);

private:
    struct Point {
        std::int64_t step = 0;
        double value = 0;
    };
    using Points = std::vector<Point>;

    std::vector<SeriesKey> keys_;
    std::map<SeriesKey, std::size_t> numbers_;
    std::vector<Points> points_; ///< of each curve
    Points walls_, tokens_;
};

} // namespace retort
