// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/print/render.h"

#include "report/render_request.h"
#include "widgets/plots/figure_drawing.h"
#include "widgets/plots/picture_file.h"
#include "widgets/print/report_pages.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::Render)
};

/// Throws std::exception with what the text lacks, or that it is no JSON.
RenderRequest readRequest(const QString& name) {
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) throw std::runtime_error(file.errorString().toStdString());
    return read_render_request(Json::parse(file.readAll().toStdString()));
}

bool writeElement(const QString& name, QSize points, const DrawPicture& draw) {
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(svgElement(points, draw)) > 0 && file.flush();
}

/// Returns the file that could not be written; empty: none.
QString renderFigure(const FigureRequest& request, const QDir& folder) {
    const QSize points = figurePoints(request.figure, request.width);
    const Figure figure = thinned(request.figure, 2 * static_cast<std::size_t>(points.width()));
    const DrawPicture draw = [&](QCPPainter& painter) { drawFigure(painter, figure, points); };
    const QString name = folder.filePath(QString::fromStdString(figure.name));
    for (const std::string& one : request.endings) {
        const QString ending = QString::fromStdString(one), file = name + u'.' + ending;
        const bool isWritten = ending == QLatin1String("svg.html") ? writeElement(file, points, draw)
                                                                   : writePicture(file, ending, points, draw);
        if (!isWritten) return file;
    }
    return {};
}

QString renderAll(const RenderRequest& request, const QDir& folder) {
    if (!folder.mkpath(QStringLiteral("."))) return folder.path();
    for (const FigureRequest& figure : request.figures)
        if (const QString fault = renderFigure(figure, folder); !fault.isEmpty()) return fault;
    const QString pdf = folder.filePath(QStringLiteral("report.pdf"));
    return request.document && !ReportPages(*request.document).write(pdf) ? pdf : QString();
}

} // namespace

QString render(const QString& requestFile, const QString& folder) {
    try {
        const QString fault = renderAll(readRequest(requestFile), QDir(folder));
        if (fault.isEmpty()) return {};
        return Text::tr("%1 could not be written; choose another folder or free some space.").arg(fault);
    } catch (const std::exception& error) {
        return Text::tr("%1 is no request to draw (%2); let retortctl of the same version write it.")
            .arg(requestFile, QString::fromUtf8(error.what()));
    }
}

} // namespace retort
