// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/plot_group.h"

#include "widgets/plots/value_range.h"

#include <algorithm>
#include <cmath>

namespace retort {
namespace {

/// In decades where the axis is logarithmic.
double widthOf(Window window, bool isLogarithmic) {
    return isLogarithmic ? std::log10(window.to / window.from) : window.to - window.from;
}

} // namespace

Window PlotGroup::all() const {
    if (!m_isXLogarithmic) return m_all;
    const double from = m_start > 0 ? m_start : m_all.to / 10;
    return {from, m_all.to > from ? m_all.to : from * 10};
}

void PlotGroup::setXAxis(XAxis axis) {
    if (axis == m_xAxis) return;
    m_xAxis = axis;
    changeAxis();
}

void PlotGroup::setXLogarithmic(bool isLogarithmic) {
    if (isLogarithmic == m_isXLogarithmic) return;
    m_isXLogarithmic = isLogarithmic;
    changeAxis();
}

void PlotGroup::changeAxis() {
    m_isZoomed = false;
    m_cursor.reset();
    forgetExtents();
    Q_EMIT xAxisChanged();
    Q_EMIT windowChanged();
    Q_EMIT cursorMoved();
}

void PlotGroup::include(double end, bool isGrowing) {
    constexpr double room = 1.1;
    const bool isBeyond = end > m_all.to || m_end == 0;
    const bool isTooWide = !isGrowing && end >= m_end && m_all.to > end;
    const bool isStart = end > 0 && (m_start == 0 || end < m_start);
    m_end = std::max(m_end, end);
    if (isStart) m_start = end;
    if (isBeyond || isTooWide) {
        const double to = m_end * (isGrowing ? room : 1);
        m_all = {0, to > 0 ? to : 1};
    } else if (!isStart || !m_isXLogarithmic) {
        return;
    }
    if (!m_isZoomed) Q_EMIT windowChanged();
}

void PlotGroup::forgetExtents() {
    m_all = {0, 1};
    m_end = 0;
    m_start = 0;
}

void PlotGroup::zoomTo(Window window) {
    if (!(window.to > window.from) || (m_isXLogarithmic && window.from <= 0)) return;
    m_zoom = window;
    m_isZoomed = true;
    Q_EMIT windowChanged();
}

void PlotGroup::zoomAround(double factor, double position) {
    const Window next = zoomed(window(), factor, position, m_isXLogarithmic);
    const double whole = widthOf(all(), m_isXLogarithmic), width = widthOf(next, m_isXLogarithmic);
    if (width < whole * 1e-7) return;
    if (width >= whole) return resetZoom();
    zoomTo(next);
}

void PlotGroup::pan(double share) {
    zoomTo(moved(window(), share, m_isXLogarithmic));
}

void PlotGroup::resetZoom() {
    m_isZoomed = false;
    Q_EMIT zoomReset();
    Q_EMIT windowChanged();
}

void PlotGroup::setCursor(std::optional<double> position) {
    if (position == m_cursor) return;
    m_cursor = position;
    Q_EMIT cursorMoved();
}

void PlotGroup::setBands(std::vector<PlotBand> bands) {
    if (bands == m_bands) return;
    m_bands = std::move(bands);
    Q_EMIT bandsChanged();
}

} // namespace retort
