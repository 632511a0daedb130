// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/print/report_file.h"

#include "widgets/plots/csv_file.h"
#include "widgets/plots/figure_drawing.h"
#include "widgets/plots/picture_file.h"
#include "widgets/print/report_pages.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::ReportFile)
};

constexpr double figureWidth = 396; ///< points: the text of a page

struct Drawn {
    Figure figure;
    QSize points;
    [[nodiscard]] DrawPicture draw() const {
        return [this](QCPPainter& painter) { drawFigure(painter, figure, points); };
    }
};

Drawn drawn(const Figure& figure) {
    const QSize points = figurePoints(figure, figureWidth);
    return {thinned(figure, 2 * static_cast<std::size_t>(points.width())), points};
}

QString asHtml(ReportDocument document) {
    for (ReportFigure* block : figures_of(document)) {
        const Drawn figure = drawn(block->figure);
        block->svg = svgElement(figure.points, figure.draw()).toStdString();
    }
    return QString::fromStdString(to_html(document));
}

/// Draws the figures into a folder beside the file; false where that cannot be.
bool drawBeside(ReportDocument& document, const QFileInfo& file) {
    const QString name = file.completeBaseName() + QStringLiteral("-figures");
    if (!file.dir().exists(name) && !file.dir().mkdir(name)) return false;
    for (ReportFigure* block : figures_of(document)) {
        const Drawn figure = drawn(block->figure);
        const QString picture =
            name + u'/' + QString::fromStdString(block->figure.name) + QStringLiteral(".svg");
        if (!writePicture(file.dir().filePath(picture), QStringLiteral("svg"), figure.points, figure.draw()))
            return false;
        block->image = picture.toStdString();
    }
    return true;
}

QString unwritable(const QString& file) {
    return Text::tr("%1 could not be written; choose another folder or free some space.").arg(file);
}

} // namespace

QString saveReport(const ReportDocument& document, const QString& file) {
    const QFileInfo info(file);
    const QString ending = info.suffix().toLower();
    if (ending == QLatin1String("pdf"))
        return ReportPages(document).write(file) ? QString() : unwritable(file);
    if (ending == QLatin1String("html")) return saveText(asHtml(document), file);
    if (ending == QLatin1String("tex")) return saveText(QString::fromStdString(to_latex(document)), file);
    if (ending != QLatin1String("md"))
        return Text::tr("%1 has no known ending; use .pdf, .html, .tex or .md.").arg(file);
    ReportDocument pictured = document;
    if (!drawBeside(pictured, info)) return unwritable(file);
    return saveText(QString::fromStdString(to_markdown(pictured)), file);
}

void exportReport(const ReportDocument& document, const QString& file, QWidget* parent) {
    const QString problem = saveReport(document, file);
    if (problem.isEmpty()) return;
    auto* box =
        new QMessageBox(QMessageBox::Warning, Text::tr("Export Report"), problem, QMessageBox::Ok, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace retort
