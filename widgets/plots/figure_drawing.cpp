// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/figure_drawing.h"

#include "report/venue.h"
#include "widgets/plots/figure_plots.h"
#include "widgets/plots/matrix_drawing.h"
#include "widgets/plots/picture_file.h"

#include <qcustomplot.h>

#include <cmath>

namespace retort {
namespace {

struct Height {
    double width;
    double operator()(const CurveFigure&) const { return usual_height(width); }
    double operator()(const BarFigure&) const { return usual_height(width); }
    double operator()(const IntervalFigure& figure) const {
        return 34 + 15 * static_cast<double>(figure.rows.size());
    }
    double operator()(const MatrixFigure& figure) const { return matrixHeight(figure); }
};

struct Drawing {
    QCPPainter& painter;
    QSize points;

    void operator()(const auto& figure) const {
        QCustomPlot plot;
        dressForPrint(plot, points);
        fillPlot(plot, figure);
        plot.toPainter(&painter, points.width(), points.height());
    }
    void operator()(const MatrixFigure& figure) const { drawMatrix(painter, figure, points); }
};

} // namespace

QSize figurePoints(const Figure& figure, double width, double height) {
    const double wanted = height > 0 ? height : std::visit(Height{width}, figure.content);
    return {std::max(72, static_cast<int>(std::floor(width + 1e-6))), std::max(36, qRound(wanted))};
}

void drawFigure(QCPPainter& painter, const Figure& figure, QSize points) {
    const CLocaleScope numbers;
    painter.save();
    std::visit(Drawing{painter, points}, figure.content);
    painter.restore();
}

} // namespace retort
