// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/figure_file.h"

#include "widgets/plots/csv_file.h"

#include <qcustomplot.h>

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSvgGenerator>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::FigureFile)
};

void ask(QWidget* parent, const QString& title, const QString& name, const QString& filter,
         const SaveFile& save) {
    const QString file = QFileDialog::getSaveFileName(parent, title, name, filter);
    if (file.isEmpty()) return;
    const QString problem = save(file);
    if (!problem.isEmpty()) QMessageBox::warning(parent, title, problem);
}

bool saveSvg(QCustomPlot& plot, const QString& file, QSize points) {
    QSvgGenerator generator;
    generator.setFileName(file);
    generator.setSize(points);
    generator.setViewBox(QRect(QPoint(), points));
    generator.setResolution(72);
    QCPPainter painter;
    if (!painter.begin(&generator)) return false;
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    plot.toPainter(&painter, points.width(), points.height());
    return painter.end();
}

} // namespace

void askAndSaveTable(QWidget* parent, const QString& title, const QString& name, const SaveFile& save) {
    ask(parent, title, name + QStringLiteral(".csv"), Text::tr("CSV (*.csv)"), save);
}

void askAndSaveTypesetTable(QWidget* parent, const QString& title, const QString& name,
                            const SaveFile& save) {
    ask(parent, title, name + QStringLiteral(".csv"),
        Text::tr("CSV, all digits (*.csv);;Markdown (*.md);;LaTeX (*.tex)"), save);
}

void askAndSaveFigure(QWidget* parent, const QString& name, const SaveFile& save) {
    ask(parent, Text::tr("Export figure and data"),
        name.toLower().replace(QLatin1Char(' '), QLatin1Char('-')) + QStringLiteral(".pdf"),
        Text::tr("PDF (*.pdf);;SVG (*.svg);;PNG, 300 dpi (*.png);;Data alone (*.csv)"), save);
}

QString saveFigure(const QString& file, const QString& csv,
                   const std::function<bool(const QString& ending)>& draw) {
    const QFileInfo info(file);
    const QString ending = info.suffix().toLower();
    if (ending == QLatin1String("csv")) return saveText(csv, file);
    if (!QStringList{"pdf", "svg", "png"}.contains(ending))
        return Text::tr("%1 has no known ending; use .pdf, .svg, .png or .csv.").arg(file);
    if (!draw(ending))
        return Text::tr("%1 could not be written; choose another folder or free some space.").arg(file);
    return saveText(csv, info.path() + QLatin1Char('/') + info.completeBaseName() + QStringLiteral(".csv"));
}

bool savePicture(QCustomPlot& plot, const QString& file, const QString& ending, QSize points) {
    if (ending == QLatin1String("pdf"))
        return plot.savePdf(file, points.width(), points.height(), QCP::epAllowCosmetic);
    if (ending == QLatin1String("png"))
        return plot.savePng(file, points.width(), points.height(), 300.0 / 72);
    return saveSvg(plot, file, points);
}

} // namespace retort
