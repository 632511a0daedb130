// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCustomPlot;
class QPalette;

namespace retort {

/// Background, axes, labels and grid of a plot.
void colorAxes(QCustomPlot& plot, const QPalette& palette);

} // namespace retort
