// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/matrix_drawing.h"

#include "widgets/plots/picture_file.h"
#include "widgets/plots/series_style.h"
#include "widgets/tables/shaded_cell.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

constexpr double rowHeight = 16; ///< points, as all sizes here
constexpr double air = 4;
constexpr int fontSize = 8;

QString text(const std::string& words) {
    return QString::fromStdString(words);
}

double widthOfNames(const MatrixFigure& figure) {
    const QFontMetricsF metrics(printFont(fontSize));
    double width = metrics.horizontalAdvance(text(figure.corner));
    for (const std::string& row : figure.rows)
        width = std::max(width, metrics.horizontalAdvance(text(row)));
    return width + 2 * air;
}

void drawCell(QPainter& painter, const QRectF& place, const MatrixFigure& figure, std::size_t cell) {
    const QRectF rect = place.adjusted(0.5, 0.5, -0.5, -0.5);
    const double shade = figure.shades[cell];
    const bool isFramed = std::ranges::count(figure.framed, cell) > 0;
    const QColor fill = std::isnan(shade) ? QColor(Qt::white) : shadeOf(shade, printPalette());
    painter.fillRect(rect, fill);
    painter.setFont(printFont(fontSize, isFramed));
    painter.setPen(inkOn(fill));
    painter.drawText(rect, Qt::AlignCenter, text(figure.texts[cell]));
    if (!isFramed) return;
    painter.setPen(QPen(Qt::black, 0.8));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(0.4, 0.4, -0.4, -0.4));
}

void drawNames(QPainter& painter, const MatrixFigure& figure, double left, double width) {
    painter.setFont(printFont(fontSize));
    painter.setPen(Qt::black);
    painter.drawText(QRectF(0, 0, left, rowHeight), Qt::AlignVCenter | Qt::AlignLeft, text(figure.corner));
    for (std::size_t column = 0; column < figure.columns.size(); ++column)
        painter.drawText(QRectF(left + static_cast<double>(column) * width, 0, width, rowHeight),
                         Qt::AlignCenter, text(figure.columns[column]));
    for (std::size_t row = 0; row < figure.rows.size(); ++row)
        painter.drawText(QRectF(0, static_cast<double>(row + 1) * rowHeight, left, rowHeight),
                         Qt::AlignVCenter | Qt::AlignLeft, text(figure.rows[row]));
}

} // namespace

int matrixHeight(const MatrixFigure& figure) {
    return static_cast<int>(std::ceil((static_cast<double>(figure.rows.size()) + 1) * rowHeight)) + 1;
}

void drawMatrix(QPainter& painter, const MatrixFigure& figure, QSize points) {
    const double left = widthOfNames(figure);
    const std::size_t columns = std::max<std::size_t>(1, figure.columns.size());
    // Wide cells of few numbers would be a wall of colour.
    const double width = std::min(90.0, (points.width() - left) / static_cast<double>(columns));
    drawNames(painter, figure, left, width);
    for (std::size_t cell = 0; cell < figure.values.size(); ++cell)
        drawCell(painter,
                 QRectF(left + static_cast<double>(cell % columns) * width,
                        static_cast<double>(cell / columns + 1) * rowHeight, width, rowHeight),
                 figure, cell);
}

} // namespace retort
