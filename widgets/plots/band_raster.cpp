// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/band_raster.h"

#include <QImage>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

namespace retort {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// The outermost place of an edge in each column of an image, in its pixels; NaN where the edge is not.
class Edge {
public:
    Edge(int columns, bool isUpper)
        : m_places(static_cast<std::size_t>(columns), nothing), m_isUpper(isUpper) {}

    void add(const QPolygonF& line, QPointF origin, double scale) {
        for (qsizetype i = 0; i < line.size(); ++i) {
            const QPointF point = (line[i] - origin) * scale;
            put(std::floor(point.x()), point.y());
            if (i > 0) between((line[i - 1] - origin) * scale, point);
        }
    }
    [[nodiscard]] double operator[](int column) const { return m_places[static_cast<std::size_t>(column)]; }
    /// Of all columns; 0 without any.
    [[nodiscard]] double outermost() const {
        double most = nothing;
        for (const double place : m_places)
            if (std::isnan(most) || (m_isUpper ? place < most : place > most)) most = place;
        return std::isnan(most) ? 0 : most;
    }

private:
    /// At the middles of the columns from `a` to `b`.
    void between(const QPointF& a, const QPointF& b) {
        const double width = b.x() - a.x();
        if (width <= 0) return;
        const double last = std::min(std::floor(b.x() - 0.5), static_cast<double>(m_places.size()) - 1);
        for (double column = std::max(0.0, std::ceil(a.x() - 0.5)); column <= last; ++column)
            put(column, std::lerp(a.y(), b.y(), (column + 0.5 - a.x()) / width));
    }
    void put(double column, double y) {
        if (!(column >= 0 && column < static_cast<double>(m_places.size()))) return;
        double& place = m_places[static_cast<std::size_t>(column)];
        if (std::isnan(place) || (m_isUpper ? y < place : y > place)) place = y;
    }

    std::vector<double> m_places;
    bool m_isUpper;
};

/// The colour at a share of its opacity, premultiplied.
QRgb covered(const QColor& shade, double share) {
    return qPremultiply(qRgba(shade.red(), shade.green(), shade.blue(),
                              static_cast<int>(std::lround(share * shade.alpha()))));
}

class BandImage {
public:
    BandImage(QSize size, const QColor& shade)
        : m_image(size, QImage::Format_ARGB32_Premultiplied), m_shade(shade), m_full(covered(shade, 1)) {
        m_image.fill(0);
        m_pixels = reinterpret_cast<QRgb*>(m_image.bits());
        m_stride = m_image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    }
    void fillColumn(int column, double top, double bottom) {
        top = std::clamp(top, 0.0, static_cast<double>(m_image.height()));
        bottom = std::clamp(bottom, 0.0, static_cast<double>(m_image.height()));
        const int first = static_cast<int>(top), last = static_cast<int>(bottom);
        if (first == last) return put(column, first, bottom - top);
        put(column, first, first + 1 - top);
        for (int row = first + 1; row < last; ++row)
            m_pixels[row * m_stride + column] = m_full;
        put(column, last, bottom - last);
    }
    QImage& image() { return m_image; }

private:
    void put(int column, int row, double share) {
        if (row < m_image.height()) m_pixels[row * m_stride + column] = covered(m_shade, share);
    }

    QImage m_image;
    QColor m_shade;
    QRgb m_full;
    QRgb* m_pixels;
    qsizetype m_stride;
};

} // namespace

void shadeBetween(QPainter& painter, const QRect& area, const std::vector<QPolygonF>& high,
                  const std::vector<QPolygonF>& low, const QColor& shade) {
    const double scale = painter.device()->devicePixelRatioF();
    const QSize size = (QSizeF(area.size()) * scale).toSize();
    if (size.isEmpty()) return;
    Edge upper(size.width(), true), lower(size.width(), false);
    for (const QPolygonF& line : high)
        upper.add(line, area.topLeft(), scale);
    for (const QPolygonF& line : low)
        lower.add(line, area.topLeft(), scale);
    // An image of the band alone: a lower one is drawn sooner.
    const int top = std::clamp(static_cast<int>(upper.outermost()), 0, size.height());
    const int bottom = std::clamp(static_cast<int>(lower.outermost()) + 1, top, size.height());
    if (top == bottom) return;
    BandImage band(QSize(size.width(), bottom - top), shade);
    for (int column = 0; column < size.width(); ++column)
        if (upper[column] <= lower[column]) band.fillColumn(column, upper[column] - top, lower[column] - top);
    band.image().setDevicePixelRatio(scale);
    painter.drawImage(QPointF(area.topLeft()) + QPointF(0, top / scale), band.image());
}

} // namespace retort
