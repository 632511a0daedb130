// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as they go into a paper: in the colours of print, at their size on the page, the data beside them.
#pragma once

#include "widgets/plots/figure_file.h"

namespace retort {

class LinePlot;

/// What the plot shows now, with every point of the shown curves.
[[nodiscard]] Figure figureOf(const LinePlot& plot);

/// Writes what the plot shows now, and its data, as saveFigure() does, `width` PDF points wide. Returns an
/// empty text, or one sentence why not.
[[nodiscard]] QString exportFigure(const LinePlot& plot, const QString& file,
                                   double width = figureSize.width());

/// Every point of the shown curves: curve,step,tokens,wall_seconds,value, and low,high when one has a band;
/// numbers in the C locale, exact.
[[nodiscard]] QString curvesAsCsv(const LinePlot& plot);

/// Puts the plot as it looks onto the clipboard.
void copyPicture(LinePlot& plot);

} // namespace retort
