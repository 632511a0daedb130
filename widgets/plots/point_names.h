// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/score_figure.h"

class QCustomPlot;

namespace retort {

/// Writes the names of the points of a figure beside their marks, where they meet neither each other nor a
/// mark as far as there is room.
void drawPointNames(QCustomPlot& plot, const ScoreFigure& figure, const QPalette& palette);

} // namespace retort
