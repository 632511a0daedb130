// SPDX-License-Identifier: GPL-3.0-or-later
// When a step happened: the three x axes of a run.
#pragma once

#include <cstdint>
#include <vector>

namespace retort {

enum class XAxis { step, tokens, wall_time };

struct ClockTick {
    std::int64_t step = 0;
    std::int64_t tokens = 0;
    double wall_seconds = 0;
};

/// Ticks by rising step. Between two of them time runs evenly, before the first it runs from zero.
class RunClock {
public:
    /// A step that is not after the newest is ignored.
    void append(const ClockTick& point);
    /// Drops the points after `step`.
    void truncate_after(std::int64_t step);
    void clear() { points_.clear(); }

    /// Place of a step on an axis: the step itself, trained tokens, or seconds of training. After the newest
    /// point it stands at the newest.
    [[nodiscard]] double position(std::int64_t step, XAxis axis) const;
    [[nodiscard]] const std::vector<ClockTick>& points() const noexcept { return points_; }

private:
    std::vector<ClockTick> points_;
};

/// Speed over the newest points that span at least `seconds` (or all); 0 while unknown.
struct TrainingPace {
    double steps_per_second = 0;
    double tokens_per_second = 0;
};
[[nodiscard]] TrainingPace recent_pace(const RunClock& clock, double seconds = 20);

} // namespace retort
