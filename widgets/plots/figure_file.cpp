// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/figure_file.h"

#include "widgets/plots/figure_dialog.h"
#include "widgets/plots/file_saver.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <memory>
#include <utility>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::FigureFile)
};

QString endingProblem(const QString& file) {
    const QStringList known = {QStringLiteral("pdf"), QStringLiteral("svg"), QStringLiteral("png"),
                               QStringLiteral("csv")};
    if (known.contains(QFileInfo(file).suffix())) return {};
    return Text::tr("%1 has no known ending; use .pdf, .svg, .png or .csv.").arg(file);
}

void ask(QWidget* parent, const QString& title, const QString& name, const QString& filter,
         const SaveFile& save) {
    const QString file = QFileDialog::getSaveFileName(parent, title, name, filter);
    if (file.isEmpty()) return;
    const QString problem = save(file);
    if (!problem.isEmpty()) QMessageBox::warning(parent, title, problem);
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

QString saveFigure(MakeFigure make, const FigureTarget& target) {
    for (const QString& problem : {endingProblem(target.file), placeProblem(target.file)})
        if (!problem.isEmpty()) return problem;
    FileSaver::instance().save(target.file, [make = std::move(make), target, drawer = ownDrawer()] {
        return drawer.write_figure(make(), target.file.toStdString(), target.width);
    });
    return {};
}

QString saveFigure(Figure figure, const FigureTarget& target) {
    return saveFigure([taken = std::make_shared<Figure>(std::move(figure))] { return std::move(*taken); },
                      target);
}

} // namespace retort
