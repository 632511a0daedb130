// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/figure_export.h"

#include "widgets/plots/csv_file.h"
#include "widgets/plots/line_plot.h"
#include "widgets/plots/number_text.h"
#include "widgets/plots/plot_canvas.h"

#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>

namespace retort {
namespace {

bool hasBands(const LinePlot& plot) {
    return std::ranges::any_of(plot.curves(),
                               [](const auto& curve) { return curve->isVisible && curve->hasBand(); });
}

void appendPoints(QString& csv, const Curve& curve, bool isBanded) {
    const QString name = csvField(curve.label());
    for (std::size_t i = 0; i < curve.size(); ++i) {
        const std::int64_t step = curve.steps()[i];
        QStringList fields = {
            name, QString::number(step), fileNumber(curve.clock().position(step, XAxis::tokens)),
            fileNumber(curve.clock().position(step, XAxis::wall_time)), fileNumber(curve.values()[i])};
        if (isBanded && curve.hasBand()) fields << fileNumber(curve.low()[i]) << fileNumber(curve.high()[i]);
        if (isBanded && !curve.hasBand()) fields << QString() << QString();
        csv += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
}

/// A canvas of its own, so that the window keeps its looks.
struct FigureCanvas {
    explicit FigureCanvas(const LinePlot& plot) : view(plot.view()) {
        view.isDark = false;
        view.penScale = 0.75;
        if (plot.reference()) canvas.setReference(*plot.reference());
        canvas.setBands(plot.group().bands());
        canvas.setColors(printPalette());
        canvas.setXAxis(view.xAxis, view.isXLogarithmic);
        canvas.setLogarithmic(view.isLogarithmic);
        for (const auto& curve : plot.curves())
            if (curve->size() > 0) canvas.addCurve(*curve, view);
        canvas.setXWindow(plot.xWindow());
        canvas.setYWindow(plot.yWindow());
        canvas.dressAsFigure(plot.title(), plot.unit());
    }
    CurveView view;
    PlotCanvas canvas;
};

} // namespace

QString curvesAsCsv(const LinePlot& plot) {
    const bool isBanded = hasBands(plot);
    QString csv = QStringLiteral("curve,step,tokens,wall_seconds,value");
    csv += isBanded ? QStringLiteral(",low,high\n") : QStringLiteral("\n");
    for (const auto& curve : plot.curves())
        if (curve->isVisible) appendPoints(csv, *curve, isBanded);
    return csv;
}

QString exportFigure(const LinePlot& plot, const QString& file, QSize points) {
    return saveFigure(file, curvesAsCsv(plot), [&](const QString& ending) {
        return FigureCanvas(plot).canvas.savePicture(file, ending, points);
    });
}

void copyPicture(LinePlot& plot) {
    QGuiApplication::clipboard()->setPixmap(plot.grab());
}

} // namespace retort
