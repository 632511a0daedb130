// SPDX-License-Identifier: GPL-3.0-or-later
// gallery_compare
// six|three|train|many|readout|sweep|empty|figure|architectures|remedies|orders|order-table|claims|
// claims-missing WIDTH HEIGHT light|dark FILE: draws the Compare page with sample data (or exports its
// figure), for a person to look at.
#include "sample_architectures.h"
#include "sample_claims.h"
#include "sample_forgetting.h"
#include "tests/widgets/gallery.h"
#include "widgets/pages/claims_panel.h"
#include "widgets/pages/compare_page.h"
#include "widgets/plots/parallel_plot.h"
#include "widgets/plots/plot_canvas.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSlider>
#include <QTabWidget>
#include <QTest>

using namespace retort;

namespace {

void choose(const QWidget& page, const char* combo, const QVariant& data) {
    auto* box = page.findChild<QComboBox*>(QLatin1String(combo));
    box->setCurrentIndex(box->findData(data));
}

/// After the page has been shown, because it reads nothing before.
void adjust(const QWidget& page, const QString& name) {
    if (name == "architectures") {
        page.findChild<QTabWidget*>(QStringLiteral("views"))->setCurrentIndex(1);
        choose(page, "gridVariant", QStringLiteral("c-moe-ce"));
    }
    if (name == "remedies" || name == "orders" || name == "order-table")
        page.findChild<QTabWidget*>(QStringLiteral("views"))->setCurrentIndex(2);
    if (name == "order-table")
        page.findChild<QTabWidget*>(QStringLiteral("remedyTables"))->setCurrentIndex(1);
    if (name.startsWith(QLatin1String("claims")))
        page.findChild<QTabWidget*>(QStringLiteral("views"))
            ->setCurrentWidget(page.findChild<ClaimsPanel*>());
    if (name == "sweep") {
        page.findChild<QTabWidget*>(QStringLiteral("views"))->setCurrentIndex(3);
        auto* plot = page.findChild<ParallelPlot*>();
        plot->brush(0, Interval{0.4, 1});
        QTest::keyClick(plot, Qt::Key_Down);
        QTest::keyClick(plot, Qt::Key_Down);
    }
    auto* curves = page.findChild<LinePlot*>();
    if (name == "readout" || name == "many") {
        choose(page, "band", static_cast<int>(Band::bootstrap));
        QApplication::processEvents();
        auto* canvas = curves->findChild<PlotCanvas*>();
        QTest::mouseMove(canvas->findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly),
                         canvas->pixelOf(1500, 3.7).toPoint());
        curves->pick(curves->curves()[4]->id());
    }
    if (name != "train") return;
    page.findChild<QSlider*>(QStringLiteral("smoothing"))->setValue(60);
    choose(page, "metric", QStringLiteral("train/ce"));
    choose(page, "axis", static_cast<int>(XAxis::tokens));
    page.findChild<QCheckBox*>(QStringLiteral("xLogarithmic"))->setChecked(true);
    curves->group().setCursor(1e6);
}

} // namespace

int main(int argc, char** argv) {
    const QApplication app(argc, argv);
    SampleSource source;
    SampleClaimsSource claims;
    const auto create = [&](const QString& name) {
        if (name == "architectures")
            fillWithArchitectures(source, 3);
        else if (name == "remedies")
            fillWithRemedies(source, 3);
        else if (name == "orders" || name == "order-table")
            fillWithOrders(source, 3);
        else if (name == "many" || name == "sweep")
            fillWithSweep(source);
        else if (name != "empty")
            fillWithStudy(source, name == "three" ? 3 : 6, 4000);
        auto page = std::make_unique<ComparePage>();
        if (name.startsWith(QLatin1String("claims")))
            claims.studies["alpha"] = sampleClaims(name == "claims" ? 6 : 4);
        page->setSource(&source);
        page->setClaimsSource(&claims);
        page->setRuns(source.records());
        return page;
    };
    return runGallery(create, adjust);
}
