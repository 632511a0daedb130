// SPDX-License-Identifier: GPL-3.0-or-later
// The data of one curve and how it looks.
#pragma once

#include "analysis/pyramid.h"
#include "analysis/run_clock.h"
#include "analysis/smoothing.h"
#include "widgets/plots/series_style.h"

#include <QString>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace retort {

/// How a plot shows all of its curves.
struct CurveView {
    XAxis xAxis = XAxis::step;
    bool isLogarithmic = false;
    bool isXLogarithmic = false;
    double smoothing = 0; ///< weight of the past in [0, 1); 0 shows the values alone
    bool isDark = false;
    bool isCrowded =
        false; ///< many curves: thin, without smooth edges, without the values behind smoothed ones
    double penScale = 1;

    [[nodiscard]] bool isSmoothed() const { return smoothing > 0; }
};

/// From the first step to the last, both in it.
struct StepRange {
    std::int64_t first = 0;
    std::int64_t last = 0;
};

/// Points that come all at once, by rising step.
struct CurvePoints {
    std::vector<std::int64_t> steps;
    std::vector<double> values; ///< as many
    std::vector<double> low;    ///< lower edge of a band around the values; as many, or none
    std::vector<double> high;
};

/// Points by rising step. What is derived from them (places on the x axis, the smoothed curve) grows with
/// them; it is made anew only when the axis, the smoothing or the scale changes.
class Curve {
public:
    /// `clock` gives the points their places on the x axis; a tick comes before the points of its step.
    Curve(QString id, QString label, SeriesStyle style, std::shared_ptr<const RunClock> clock);

    [[nodiscard]] const QString& id() const { return m_id; }
    [[nodiscard]] const QString& label() const { return m_label; }
    [[nodiscard]] SeriesStyle style() const { return m_style; }
    [[nodiscard]] const RunClock& clock() const { return *m_clock; }

    bool isVisible = true;
    bool isLive = false;             ///< grows: drawn on a layer of its own
    bool isSmoothable = true;        ///< false: few exact points, such as evaluations, drawn with their marks
    bool isPicked = false;           ///< a person has chosen it: drawn over the others, in full
    std::optional<StepRange> strong; ///< drawn thick there; of curves of few exact points
    QString owner; ///< the curve whose legend entry speaks for this one too, which is drawn faint and plain

    void append(std::int64_t step, double value, const CurveView& view);
    void assign(CurvePoints points, const CurveView& view);
    void truncateAfter(std::int64_t step, const CurveView& view);
    /// Makes the derived data anew.
    void derive(const CurveView& view);

    [[nodiscard]] std::size_t size() const { return m_steps.size(); }
    [[nodiscard]] std::span<const std::int64_t> steps() const { return m_steps; }
    [[nodiscard]] std::span<const double> positions() const { return m_positions; }
    [[nodiscard]] const MinMaxPyramid& values() const { return m_values; }
    /// Empty unless the curve is smoothed.
    [[nodiscard]] const MinMaxPyramid& smoothed() const { return m_smoothed; }
    /// What the line follows: the smoothed curve where there is one.
    [[nodiscard]] const MinMaxPyramid& line() const { return m_smoothed.size() > 0 ? m_smoothed : m_values; }
    /// Edges of the band; empty unless it was assigned with one.
    [[nodiscard]] const MinMaxPyramid& low() const { return m_low.values; }
    [[nodiscard]] const MinMaxPyramid& high() const { return m_high.values; }
    /// The same along the line.
    [[nodiscard]] const MinMaxPyramid& lineLow() const { return m_low.line(); }
    [[nodiscard]] const MinMaxPyramid& lineHigh() const { return m_high.line(); }
    [[nodiscard]] bool hasBand() const { return m_low.values.size() > 0; }
    [[nodiscard]] bool isOwned() const { return !owner.isEmpty(); }

    /// Index of the point nearest to a place on the x axis.
    [[nodiscard]] std::optional<std::size_t> nearest(double position) const;
    /// Of the points in a window of the x axis and their band.
    [[nodiscard]] Extent extent(Window window) const;

private:
    struct Edge {
        MinMaxPyramid values;
        MinMaxPyramid smoothed;

        [[nodiscard]] const MinMaxPyramid& line() const { return smoothed.size() > 0 ? smoothed : values; }
    };
    void deriveNewest(const CurveView& view);

    QString m_id;
    QString m_label;
    SeriesStyle m_style;
    std::shared_ptr<const RunClock> m_clock;
    std::vector<std::int64_t> m_steps;
    std::vector<double> m_positions;
    MinMaxPyramid m_values;
    MinMaxPyramid m_smoothed;
    Edge m_low;
    Edge m_high;
    std::optional<MovingAverage> m_average;
};

} // namespace retort
