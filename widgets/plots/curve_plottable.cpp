// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/curve_plottable.h"

#include "widgets/plots/band_raster.h"
#include "widgets/plots/curve.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <ranges>

namespace retort {
namespace {

// Above this a stroked path costs more than its segments one by one, as soon as it is wide or dashed.
constexpr int longRun = 300;
constexpr float faint = 0.3f;
constexpr float bandShade = 0.18f;
constexpr double farAway = 20'000; ///< pixels; the rasteriser's coordinates are of limited range

/// Collects vertices into runs that gaps divide.
class Tracer {
public:
    Tracer(const QCPAxis& keyAxis, const QCPAxis& valueAxis)
        : m_keyAxis(keyAxis),
          m_valueAxis(valueAxis),
          m_isKeyLogarithmic(keyAxis.scaleType() == QCPAxis::stLogarithmic),
          m_isLogarithmic(valueAxis.scaleType() == QCPAxis::stLogarithmic) {}

    /// What has no logarithm is drawn at the bottom instead of as a gap, so that a band keeps both edges.
    void floorAtBottom() { m_isFloored = true; }

    void add(double key, double value) {
        if (m_isFloored && m_isLogarithmic && value <= 0) value = m_valueAxis.range().lower;
        if (!std::isfinite(value) || (m_isLogarithmic && value <= 0)) return cut();
        if (m_isKeyLogarithmic && key <= 0) return cut();
        const double y = m_valueAxis.coordToPixel(value);
        m_run << QPointF(m_keyAxis.coordToPixel(key), std::clamp(y, -farAway, farAway));
    }
    void cut() {
        if (!m_run.isEmpty()) m_runs.push_back(std::move(m_run));
        m_run.clear();
    }
    std::vector<QPolygonF> runs() {
        cut();
        return std::move(m_runs);
    }

private:
    const QCPAxis& m_keyAxis;
    const QCPAxis& m_valueAxis;
    bool m_isKeyLogarithmic;
    bool m_isLogarithmic;
    bool m_isFloored = false;
    QPolygonF m_run;
    std::vector<QPolygonF> m_runs;
};

/// Indexes of the points in the window and one to each side, so that lines reach the window's edges.
std::pair<std::size_t, std::size_t> seenRange(std::span<const double> positions, Window window) {
    auto begin = std::ranges::lower_bound(positions, window.from);
    auto end = std::ranges::upper_bound(positions, window.to);
    if (begin != positions.begin()) --begin;
    if (end != positions.end()) ++end;
    return {static_cast<std::size_t>(begin - positions.begin()),
            static_cast<std::size_t>(end - positions.begin())};
}

/// A column of many values: in at its first, over its extremes, out at its last; over its extremes alone
/// where curves are crowded.
void addColumn(Tracer& tracer, const CurveColumn& column, std::span<const double> positions,
               const CurveView& view) {
    const double low = view.isLogarithmic ? column.extent.min_positive : column.extent.min;
    const double middle = (positions[column.begin] + positions[column.end - 1]) / 2;
    const bool hasRange = column.extent.max >= low;
    if (!view.isCrowded || !hasRange) tracer.add(positions[column.begin], column.first);
    if (hasRange) {
        const bool isRising = column.last >= column.first;
        tracer.add(middle, isRising ? low : column.extent.max);
        tracer.add(middle, isRising ? column.extent.max : low);
    }
    if (!view.isCrowded || !hasRange) tracer.add(positions[column.end - 1], column.last);
}

/// The window in parts of equal width on the screen. Columns are of equal width on the axis, so that on a
/// logarithmic one all points of the first decades would fall into a single column.
std::vector<Window> slices(Window window, bool isLogarithmic) {
    constexpr int count = 32;
    if (!isLogarithmic || window.from <= 0) return {window};
    std::vector<Window> parts;
    const double ratio = std::pow(window.to / window.from, 1.0 / count);
    for (int i = 0; i < count; ++i)
        parts.push_back({window.from * std::pow(ratio, i), window.from * std::pow(ratio, i + 1)});
    return parts;
}

/// Dashes that follow the x axis instead of the line, because on noise those along the line are invisible and
/// slow.
bool isInDash(Qt::PenStyle style, double x) {
    const int place = static_cast<int>(std::abs(x)) % 12;
    switch (style) {
    case Qt::DashLine:
        return place < 8;
    case Qt::DotLine:
        return place % 4 < 2;
    case Qt::DashDotLine:
        return place < 6 || place == 8 || place == 9;
    default:
        return true;
    }
}

class CurvePlottable final : public QCPAbstractPlottable {
public:
    CurvePlottable(const Curve& curve, const CurveView& view, QCPAxis* keyAxis, QCPAxis* valueAxis)
        : QCPAbstractPlottable(keyAxis, valueAxis), m_curve(curve), m_view(view) {}

    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
    QCPRange getKeyRange(bool& found, QCP::SignDomain) const override {
        found = m_curve.size() > 0;
        return found ? QCPRange(m_curve.positions().front(), m_curve.positions().back()) : QCPRange();
    }
    QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const override {
        const Extent extent = m_curve.values().extent(0, m_curve.size());
        found = extent.has_finite();
        return found ? QCPRange(extent.min, extent.max) : QCPRange();
    }

protected:
    void draw(QCPPainter* painter) override;
    void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override {
        painter->setPen(linePen());
        painter->drawLine(QLineF(rect.left(), rect.center().y(), rect.right(), rect.center().y()));
    }

private:
    [[nodiscard]] Window window() const { return {keyAxis()->range().lower, keyAxis()->range().upper}; }
    [[nodiscard]] bool isLogarithmic(const QCPAxis* axis) const {
        return axis->scaleType() == QCPAxis::stLogarithmic;
    }
    /// A mean stands out however many seeds lie behind it.
    [[nodiscard]] bool isCrowded() const {
        return m_view.isCrowded && !m_curve.hasBand() && !m_curve.isPicked;
    }
    /// The values behind smoothed ones; of many curves, and of the seeds behind a mean, they would hide all.
    [[nodiscard]] bool hasValuesBehind() const {
        return !isCrowded() && (!m_curve.isOwned() || m_curve.isPicked);
    }
    [[nodiscard]] QPen linePen() const;
    [[nodiscard]] QPen faintPen() const;
    [[nodiscard]] std::vector<QPolygonF> trace(const MinMaxPyramid& series, bool isEdge = false) const;
    [[nodiscard]] std::vector<CurveColumn> columnsOf(const MinMaxPyramid& series, std::size_t count) const;
    void drawBand(QCPPainter* painter) const;
    void drawStrong(QCPPainter* painter) const;
    void drawRuns(QCPPainter* painter, const std::vector<QPolygonF>& runs, const QPen& pen) const;
    void drawLongRun(QCPPainter* painter, const QPolygonF& run, const QPen& pen) const;
    void drawDot(QCPPainter* painter, const QPointF& place, const QPen& pen) const;
    void drawDots(QCPPainter* painter, const std::vector<QPolygonF>& runs) const;
    void drawEdgeMarks(QCPPainter* painter) const;
    void drawEdgeMark(QCPPainter* painter, double x, const Extent& extent) const;

    const Curve& m_curve;
    const CurveView& m_view;
};

QPen CurvePlottable::linePen() const {
    if (m_curve.isOwned() && !m_curve.isPicked) return faintPen();
    const bool isThick = !isCrowded() && (m_view.isSmoothed() || !m_curve.isSmoothable || m_curve.hasBand());
    const double width = m_curve.isPicked ? 2.6 : isThick ? 1.6 : 1.0;
    QPen pen(m_curve.style().color(m_view.isDark), width * m_view.penScale, m_curve.style().dash());
    pen.setJoinStyle(Qt::RoundJoin);
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

QPen CurvePlottable::faintPen() const {
    QColor color = m_curve.style().color(m_view.isDark);
    color.setAlphaF(faint);
    return {color, m_view.penScale};
}

void CurvePlottable::draw(QCPPainter* painter) {
    if (m_curve.size() == 0) return;
    const bool isSmoothed = m_curve.smoothed().size() > 0;
    if (m_curve.hasBand()) drawBand(painter);
    std::vector<QPolygonF> runs;
    if (!isSmoothed || hasValuesBehind()) {
        // Faint noise needs no smooth edges.
        painter->setAntialiasing(!isCrowded() && !isSmoothed);
        drawRuns(painter, runs = trace(m_curve.values()), isSmoothed ? faintPen() : linePen());
    }
    painter->setAntialiasing(!isCrowded());
    if (isSmoothed) drawRuns(painter, trace(m_curve.smoothed()), linePen());
    painter->setAntialiasing(true);
    if (m_curve.strong) drawStrong(painter);
    if (!m_curve.isSmoothable && !m_curve.isOwned()) drawDots(painter, runs);
    drawEdgeMarks(painter);
}

std::vector<CurveColumn> CurvePlottable::columnsOf(const MinMaxPyramid& series, std::size_t count) const {
    const std::vector<Window> parts = slices(window(), isLogarithmic(keyAxis()));
    std::vector<CurveColumn> columns;
    for (const Window& part : parts) {
        const auto some =
            query(series, m_curve.positions(), part, std::max<std::size_t>(1, count / parts.size()));
        columns.insert(columns.end(), some.begin(), some.end());
    }
    return columns;
}

void CurvePlottable::drawBand(QCPPainter* painter) const {
    QColor shade = m_curve.style().color(m_view.isDark);
    shade.setAlphaF(bandShade);
    painter->setPen(Qt::NoPen);
    painter->setBrush(shade);
    painter->setAntialiasing(true);
    const std::vector<QPolygonF> low = trace(m_curve.lineLow(), true), high = trace(m_curve.lineHigh(), true);
    const auto corners = [](const std::vector<QPolygonF>& runs) {
        return std::accumulate(runs.begin(), runs.end(), qsizetype{0},
                               [](qsizetype sum, const QPolygonF& run) { return sum + run.size(); });
    };
    if (corners(high) > longRun && !painter->modes().testFlag(QCPPainter::pmVectorized))
        return shadeBetween(*painter, keyAxis()->axisRect()->rect(), high, low, shade);
    for (std::size_t i = 0; i < std::min(low.size(), high.size()); ++i) {
        QPolygonF outline = high[i];
        std::ranges::copy(low[i] | std::views::reverse, std::back_inserter(outline));
        painter->drawPolygon(outline);
    }
    painter->setBrush(Qt::NoBrush);
}

void CurvePlottable::drawStrong(QCPPainter* painter) const {
    Tracer tracer(*keyAxis(), *valueAxis());
    for (std::size_t i = 0; i < m_curve.size(); ++i)
        if (m_curve.steps()[i] >= m_curve.strong->first && m_curve.steps()[i] <= m_curve.strong->last)
            tracer.add(m_curve.positions()[i], m_curve.values()[i]);
    QPen pen = linePen();
    pen.setStyle(Qt::SolidLine);
    pen.setWidthF(2.2 * pen.widthF());
    drawRuns(painter, tracer.runs(), pen);
}

std::vector<QPolygonF> CurvePlottable::trace(const MinMaxPyramid& series, bool isEdge) const {
    Tracer tracer(*keyAxis(), *valueAxis());
    if (isEdge) tracer.floorAtBottom();
    const auto positions = m_curve.positions();
    const auto [begin, end] = seenRange(positions, window());
    const int width = std::max(2, keyAxis()->axisRect()->width());
    const auto columns = static_cast<std::size_t>(m_view.isCrowded && !m_curve.isPicked ? width / 2 : width);
    if (end - begin <= 2 * columns) {
        for (std::size_t i = begin; i < end; ++i)
            tracer.add(positions[i], series[i]);
        return tracer.runs();
    }
    tracer.add(positions[begin], series[begin]);
    for (const CurveColumn& column : columnsOf(series, columns))
        addColumn(tracer, column, positions, m_view);
    tracer.add(positions[end - 1], series[end - 1]);
    return tracer.runs();
}

void CurvePlottable::drawRuns(QCPPainter* painter, const std::vector<QPolygonF>& runs,
                              const QPen& pen) const {
    painter->setPen(pen);
    const bool isCheap = pen.style() == Qt::SolidLine && pen.widthF() <= 1;
    const bool isVector = painter->modes().testFlag(QCPPainter::pmVectorized);
    for (const QPolygonF& run : runs) {
        if (run.size() == 1)
            drawDot(painter, run.front(), pen);
        else if (isCheap || isVector || run.size() < longRun)
            painter->drawPolyline(run);
        else
            drawLongRun(painter, run, pen);
    }
}

/// A value without neighbours would be invisible as a line.
void CurvePlottable::drawDot(QCPPainter* painter, const QPointF& place, const QPen& pen) const {
    const double radius = std::max(1.5 * m_view.penScale, pen.widthF());
    painter->setBrush(pen.color());
    painter->drawEllipse(place, radius, radius);
    painter->setBrush(Qt::NoBrush);
}

void CurvePlottable::drawLongRun(QCPPainter* painter, const QPolygonF& run, const QPen& pen) const {
    QPen solid(pen.color(), pen.widthF());
    solid.setCapStyle(pen.widthF() > 1 ? Qt::SquareCap
                                       : Qt::FlatCap); // round ones are curves: four times slower
    painter->setPen(solid);
    QList<QLineF> lines;
    lines.reserve(run.size());
    for (qsizetype i = 1; i < run.size(); ++i)
        if (isInDash(pen.style(), run[i].x())) lines.emplace_back(run[i - 1], run[i]);
    painter->drawLines(lines);
}

/// Marks the points themselves where there is room between them.
void CurvePlottable::drawDots(QCPPainter* painter, const std::vector<QPolygonF>& runs) const {
    painter->setPen(Qt::NoPen);
    painter->setBrush(linePen().color());
    const double radius = 2.2 * m_view.penScale;
    for (const QPolygonF& run : runs) {
        const double spacing =
            run.size() < 2 ? farAway : (run.back().x() - run.front().x()) / double(run.size() - 1);
        if (spacing < 7) continue;
        for (const QPointF& point : run)
            painter->drawEllipse(point, radius, radius);
    }
    painter->setBrush(Qt::NoBrush);
}

void CurvePlottable::drawEdgeMarks(QCPPainter* painter) const {
    const Extent all = m_curve.extent(window());
    if (all.is_all_finite() && !(m_view.isLogarithmic && all.min <= 0)) return;
    const auto columns = static_cast<std::size_t>(std::max(1, keyAxis()->axisRect()->width() / 8));
    painter->setPen(QPen(linePen().color(), 1.4 * m_view.penScale));
    for (const CurveColumn& column : columnsOf(m_curve.values(), columns)) {
        const double middle = (m_curve.positions()[column.begin] + m_curve.positions()[column.end - 1]) / 2;
        drawEdgeMark(painter, keyAxis()->coordToPixel(middle), column.extent);
    }
}

void CurvePlottable::drawEdgeMark(QCPPainter* painter, double x, const Extent& extent) const {
    const double top = keyAxis()->axisRect()->top() + 6, bottom = keyAxis()->axisRect()->bottom() - 6;
    const double half = 4 * m_view.penScale;
    const auto triangle = [&](double y, double direction) {
        painter->setBrush(linePen().color());
        painter->drawPolygon(QPolygonF{
            {x - half, y + direction * half}, {x + half, y + direction * half}, {x, y - direction * half}});
        painter->setBrush(Qt::NoBrush);
    };
    if (extent.has_positive_infinity) triangle(top, 1);
    if (extent.has_negative_infinity || (m_view.isLogarithmic && extent.min <= 0)) triangle(bottom, -1);
    if (!extent.has_nan) return;
    painter->drawLine(QLineF(x - half, top - half, x + half, top + half));
    painter->drawLine(QLineF(x - half, top + half, x + half, top - half));
}

} // namespace

QCPAbstractPlottable* drawCurve(const Curve& curve, const CurveView& view, QCPAxis* keyAxis,
                                QCPAxis* valueAxis) {
    return new CurvePlottable(curve, view, keyAxis, valueAxis);
}

} // namespace retort
