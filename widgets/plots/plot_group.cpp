// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/plot_group.h"

#include <algorithm>

namespace retort {

void PlotGroup::setXAxis(XAxis axis) {
    if (axis == m_xAxis) return;
    m_xAxis = axis;
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
    m_end = std::max(m_end, end);
    if (!isBeyond && !isTooWide) return;
    const double to = m_end * (isGrowing ? room : 1);
    m_all = {0, to > 0 ? to : 1};
    if (!m_isZoomed) Q_EMIT windowChanged();
}

void PlotGroup::forgetExtents() {
    m_all = {0, 1};
    m_end = 0;
}

void PlotGroup::zoomTo(Window window) {
    if (!(window.to > window.from)) return;
    m_zoom = window;
    m_isZoomed = true;
    Q_EMIT windowChanged();
}

void PlotGroup::zoomAround(double factor, double position) {
    const Window now = window();
    const Window next{position + (now.from - position) * factor, position + (now.to - position) * factor};
    const double whole = m_all.to - m_all.from;
    if (next.to - next.from < whole * 1e-7) return;
    if (next.to - next.from >= whole) return resetZoom();
    zoomTo(next);
}

void PlotGroup::pan(double share) {
    const Window now = window();
    const double by = share * (now.to - now.from);
    zoomTo({now.from + by, now.to + by});
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

} // namespace retort
