// SPDX-License-Identifier: GPL-3.0-or-later
// Draws figures (core/report/figure.h) as they are printed, the same for the window, for reports and for the
// command line. The window's thread; curves are to be thinned before.
#pragma once

#include "report/figure.h"

#include <QSize>

class QCPPainter;

namespace retort {

/// Whole PDF points, because PDF pages that Qt writes are of whole ones: never wider than `width`. `height`
/// 0: the usual one, or what the rows of the figure need.
[[nodiscard]] QSize figurePoints(const Figure& figure, double width, double height = 0);

/// From (0, 0) to `points`, in points.
void drawFigure(QCPPainter& painter, const Figure& figure, QSize points);

} // namespace retort
