// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/point_names.h"

#include <qcustomplot.h>

#include <algorithm>

namespace retort {
namespace {

constexpr double markSize = 11; ///< pixels

/// What a name is not to cover: a rectangle of the axes, and so many pixels around it.
struct Obstacle {
    Interval x;
    Interval y;
    double air = 0;
};

/// Places are found when it is drawn: the axes know their pixels no sooner.
class PointNames final : public QCPAbstractItem {
public:
    explicit PointNames(QCustomPlot* plot) : QCPAbstractItem(plot) { setSelectable(false); }
    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }

    std::vector<ScorePoint> points;
    std::vector<Obstacle> obstacles;
    QColor color;

protected:
    void draw(QCPPainter* painter) override;

private:
    [[nodiscard]] QPointF pixel(double x, double y) const {
        return {mParentPlot->xAxis->coordToPixel(x), mParentPlot->yAxis->coordToPixel(y)};
    }
    [[nodiscard]] QRectF pixels(const Obstacle& obstacle) const;
    [[nodiscard]] QRectF place(const QPointF& mark, const QSizeF& size,
                               const std::vector<QRectF>& taken) const;
};

QRectF PointNames::pixels(const Obstacle& obstacle) const {
    const QRectF rect(pixel(obstacle.x.low, obstacle.y.high), pixel(obstacle.x.high, obstacle.y.low));
    return rect.adjusted(-obstacle.air, -obstacle.air, obstacle.air, obstacle.air);
}

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
    for (const Obstacle& obstacle : obstacles)
        taken.push_back(pixels(obstacle));
    painter->setFont(mParentPlot->font());
    painter->setPen(color);
    const QFontMetricsF metrics(mParentPlot->font());
    for (const ScorePoint& point : points) {
        const QSizeF size(metrics.horizontalAdvance(point.name), metrics.height());
        const QRectF rect = place(pixel(point.x, point.y), size, taken);
        taken.push_back(rect);
        painter->drawText(rect, Qt::AlignCenter | Qt::TextDontClip, point.name);
    }
}

void addObstacles(std::vector<Obstacle>& obstacles, const ScorePoint& point, bool isFaint) {
    const Interval x{point.x, point.x}, y{point.y, point.y};
    obstacles.push_back({x, y, isFaint ? 2 : markSize / 2});
    if (point.xInterval.low < point.xInterval.high) obstacles.push_back({point.xInterval, y, 1});
    if (point.interval.low < point.interval.high) obstacles.push_back({x, point.interval, 1});
}

} // namespace

void drawPointNames(QCustomPlot& plot, const ScoreFigure& figure, const QPalette& palette) {
    std::vector<ScorePoint> points;
    std::vector<Obstacle> obstacles;
    for (const ScoreLine& line : figure.lines)
        for (const ScorePoint& point : line.points) {
            if (line.isStaircase) continue; // its points are marks of other lines
            addObstacles(obstacles, point, line.isFaint);
            if (!point.name.isEmpty()) points.push_back(point);
        }
    if (points.empty()) return;
    auto* names = new PointNames(&plot);
    names->points = std::move(points);
    names->obstacles = std::move(obstacles);
    names->color = palette.color(QPalette::Text);
}

} // namespace retort
