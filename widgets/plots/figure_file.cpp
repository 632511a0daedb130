// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/figure_file.h"

#include "report/venue.h"
#include "widgets/plots/csv_file.h"
#include "widgets/plots/figure_dialog.h"
#include "widgets/plots/figure_drawing.h"
#include "widgets/plots/picture_file.h"

#include <qcustomplot.h>

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSvgGenerator>
#include <QThreadPool>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::FigureFile)
};

constexpr std::size_t manyPoints = 100'000; ///< whose texts take longer than a frame

QStringList endings() {
    return {QStringLiteral("pdf"), QStringLiteral("svg"), QStringLiteral("png"), QStringLiteral("csv")};
}

QString unknownEnding(const QString& file) {
    return Text::tr("%1 has no known ending; use .pdf, .svg, .png or .csv.").arg(file);
}

QString unwritable(const QString& file) {
    return Text::tr("%1 could not be written; choose another folder or free some space.").arg(file);
}

void tell(QWidget* parent, const QString& problem) {
    auto* box =
        new QMessageBox(QMessageBox::Warning, Text::tr("Export Figure"), problem, QMessageBox::Ok, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

/// Any thread.
QString writeTexts(const Figure& figure, const FigureTarget& target) {
    const QFileInfo info(target.file);
    const QString stem = info.path() + u'/' + info.completeBaseName();
    const QString problem = saveText(QString::fromStdString(to_csv(figure)), stem + QStringLiteral(".csv"));
    if (!problem.isEmpty() || info.suffix() == QLatin1String("csv")) return problem;
    const std::string tex = to_pgfplots(figure, target.width, usual_height(target.width));
    Json provenance = figure_provenance(
        figure, {{"retort", QCoreApplication::applicationVersion().toStdString()}, {"qt", qVersion()}});
    provenance["width_points"] = target.width;
    for (const auto& [ending, text] : {std::pair(".tex", tex), std::pair(".json", provenance.dump(1) + "\n")})
        if (const QString fault = saveText(QString::fromStdString(text), stem + QLatin1String(ending));
            !fault.isEmpty())
            return fault;
    return {};
}

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

void askAndSaveFigure(QWidget* parent, const QString& name, const SaveFigure& save) {
    auto* dialog = new FigureDialog(QString::fromStdString(figure_name(name.toStdString())), save, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

QString saveFigure(const Figure& figure, const FigureTarget& target) {
    const QFileInfo info(target.file);
    const QString ending = info.suffix().toLower();
    if (!endings().contains(ending)) return unknownEnding(target.file);
    Figure named = figure;
    named.name = info.completeBaseName().toStdString();
    if (ending != QLatin1String("csv")) {
        const QSize points = figurePoints(figure, target.width);
        const Figure drawn = thinned(figure, 2 * static_cast<std::size_t>(points.width()));
        const auto draw = [&](QCPPainter& painter) { drawFigure(painter, drawn, points); };
        if (!writePicture(target.file, ending, points, draw)) return unwritable(target.file);
    }
    if (point_count(figure) < manyPoints) return writeTexts(named, target);
    QThreadPool::globalInstance()->start([named = std::move(named), target] {
        const QString problem = writeTexts(named, target);
        if (!problem.isEmpty()) QMetaObject::invokeMethod(qApp, [problem] { tell(nullptr, problem); });
    });
    return {};
}

QString saveFigure(const QString& file, const QString& csv,
                   const std::function<bool(const QString& ending)>& draw) {
    const QFileInfo info(file);
    const QString ending = info.suffix().toLower();
    if (ending == QLatin1String("csv")) return saveText(csv, file);
    if (!endings().contains(ending)) return unknownEnding(file);
    if (!draw(ending)) return unwritable(file);
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
