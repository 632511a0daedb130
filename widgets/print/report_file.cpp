// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/print/report_file.h"

#include "widgets/plots/file_saver.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::ReportFile)
};

constexpr double figureWidth = 396; ///< points: the text of a page

} // namespace

QString saveReport(const ReportDocument& document, const QString& file) {
    const QStringList known = {QStringLiteral("pdf"), QStringLiteral("html"), QStringLiteral("tex"),
                               QStringLiteral("md")};
    if (!known.contains(QFileInfo(file).suffix()))
        return Text::tr("%1 has no known ending; use .pdf, .html, .tex or .md.").arg(file);
    if (QString problem = placeProblem(file); !problem.isEmpty()) return problem;
    FileSaver::instance().save(file, [document, file, drawer = ownDrawer()] {
        return drawer.write_report(document, file.toStdString(), figureWidth);
    });
    return {};
}

} // namespace retort
