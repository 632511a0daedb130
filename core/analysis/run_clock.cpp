// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/run_clock.h"

#include <algorithm>

namespace retort {
namespace {

double value_of(const ClockTick& point, XAxis axis) {
    return axis == XAxis::tokens ? static_cast<double>(point.tokens) : point.wall_seconds;
}

double interpolate(const ClockTick& a, const ClockTick& b, std::int64_t step, XAxis axis) {
    const double share = static_cast<double>(step - a.step) / static_cast<double>(b.step - a.step);
    return value_of(a, axis) + share * (value_of(b, axis) - value_of(a, axis));
}

} // namespace

void RunClock::append(const ClockTick& point) {
    if (points_.empty() || point.step > points_.back().step) points_.push_back(point);
}

void RunClock::truncate_after(std::int64_t step) {
    while (!points_.empty() && points_.back().step > step)
        points_.pop_back();
}

double RunClock::position(std::int64_t step, XAxis axis) const {
    if (axis == XAxis::step) return static_cast<double>(step);
    if (points_.empty() || step <= 0) return 0;
    if (step >= points_.back().step) return value_of(points_.back(), axis);
    const auto after = std::ranges::lower_bound(points_, step, {}, &ClockTick::step);
    if (after->step == step) return value_of(*after, axis);
    return interpolate(after == points_.begin() ? ClockTick{} : *std::prev(after), *after, step, axis);
}

TrainingPace recent_pace(const RunClock& clock, double seconds) {
    const auto& points = clock.points();
    if (points.empty()) return {};
    const ClockTick& newest = points.back();
    const auto newer =
        std::ranges::upper_bound(points, newest.wall_seconds - seconds, {}, &ClockTick::wall_seconds);
    const ClockTick start = newer == points.begin() ? ClockTick{} : *std::prev(newer);
    const double elapsed = newest.wall_seconds - start.wall_seconds;
    if (elapsed <= 0) return {};
    return {static_cast<double>(newest.step - start.step) / elapsed,
            static_cast<double>(newest.tokens - start.tokens) / elapsed};
}

} // namespace retort
