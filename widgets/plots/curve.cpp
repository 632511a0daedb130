// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/curve.h"

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

void fill(MinMaxPyramid& series, const std::vector<double>& values) {
    series.clear();
    for (const double value : values)
        series.append(value);
}

/// On a logarithmic axis the average is of logarithms, so that it runs through the middle of what is seen.
double averaged(MovingAverage& average, double value, bool isLogarithmic) {
    if (!isLogarithmic) return average.add(value);
    return value > 0 ? std::exp(average.add(std::log(value))) : std::nan("");
}

void smooth(MinMaxPyramid& smoothed, const MinMaxPyramid& values, const CurveView& view) {
    MovingAverage average(view.smoothing);
    smoothed.clear();
    for (const double value : values.values())
        smoothed.append(averaged(average, value, view.isLogarithmic));
}

} // namespace

Curve::Curve(QString id, QString label, SeriesStyle style, std::shared_ptr<const RunClock> clock)
    : m_id(std::move(id)), m_label(std::move(label)), m_style(style), m_clock(std::move(clock)) {}

void Curve::append(std::int64_t step, double value, const CurveView& view) {
    if (!m_steps.empty() && step <= m_steps.back()) return;
    m_steps.push_back(step);
    m_values.append(value);
    deriveNewest(view);
}

void Curve::assign(CurvePoints points, const CurveView& view) {
    m_steps = std::move(points.steps);
    fill(m_values, points.values);
    fill(m_low.values, points.low);
    fill(m_high.values, points.high);
    derive(view);
}

void Curve::truncateAfter(std::int64_t step, const CurveView& view) {
    const auto size = static_cast<std::size_t>(std::ranges::upper_bound(m_steps, step) - m_steps.begin());
    if (size == m_steps.size()) return;
    m_steps.resize(size);
    m_values.truncate(size);
    if (hasBand()) {
        m_low.values.truncate(size);
        m_high.values.truncate(size);
    }
    derive(view);
}

void Curve::derive(const CurveView& view) {
    m_positions.clear();
    m_smoothed.clear();
    m_average.reset();
    for (Edge* edge : {&m_low, &m_high}) {
        edge->smoothed.clear();
        if (view.isSmoothed() && isSmoothable) smooth(edge->smoothed, edge->values, view);
    }
    const std::size_t size = m_steps.size();
    m_positions.reserve(size);
    while (m_positions.size() < size)
        deriveNewest(view);
}

/// Of the first point that has no place yet.
void Curve::deriveNewest(const CurveView& view) {
    const std::size_t index = m_positions.size();
    const double position = m_clock->position(m_steps[index], view.xAxis);
    m_positions.push_back(m_positions.empty() ? position : std::max(position, m_positions.back()));
    if (!view.isSmoothed() || !isSmoothable) return;
    if (!m_average) m_average.emplace(view.smoothing);
    m_smoothed.append(averaged(*m_average, m_values[index], view.isLogarithmic));
}

std::optional<std::size_t> Curve::nearest(double position) const {
    if (m_positions.empty()) return {};
    const auto after = std::ranges::lower_bound(m_positions, position);
    if (after == m_positions.begin()) return 0;
    const auto index = static_cast<std::size_t>(after - m_positions.begin());
    if (after == m_positions.end()) return index - 1;
    return position - m_positions[index - 1] <= *after - position ? index - 1 : index;
}

Extent Curve::extent(Window window) const {
    const auto from = std::ranges::lower_bound(m_positions, window.from) - m_positions.begin();
    const auto to = std::ranges::upper_bound(m_positions, window.to) - m_positions.begin();
    const auto begin = static_cast<std::size_t>(from), end = static_cast<std::size_t>(std::max(from, to));
    Extent extent = m_values.extent(begin, end);
    if (!hasBand()) return extent;
    extent.add(lineLow().extent(begin, end));
    extent.add(lineHigh().extent(begin, end));
    return extent;
}

} // namespace retort
