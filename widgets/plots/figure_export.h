// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as they go into a paper: in the colours of print, at their size on the page, the data beside them.
#pragma once

#include <QSize>
#include <QString>

namespace retort {

class LinePlot;

/// 5.5 × 3 inch, the text width of NeurIPS and ICLR, in points.
inline constexpr QSize figureSize{396, 216};

/// Writes what the plot shows now, by the ending of `file`: .pdf, .svg or .png (at 300 dpi). With .csv the
/// data alone; else the data go into a .csv of the same name. Returns an empty text, or one sentence why not.
[[nodiscard]] QString exportFigure(const LinePlot& plot, const QString& file, QSize points = figureSize);

/// Every point of the shown curves: curve,step,tokens,wall_seconds,value, and low,high when one has a band;
/// numbers in the C locale, exact.
[[nodiscard]] QString curvesAsCsv(const LinePlot& plot);

/// Asks for a file name; a failure is told in a message.
void askAndExport(LinePlot& plot);

/// Puts the plot as it looks onto the clipboard.
void copyPicture(LinePlot& plot);

} // namespace retort
