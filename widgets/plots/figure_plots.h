// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of figures that have axes, as plots of `points` to be painted; in the colours of print.
#pragma once

#include "report/figure.h"

#include <QSize>

class QCPAxis;
class QCustomPlot;

namespace retort {

/// Fonts, pens and colours of an empty plot.
void dressForPrint(QCustomPlot& plot, QSize points);
/// Label, scale and ticks; range of `figure`, else around `extent`.
void placeAxis(QCPAxis& axis, const FigureAxis& figure, Interval extent);

/// A dashed line right across, behind everything: at a place of the x axis, or of the y axis.
void addReferenceLine(QCustomPlot& plot, double value, Qt::Orientation orientation);
/// In rows of at most `columns` entries above the axes.
void putLegendAbove(QCustomPlot& plot, int columns);

void fillPlot(QCustomPlot& plot, const CurveFigure& figure);
void fillPlot(QCustomPlot& plot, const BarFigure& figure);
void fillPlot(QCustomPlot& plot, const IntervalFigure& figure);

} // namespace retort
