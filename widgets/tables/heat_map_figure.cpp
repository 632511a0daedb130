// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/heat_map_figure.h"

#include "widgets/plots/figure_file.h"
#include "widgets/plots/painted_file.h"
#include "widgets/plots/series_style.h"
#include "widgets/tables/shaded_cell.h"

#include <QGuiApplication>
#include <QPainter>
#include <algorithm>

namespace retort {
namespace {

constexpr double rowHeight = 16; ///< points, as all sizes here
constexpr double air = 4;

QFont figureFont(bool isBold = false) {
    QFont font = QGuiApplication::font();
    font.setPixelSize(8);
    font.setBold(isBold);
    return font;
}

double widthOfNames(const HeatMapFigure& figure) {
    const QFontMetricsF metrics(figureFont());
    double width = metrics.horizontalAdvance(figure.corner);
    for (const QString& row : figure.rows)
        width = std::max(width, metrics.horizontalAdvance(row));
    return width + 2 * air;
}

QSize sizeOf(const HeatMapFigure& figure) {
    const bool hasLegend = !figure.legend.isEmpty();
    const double rows = static_cast<double>(figure.rows.size()) + 1 + (hasLegend ? 1 : 0);
    return {figureSize.width(), static_cast<int>(rows * rowHeight + 2)};
}

void drawCell(QPainter& painter, const QRectF& place, const HeatMapCell& cell) {
    const QRectF rect = place.adjusted(0.5, 0.5, -0.5, -0.5);
    const QColor fill = cell.shade ? shadeOf(*cell.shade, printPalette()) : QColor(Qt::white);
    painter.fillRect(rect, fill);
    painter.setFont(figureFont(cell.isFramed));
    painter.setPen(inkOn(fill));
    painter.drawText(rect, Qt::AlignCenter, cell.text);
    if (!cell.isFramed) return;
    painter.setPen(QPen(Qt::black, 1));
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
}

void drawNames(QPainter& painter, const HeatMapFigure& figure, double left, double width) {
    painter.setFont(figureFont());
    painter.setPen(Qt::black);
    painter.drawText(QRectF(0, 0, left, rowHeight), Qt::AlignVCenter | Qt::AlignLeft, figure.corner);
    for (qsizetype column = 0; column < figure.columns.size(); ++column)
        painter.drawText(QRectF(left + static_cast<double>(column) * width, 0, width, rowHeight),
                         Qt::AlignCenter, figure.columns[column]);
    for (qsizetype row = 0; row < figure.rows.size(); ++row)
        painter.drawText(QRectF(0, static_cast<double>(row + 1) * rowHeight, left, rowHeight),
                         Qt::AlignVCenter | Qt::AlignLeft, figure.rows[row]);
    const double below = static_cast<double>(figure.rows.size() + 1) * rowHeight;
    painter.drawText(QRectF(0, below, figureSize.width(), rowHeight), Qt::AlignVCenter | Qt::AlignLeft,
                     figure.legend);
}

/// In points.
void drawHeatMap(QPainter& painter, const HeatMapFigure& figure) {
    const double left = widthOfNames(figure);
    const auto columns = std::max<qsizetype>(1, figure.columns.size());
    const double width = (figureSize.width() - left) / static_cast<double>(columns);
    drawNames(painter, figure, left, width);
    for (std::size_t i = 0; i < figure.cells.size(); ++i) {
        const auto place = static_cast<qsizetype>(i);
        const QRectF rect(left + static_cast<double>(place % columns) * width,
                          static_cast<double>(place / columns + 1) * rowHeight, width, rowHeight);
        drawCell(painter, rect, figure.cells[i]);
    }
}

} // namespace

bool saveHeatMap(const HeatMapFigure& figure, const QString& file, const QString& ending) {
    return savePainted(file, ending, sizeOf(figure),
                       [&](QPainter& painter) { drawHeatMap(painter, figure); });
}

} // namespace retort
