// SPDX-License-Identifier: GPL-3.0-or-later
// Which curve of LinePlot a person means, and what all are at the cursor.
#include "widgets/plots/line_plot.h"
#include "widgets/plots/plot_canvas.h"
#include "widgets/plots/readout_box.h"
#include "widgets/plots/x_axis_choice.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>
#include <utility>

namespace retort {
namespace {

constexpr double reach = 10; ///< pixels from a curve that still mean it

/// How far a pixel lies from a curve, in pixels.
struct Distance {
    double fromInk = INFINITY;  ///< from what is drawn around there: 0 within the noise of a curve
    double fromLine = INFINITY; ///< from the point nearest along the x axis

    bool operator<(const Distance& other) const {
        return std::tie(fromInk, fromLine) < std::tie(other.fromInk, other.fromLine);
    }
};

/// In the middle between the neighbours of a place on the x axis.
double interpolated(const Curve& curve, double position) {
    const auto positions = curve.positions();
    const auto after = std::ranges::lower_bound(positions, position) - positions.begin();
    const auto next = std::min<std::size_t>(static_cast<std::size_t>(after), curve.size() - 1);
    const std::size_t before = next == 0 ? 0 : next - 1;
    const double width = positions[next] - positions[before];
    const double share = width > 0 ? std::clamp((position - positions[before]) / width, 0.0, 1.0) : 1;
    return std::lerp(curve.line()[before], curve.line()[next], share);
}

Distance distanceOf(const Curve& curve, const PlotCanvas& canvas, QPointF pixel) {
    const auto positions = curve.positions();
    const Window window = canvas.around(pixel.x(), 3);
    if (curve.size() == 0 || positions.front() > window.to || positions.back() < window.from) return {};
    const auto begin = std::ranges::lower_bound(positions, window.from) - positions.begin();
    const auto end = std::ranges::upper_bound(positions, window.to) - positions.begin();
    Extent extent = curve.line().extent(static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
    const double middle = interpolated(curve, (window.from + window.to) / 2);
    extent.add(middle);
    if (!extent.has_finite()) return {};
    const double top = canvas.pixelOf(window.from, extent.max).y();
    const double bottom = canvas.pixelOf(window.from, extent.min).y();
    return {std::max({0.0, top - pixel.y(), pixel.y() - bottom}),
            std::abs(canvas.pixelOf(window.from, middle).y() - pixel.y())};
}

} // namespace

const Curve* LinePlot::curveAt(QPointF pixel) const {
    const Curve* nearest = nullptr;
    Distance least{reach, reach};
    for (const auto& curve : m_curves) {
        if (!curve->isVisible) continue;
        const Distance distance = distanceOf(*curve, *m_canvas, pixel);
        if (!(distance < least)) continue;
        least = distance;
        nearest = curve.get();
    }
    return nearest;
}

QString LinePlot::ownerOf(const QString& id) const {
    const Curve* curve = m_byId.value(id);
    return curve == nullptr ? QString() : curve->isOwned() ? curve->owner : id;
}

void LinePlot::pick(const QString& id) {
    if (id == m_picked) return;
    m_picked = hasCurve(id) ? id : QString();
    for (const auto& curve : m_curves) {
        curve->isPicked = curve->id() == m_picked;
        m_canvas->raiseCurve(curve->id()); // all, so that those before are in their order again
    }
    if (!m_picked.isEmpty()) m_canvas->raiseCurve(m_picked);
}

void LinePlot::pickAndTell(const QString& id) {
    pick(id);
    Q_EMIT curvePicked(m_picked);
}

void LinePlot::pickAt(QPointF pixel) {
    const Curve* curve = curveAt(pixel);
    pickAndTell(curve == nullptr ? QString() : curve->id());
}

/// In the order of the legend; the curves that another one owns come after all others.
void LinePlot::pickNext(int direction) {
    std::vector<QString> ids;
    for (const bool areOwned : {false, true})
        for (const auto& curve : m_curves)
            if (curve->isVisible && curve->isOwned() == areOwned) ids.push_back(curve->id());
    if (ids.empty()) return;
    const auto count = static_cast<std::ptrdiff_t>(ids.size());
    const auto place = std::ranges::find(ids, m_picked) - ids.begin();
    const auto start = place == count ? (direction > 0 ? -1 : 0) : place;
    pickAndTell(ids[static_cast<std::size_t>((start + direction + count) % count)]);
}

void LinePlot::setReadoutShown(bool isShown) {
    delete std::exchange(m_readout, isShown ? new ReadoutBox(m_canvas) : nullptr);
}

void LinePlot::updateReadoutBox() {
    if (m_readout == nullptr) return;
    const auto cursor = m_group->cursor();
    const auto mouse = m_canvas->mouse();
    if (!cursor || !(mouse || hasFocus())) return m_readout->hide(); // that of another plot of the group
    const Curve* nearest = mouse ? curveAt(*mouse) : nullptr;
    std::vector<std::pair<double, ReadoutRow>> rows;
    for (const auto& curve : m_curves) {
        if (!curve->isVisible || curve->size() == 0) continue;
        const double value = curve->line()[*curve->nearest(*cursor)];
        rows.push_back(
            {std::isnan(value) ? -INFINITY : value,
             {curve->label(), valueText(*curve), curve->style(), curve->isOwned(), curve.get() == nearest}});
    }
    std::ranges::stable_sort(rows, std::greater{}, [](const auto& row) { return row.first; });
    std::vector<ReadoutRow> sorted;
    for (auto& [value, row] : rows)
        sorted.push_back(std::move(row));
    const auto x = static_cast<int>(m_canvas->pixelOf(*cursor, 1).x());
    m_readout->showRows(placeText(m_group->xAxis(), *cursor), std::move(sorted), x, m_canvas->axisRect());
}

} // namespace retort
