// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCustomPlot;

namespace retort {

/// Puts the legend over the axes in a row of its own, where it hides nothing, or back within them at the
/// lower right.
void houseLegend(QCustomPlot& plot, bool isAbove);

/// Over the axes, in rows of as many names as `width` holds; else one below the other.
void wrapLegend(QCustomPlot& plot, bool isAbove, double width);

/// Height of a legend's rows beyond the first `rows`: what a page needs more for it.
[[nodiscard]] int legendHeightBeyond(int rows, const QCustomPlot& plot);

} // namespace retort
