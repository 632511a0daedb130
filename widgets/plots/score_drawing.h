// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/score_figure.h"

class QCustomPlot;

namespace retort {

/// Draws the figure in the colours of `palette` in place of what was there, its names by the width of the
/// widget; `marked` gets a ring, null: none. Replots.
void drawScoreFigure(QCustomPlot& plot, const ScoreFigure& figure, const QPalette& palette,
                     const ScorePoint* marked);

} // namespace retort
