// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/point_names.h"

#include <qcustomplot.h>

#include <algorithm>

namespace retort {
namespace {

constexpr double markSize = 11; ///< pixels

struct Named {
    double x = 0;
    double y = 0;
    QString name;
    QColor color;
};

/// Places are found when it is drawn: the axes know their pixels no sooner.
class PointNames final : public QCPAbstractItem {
public:
    explicit PointNames(QCustomPlot* plot) : QCPAbstractItem(plot) { setSelectable(false); }
    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }

    std::vector<Named> points;

protected:
    void draw(QCPPainter* painter) override;

private:
    [[nodiscard]] QPointF pixel(const Named& point) const {
        return {mParentPlot->xAxis->coordToPixel(point.x), mParentPlot->yAxis->coordToPixel(point.y)};
    }
    [[nodiscard]] QRectF place(const QPointF& mark, const QSizeF& size,
                               const std::vector<QRectF>& taken) const;
};

/// Right, left, above or below, then between these; where all are taken, right.
QRectF PointNames::place(const QPointF& mark, const QSizeF& size, const std::vector<QRectF>& taken) const {
    const QRectF axes = mParentPlot->axisRect()->rect();
    const double right = markSize / 2 + 2, left = -right - size.width(), middle = -size.height() / 2;
    const double above = -right - size.height() + 3, below = right - 3, centre = -size.width() / 2;
    const QPointF shifts[] = {{right, middle}, {left, middle}, {centre, above}, {centre, below},
                              {right, above},  {right, below}, {left, above},   {left, below}};
    for (const QPointF& shift : shifts) {
        const QRectF rect(mark + shift, size);
        const auto meets = [&](const QRectF& other) { return other.intersects(rect); };
        if (axes.contains(rect) && std::ranges::none_of(taken, meets)) return rect;
    }
    return {mark + shifts[0], size};
}

void PointNames::draw(QCPPainter* painter) {
    std::vector<QRectF> taken;
    for (const Named& point : points) {
        const QPointF mark = pixel(point);
        taken.emplace_back(mark.x() - markSize / 2, mark.y() - markSize / 2, markSize, markSize);
    }
    painter->setFont(mParentPlot->font());
    const QFontMetricsF metrics(mParentPlot->font());
    for (const Named& point : points) {
        const QSizeF size(metrics.horizontalAdvance(point.name), metrics.height());
        const QRectF rect = place(pixel(point), size, taken);
        taken.push_back(rect);
        painter->setPen(point.color);
        painter->drawText(rect, Qt::AlignCenter | Qt::TextDontClip, point.name);
    }
}

} // namespace

void drawPointNames(QCustomPlot& plot, const ScoreFigure& figure, const QPalette& palette) {
    std::vector<Named> points;
    for (const ScoreLine& line : figure.lines)
        for (const ScorePoint& point : line.points)
            if (!point.name.isEmpty())
                points.push_back({point.x, point.y, point.name, palette.color(QPalette::Text)});
    if (points.empty()) return;
    (new PointNames(&plot))->points = std::move(points);
}

} // namespace retort
