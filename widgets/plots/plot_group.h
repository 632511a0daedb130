// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/pyramid.h"
#include "analysis/run_clock.h"
#include "widgets/plots/series_style.h"

#include <QObject>
#include <optional>
#include <vector>

namespace retort {

/// A stretch of the x axis that has a name, such as a stage of a training.
struct PlotBand {
    QString label;
    SeriesStyle style;
    double from = 0;
    double to = 0; ///< infinite: to the right edge, whatever is shown
    bool operator==(const PlotBand&) const = default;
};

/// What plots of the same runs share: the x axis, the part of it that is shown, its bands, and the cursor.
class PlotGroup : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] XAxis xAxis() const { return m_xAxis; }
    [[nodiscard]] bool isXLogarithmic() const { return m_isXLogarithmic; }
    [[nodiscard]] Window window() const { return m_isZoomed ? m_zoom : all(); }
    [[nodiscard]] bool isZoomed() const { return m_isZoomed; }
    [[nodiscard]] std::optional<double> cursor() const { return m_cursor; }
    [[nodiscard]] const std::vector<PlotBand>& bands() const { return m_bands; }

    /// The plots tell their extents again by include().
    void setXAxis(XAxis axis);
    /// Ends all zooming, as another axis does.
    void setXLogarithmic(bool isLogarithmic);
    /// The axis reaches from 0, a logarithmic one from the smallest positive place told, to at least `end`.
    /// While a run grows there is room to the right of it, so that the axes stand still for a while.
    void include(double end, bool isGrowing);
    void forgetExtents();
    void zoomTo(Window window);
    /// By `factor` around a place that stays where it is.
    void zoomAround(double factor, double position);
    /// By a share of the window.
    void pan(double share);
    void resetZoom();
    void setCursor(std::optional<double> position);
    /// Places are on the axis as it is now: who set them sets them again when it changes.
    void setBands(std::vector<PlotBand> bands);

Q_SIGNALS:
    void xAxisChanged();
    void windowChanged();
    void zoomReset();
    void cursorMoved();
    void bandsChanged();

private:
    [[nodiscard]] Window all() const;
    void changeAxis();

    XAxis m_xAxis = XAxis::step;
    Window m_all{0, 1};
    double m_end = 0;
    double m_start = 0; ///< smallest positive place; 0 before there is one
    bool m_isXLogarithmic = false;
    Window m_zoom;
    bool m_isZoomed = false;
    std::optional<double> m_cursor;
    std::vector<PlotBand> m_bands;
};

} // namespace retort
