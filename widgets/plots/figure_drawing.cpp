// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/figure_drawing.h"

#include "report/venue.h"
#include "widgets/plots/figure_plots.h"
#include "widgets/plots/matrix_drawing.h"
#include "widgets/plots/parallel_figure.h"
#include "widgets/plots/picture_file.h"
#include "widgets/plots/plot_legend.h"
#include "widgets/plots/score_drawing.h"
#include "widgets/plots/series_style.h"

#include <qcustomplot.h>

#include <cmath>

namespace retort {
namespace {

constexpr int labelSize = 8; ///< points

void fillPage(QCustomPlot& page, const PointFigure& figure, QSize points) {
    page.setFont(printFont(labelSize));
    page.resize(points);
    drawScoreFigure(page, scoreFigureOf(figure), printPalette(), nullptr);
}

/// A legend above the axes of more than two rows takes nothing from them.
double pointHeight(const PointFigure& figure, double width) {
    const double usual = usual_height(width);
    QCustomPlot page;
    fillPage(page, figure, {static_cast<int>(width), qRound(usual)});
    return usual + legendHeightBeyond(2, page);
}

struct Height {
    double width;
    double operator()(const CurveFigure&) const { return usual_height(width); }
    double operator()(const BarFigure&) const { return usual_height(width); }
    double operator()(const IntervalFigure& figure) const {
        return 34 + 15 * static_cast<double>(figure.rows.size());
    }
    double operator()(const MatrixFigure& figure) const { return matrixHeight(figure); }
    double operator()(const PointFigure& figure) const { return pointHeight(figure, width); }
    double operator()(const ParallelFigure&) const { return usual_height(width); }
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
    void operator()(const PointFigure& figure) const {
        QCustomPlot page;
        fillPage(page, figure, points);
        page.toPainter(&painter, points.width(), points.height());
    }
    void operator()(const ParallelFigure& figure) const {
        if (figure.axes.empty()) return;
        const QFont font = printFont(labelSize);
        painter.setFont(font);
        drawParallel(painter, figure, {}, {figure, QRectF(QPointF(), QSizeF(points)), font}, printPalette());
    }
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
