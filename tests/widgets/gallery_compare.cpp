// SPDX-License-Identifier: GPL-3.0-or-later
// gallery_compare six|three|train|empty|figure WIDTH HEIGHT light|dark FILE: draws the Compare page with
// sample data (or exports its figure), for a person to look at.
#include "gallery_palette.h"
#include "sample_study.h"
#include "widgets/pages/compare_page.h"
#include "widgets/plots/figure_export.h"
#include "widgets/plots/line_plot.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QStyleFactory>
#include <QTimer>

using namespace retort;

namespace {

void choose(const QWidget& page, const char* combo, const QVariant& data) {
    auto* box = page.findChild<QComboBox*>(QLatin1String(combo));
    box->setCurrentIndex(box->findData(data));
}

/// After the page has been shown, because it reads nothing before.
void adjust(const QWidget& page, const QString& name) {
    if (name != "train") return;
    choose(page, "metric", QStringLiteral("train/ce"));
    choose(page, "axis", static_cast<int>(XAxis::tokens));
    page.findChild<QCheckBox*>(QStringLiteral("xLogarithmic"))->setChecked(true);
    page.findChild<LinePlot*>()->group().setCursor(1e6);
}

} // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() != 6) return 2;
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    if (arguments[4] == "dark") QApplication::setPalette(darkPalette());
    SampleSource source;
    if (arguments[1] != "empty") fillWithStudy(source, arguments[1] == "three" ? 3 : 6, 4000);
    ComparePage page;
    page.setSource(&source);
    page.setRuns(source.records());
    page.resize(arguments[2].toInt(), arguments[3].toInt());
    page.show();
    adjust(page, arguments[1]);
    QTimer::singleShot(400, &page, [&] {
        const bool isFigure = arguments[1] == "figure";
        app.exit(isFigure ? !exportFigure(*page.findChild<LinePlot*>(), arguments[5]).isEmpty()
                          : !page.grab().save(arguments[5]));
    });
    return app.exec();
}
