// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/figure.h"

#include <QSize>

class QPainter;

namespace retort {

[[nodiscard]] int matrixHeight(const MatrixFigure& figure);
/// From (0, 0) to `points`, in points.
void drawMatrix(QPainter& painter, const MatrixFigure& figure, QSize points);

} // namespace retort
