// SPDX-License-Identifier: GPL-3.0-or-later
// gallery_router cell|reliability|length|features|try|train|waiting|empty WIDTH HEIGHT light|dark FILE: draws
// the Router page with sample data, for a person to look at.
#include "sample_routers.h"
#include "tests/widgets/gallery.h"
#include "widgets/pages/router_page.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/confusion_table.h"
#include "widgets/tables/router_ranking_table.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace retort;

namespace {

void fillWithRouters(SampleRouters& source, const QString& name) {
    if (name == "empty") return;
    const std::vector<std::pair<std::string, double>> variants = {
        {"logistic", 0.021},      {"svm", 0.024}, {"sgd", 0.041},  {"multinomial-nb", 0.06},
        {"complement-nb", 0.055}, {"tree", 0.21}, {"forest", 0.1}, {"knn", 0.13},
        {"majority", 0.9}};
    for (const auto& [variant, error] : variants)
        for (std::uint64_t seed = 1; seed <= 3; ++seed)
            addRouter(source, variant, seed, error * (0.8 + 0.2 * double(seed)));
    for (auto& [run, matrices] : source.all)
        for (NumberedMatrix& matrix : matrices)
            matrix.evaluation.seconds_per_decision = 5e-6 * double(run.size() * run.size() * run.size());
    if (name == "waiting") source.all.clear();
}

void chooseCell(const QWidget& page, int row, int column) {
    auto* table = page.findChild<ConfusionTable*>();
    table->setFocus();
    table->setCurrentIndex(table->model()->index(row, column));
    QTest::keyClick(table, Qt::Key_Return);
}

/// After the page has been shown, because it reads nothing before.
void adjust(const QWidget& page, const QString& name) {
    auto* tabs = page.findChild<QTabWidget*>();
    const QStringList names = {"cell", "reliability", "length", "features", "try"};
    page.findChild<RouterRankingTable*>()->showVariant(QStringLiteral("svm"));
    auto* run = page.findChild<QComboBox*>(QStringLiteral("run"));
    run->setCurrentIndex(std::max(0, run->findData(QStringLiteral("01svm2"))));
    if (name == "cell" || name == "train") chooseCell(page, 0, 1);
    if (name == "train") page.findChild<QComboBox*>(QStringLiteral("inputs"))->setCurrentIndex(1);
    if (names.contains(name)) tabs->setCurrentIndex(static_cast<int>(names.indexOf(name)));
    if (name == "try")
        page.findChild<QPlainTextEdit*>(QStringLiteral("typed"))
            ->setPlainText(QStringLiteral("Das Wetter ist heute so schön, dass wir an die See fahren."));
    if (name == "length") {
        auto* plot = page.findChild<ScorePlot*>(QStringLiteral("lengths"));
        QTest::keyClick(plot, Qt::Key_Right);
        QTest::keyClick(plot, Qt::Key_Right);
    }
}

} // namespace

int main(int argc, char** argv) {
    const QApplication app(argc, argv);
    SampleRouters source;
    const auto create = [&](const QString& name) {
        fillWithRouters(source, name);
        auto page = std::make_unique<RouterPage>();
        page->setSource(&source);
        page->setRuns(source.runs);
        return page;
    };
    return runGallery(create, adjust);
}
