// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as they go into a paper: in the colours of print, at their size on the page, the data beside them.
#pragma once

#include "widgets/plots/figure_file.h"

namespace retort {

class LinePlot;

/// What the plot shows now, with every point of the shown curves.
[[nodiscard]] Figure figureOf(const LinePlot& plot);

/// The same, for another thread: here the values are copied alone, and their places on the axes are found
/// there.
[[nodiscard]] MakeFigure laterFigureOf(const LinePlot& plot);

/// Every point of the shown curves: curve,step,tokens,wall_seconds,value, and low,high when one has a band;
/// numbers in the C locale, exact.
[[nodiscard]] QString curvesAsCsv(const LinePlot& plot);

/// Puts the plot as it looks onto the clipboard.
void copyPicture(LinePlot& plot);

} // namespace retort
