// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/curve_collector.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace retort {
namespace {

const SeriesKey trained_tokens{"tokens", {}, {}, {}, "train"};

/// By rising step, the last of each step; returns how many were dropped.
template <class Points>
std::size_t settle(Points& points) {
    const auto is_before = [](const auto& a, const auto& b) { return a.step < b.step; };
    if (!std::ranges::is_sorted(points, is_before)) std::ranges::stable_sort(points, is_before);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (kept > 0 && points[kept - 1].step == points[i].step) --kept;
        points[kept++] = points[i];
    }
    const std::size_t dropped = points.size() - kept;
    points.resize(kept);
    return dropped;
}

template <class Points>
void say(Points& points, std::int64_t step, double value) {
    if (!points.empty() && points.back().step == step)
        points.back().value = value; // as each curve of a step says it
    else
        points.push_back({step, value});
}

/// Steps of both, with what each knows of them.
template <class Points>
std::vector<RunCurves::Tick> clock_of(const Points& walls, const Points& tokens) {
    std::vector<RunCurves::Tick> clock;
    auto wall = walls.begin();
    auto token = tokens.begin();
    while (wall != walls.end() || token != tokens.end()) {
        const bool has_wall = token == tokens.end() || (wall != walls.end() && wall->step <= token->step);
        const bool has_token = wall == walls.end() || (token != tokens.end() && token->step <= wall->step);
        RunCurves::Tick tick{has_wall ? wall->step : token->step, clock.empty() ? 0 : clock.back().tokens,
                             std::nan("")};
        if (has_token) tick.tokens = static_cast<std::int64_t>((token++)->value);
        if (has_wall) tick.wall_seconds = (wall++)->value;
        clock.push_back(tick);
    }
    return clock;
}

} // namespace

std::size_t CurveCollector::curve(const SeriesKey& key) {
    const auto [found, is_new] = numbers_.try_emplace(key, keys_.size());
    if (is_new) {
        keys_.push_back(key);
        points_.emplace_back();
    }
    return found->second;
}

void CurveCollector::add(std::size_t curve, std::int64_t step, double value) {
    points_[curve].push_back({step, value});
}

void CurveCollector::tick(std::int64_t step, double wall_seconds) {
    if (!std::isnan(wall_seconds)) say(walls_, step, wall_seconds);
}

void CurveCollector::tokens(std::int64_t step, std::int64_t trained) {
    say(tokens_, step, static_cast<double>(trained));
}

void CurveCollector::forget_from(std::int64_t step) {
    const auto forget = [step](Points& points) {
        std::erase_if(points, [step](const Point& point) { return point.step >= step; });
    };
    std::ranges::for_each(points_, forget);
    forget(walls_);
    forget(tokens_);
}

RunCurves CurveCollector::take(std::size_t& doubled) {
    doubled = 0;
    RunCurves run;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        doubled += settle(points_[i]);
        if (keys_[i] == trained_tokens) {
            std::ranges::move(points_[i], std::back_inserter(tokens_));
            continue;
        }
        if (points_[i].empty()) continue;
        RunCurves::Curve& curve = run.curves.emplace_back();
        curve.key = std::move(keys_[i]);
        curve.steps.reserve(points_[i].size());
        curve.values.reserve(points_[i].size());
        for (const Point& point : points_[i]) {
            curve.steps.push_back(point.step);
            curve.values.push_back(point.value);
        }
    }
    settle(walls_);
    settle(tokens_);
    run.clock = clock_of(walls_, tokens_);
    *this = {};
    return run;
}

} // namespace retort
