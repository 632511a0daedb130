// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render.h"

#include "base/error.h"
#include "base/files.h"
#include "report/render_request.h"
#include "widgets/plots/figure_drawing.h"
#include "widgets/plots/picture_file.h"
#include "widgets/print/report_pages.h"

#include <QDir>
#include <QFile>

namespace retort {
namespace {

RenderRequest readRequest(const QString& file) {
    const std::string text = read_file(file.toStdString());
    try {
        return read_render_request(Json::parse(text));
    } catch (const std::exception& error) { // what the text lacks, or that it is no JSON
        throw Error(ErrorKind::data, file.toStdString() + " is no request to draw (" + error.what() +
                                         "); let retortctl of the same version write it.");
    }
}

[[noreturn]] void refuse(const QString& file) {
    throw Error(ErrorKind::workspace,
                file.toStdString() + " could not be written; choose another folder or free some space.");
}

void renderFigure(const FigureRequest& request, const QDir& folder) {
    const QSize points = figurePoints(request.figure, request.width);
    const Figure figure = thinned(request.figure, 2 * static_cast<std::size_t>(points.width()));
    const DrawPicture draw = [&](QCPPainter& painter) { drawFigure(painter, figure, points); };
    const QString name = folder.filePath(QString::fromStdString(figure.name));
    for (const std::string& one : request.endings) {
        const QString ending = QString::fromStdString(one), file = name + u'.' + ending;
        if (ending == QLatin1String("svg.html")) {
            write_file_atomically(file.toStdString(), svgElement(points, draw).toStdString());
        } else if (!writePicture(file, ending, points, draw)) {
            refuse(file);
        }
    }
}

} // namespace

void render(const QString& requestFile, const QString& folder) {
    const RenderRequest request = readRequest(requestFile);
    const QDir out(folder);
    if (!out.mkpath(QStringLiteral("."))) refuse(folder);
    for (const FigureRequest& figure : request.figures)
        renderFigure(figure, out);
    const QString pdf = out.filePath(QStringLiteral("report.pdf"));
    if (request.document && !ReportPages(*request.document).write(pdf)) refuse(pdf);
}

} // namespace retort
