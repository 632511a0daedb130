// SPDX-License-Identifier: GPL-3.0-or-later
// The view Architectures of the Compare page.
#include "mnemonics.h"
#include "sample_architectures.h"
#include "widgets/pages/architecture_panel.h"
#include "widgets/pages/compare_page.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/grid_table.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace retort;

namespace {

struct Fixture {
    explicit Fixture(std::uint64_t seeds = 3) {
        fillWithArchitectures(source, seeds);
        show();
    }
    explicit Fixture(std::vector<ComparedRun> runs) {
        source.runs = std::move(runs);
        show();
    }
    void show() {
        page.setSource(&source);
        page.setRuns(source.records());
        page.resize(1200, 800);
        page.show();
        part<QTabWidget>("views")->setCurrentIndex(1);
        choose("metric", QStringLiteral("perplexity"));
    }
    template <class Widget>
    Widget* part(const char* name) const {
        return page.findChild<Widget*>(QLatin1String(name));
    }
    void choose(const char* combo, const QVariant& data) const {
        auto* box = part<QComboBox>(combo);
        QVERIFY2(box->findData(data) >= 0, combo);
        box->setCurrentIndex(box->findData(data));
    }
    [[nodiscard]] GridModel& grid() const { return *page.findChild<GridModel*>(); }
    [[nodiscard]] QString cell(int row, int column) const {
        return grid().index(row, column).data().toString();
    }
    [[nodiscard]] const ScoreFigure& figure(const char* plot) const {
        return part<ScorePlot>(plot)->figure();
    }

    SampleSource source; ///< outlives the page
    ComparePage page;
};

bool isNear(double a, double b) {
    return std::abs(a - b) < 1e-9;
}

QString contents(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readAll()) : QString();
}

} // namespace

class TestArchitectures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void barsAreExpOfMeanNatsWithWhiskersAndSeeds() {
        const Fixture fixture;
        const ScoreFigure& figure = fixture.figure("domainBars");
        QCOMPARE(figure.columns.size(), std::size_t{4});
        QCOMPARE(figure.columns[1].label, QStringLiteral("b-jeet"));
        QCOMPARE(figure.columns[1].points.size(), std::size_t{4});
        const ScorePoint& fr = figure.columns[1].points[1];
        // Of 4.12, 4.14 and 4.16: mean 4.14, deviation 0.02.
        QVERIFY(isNear(fr.y, std::exp(4.14)));
        QVERIFY(isNear(fr.interval.low, std::exp(4.12)) && isNear(fr.interval.high, std::exp(4.16)));
        QCOMPARE(fr.text,
                 QStringLiteral("fr, b-jeet: Validation perplexity 62.80 (mean ± s.d., n = 3: 61.56–64.07)"));
        QCOMPARE(figure.lines.size(), std::size_t{4});
        QVERIFY(figure.lines[1].isFaint && !figure.lines[1].isInLegend);
        QVERIFY(isNear(figure.lines[1].points.front().y, std::exp(4.02)));
        fixture.choose("band", static_cast<int>(Band::range));
        QVERIFY(fixture.figure("domainBars").columns[1].points[1].text.contains(QStringLiteral("min–max")));
    }
    /// In the other measures as they are.
    void barsFollowTheMetric() {
        const Fixture fixture;
        fixture.choose("metric", QStringLiteral("loss"));
        const ScoreFigure& figure = fixture.figure("domainBars");
        QCOMPARE(figure.title, QStringLiteral("Validation loss by domain"));
        QVERIFY(isNear(figure.columns[1].points[1].y, 4.14));
        QVERIFY(isNear(figure.columns[1].points[1].interval.low, 4.12));
        fixture.choose("metric", QStringLiteral("accuracy"));
        QCOMPARE(fixture.figure("domainBars").yLabel, QStringLiteral("Validation accuracy"));
        const Figure printed = fixture.part<ScorePlot>("domainBars")->printedFigure();
        QCOMPARE(printed.runs.size(), std::size_t{12});
        QCOMPARE(printed.options["metric"].get<std::string>(), std::string("accuracy"));
    }
    void columnsOfADomainStandSideBySide() {
        const Fixture fixture;
        const ScoreFigure& figure = fixture.figure("domainBars");
        for (std::size_t v = 1; v < figure.columns.size(); ++v)
            QVERIFY(figure.columns[v].points[0].x - figure.columns[v - 1].points[0].x >
                    figure.columns[v].width);
        QVERIFY(figure.columns.back().points[0].x + figure.columns.back().width / 2 <
                figure.columns.front().points[1].x - figure.columns.front().width / 2);
        QCOMPARE(figure.ticks[3].text, QStringLiteral("py"));
    }
    void qualityStandsOverActiveParameters() {
        const Fixture fixture;
        const ScoreFigure& figure = fixture.figure("activeScatter");
        QStringList labels;
        for (const ScoreLine& line : figure.lines)
            if (line.isInLegend) labels << line.label;
        QCOMPARE(labels, (QStringList{"a-ple", "b-jeet", "c-moe-ce", "d-dense"}));
        const ScorePoint& moe = figure.lines[5].points.front(); // after its seeds
        QCOMPARE(moe.x, 856'320.0);
        QVERIFY(isNear(moe.y, 4.09)); // 3.9 + 0.04 of the seeds + 0.15 of the domains
        QVERIFY(moe.text.startsWith(QStringLiteral("c-moe-ce, 856,320 active parameters: 4.090 nats")) ||
                moe.text.startsWith(QStringLiteral("c-moe-ce, 856320 active parameters: 4.090 nats")));
    }
    void aSingleSeedHasNoSpread() {
        const Fixture fixture(1);
        QVERIFY(fixture.figure("domainBars").lines.empty());
        QCOMPARE(fixture.figure("domainBars").columns[0].points[0].interval.high, 0.0);
        QCOMPARE(fixture.figure("domainBars").columns[0].points[0].text,
                 QStringLiteral("en, a-ple: Validation perplexity 61.56"));
    }
    void theGridHasSettingsByDomains() {
        const Fixture fixture;
        const QAbstractItemModelTester tester(&fixture.grid());
        QCOMPARE(fixture.part<QComboBox>("gridVariant")->count(), 3); // the dense one has none
        fixture.choose("gridVariant", QStringLiteral("c-moe-ce"));
        QCOMPARE(fixture.grid().columnCount(), 5);
        QCOMPARE(fixture.grid().headerData(0, Qt::Vertical, Qt::DisplayRole).toString(),
                 QStringLiteral("top1(all)"));
        QCOMPARE(fixture.grid().headerData(4, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("mean"));
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("★ 3.940"));
        QCOMPARE(fixture.cell(1, 1), QStringLiteral("4.050"));
        QCOMPARE(fixture.cell(0, 4), QStringLiteral("★ 4.090"));
        fixture.choose("gridUnit", true);
        QCOMPARE(fixture.cell(1, 1), QStringLiteral("57.40")); // exp 4.05
        fixture.choose("gridVariant", QStringLiteral("b-jeet"));
        QCOMPARE(fixture.cell(0, 0), QStringLiteral("★ 56.83")); // exp 4.04
    }
    void aGridIsReadCellByCell() {
        const Fixture fixture;
        const GridModel& grid = fixture.grid();
        QCOMPARE(grid.index(0, 1).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("top1(all), fr: 4.240 nats per token; mean of 3 seeds, s.d. 0.020 nats per "
                                "token; best of the column"));
        QCOMPARE(grid.index(0, 1).data(shadeRole).toDouble(), 1.0);
        QCOMPARE(grid.index(grid.rowCount() - 1, 1).data(shadeRole).toDouble(), 0.0);
        auto* table = fixture.page.findChild<GridTable*>();
        table->setFocus();
        table->setCurrentIndex(grid.index(0, 0));
        QTest::keyClick(table, Qt::Key_Down);
        QTest::keyClick(table, Qt::Key_Right);
        QCOMPARE(table->currentIndex(), grid.index(1, 1));
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(
            QGuiApplication::clipboard()->text().startsWith(QStringLiteral("| nats per token | en | fr |")));
    }
    void theGridIsExported() {
        const Fixture fixture(1);
        const QTemporaryDir folder;
        const auto write = [&](const char* name) {
            const QString file = folder.filePath(QLatin1String(name));
            return exportGrid(fixture.grid(), QStringLiteral("a_ple"), file).isEmpty() ? contents(file)
                                                                                       : QString();
        };
        const QStringList csv = write("grid.csv").split(u'\n');
        QCOMPARE(csv[0], QStringLiteral("variant,setting,domain,n,nats_per_token,sd"));
        QCOMPARE(csv[2].section(u',', 0, 3), QStringLiteral("a_ple,top1(all),fr,1"));
        QVERIFY(isNear(csv[2].section(u',', 4, 4).toDouble(), 4.22));
        QVERIFY(write("grid.md").contains(QStringLiteral("| top1(all) | **4.120** | **4.220** |")));
        const QString tex = write("grid.tex");
        QVERIFY(
            tex.startsWith(QStringLiteral("\\begin{tabular}{lrrrrr}\n\\toprule\na\\_ple & en & fr & de")));
        QVERIFY(tex.contains(QStringLiteral("top1(all) & \\textbf{4.120} &")));
        QVERIFY(!exportGrid(fixture.grid(), {}, QStringLiteral("/nowhere/at/all.csv")).isEmpty());
    }
    void withoutExpertsThereIsNoGrid() {
        std::vector<ComparedRun> runs;
        for (const char* variant : {"a", "b"}) {
            runs.push_back(sampleSeed(variant, 1, 0, 200));
            runs.back().record.parameters = {1000, 1000};
        }
        const Fixture fixture(std::move(runs));
        QVERIFY(fixture.part<QLabel>("noGrid")->isVisible());
        QVERIFY(!fixture.page.findChild<GridTable*>()->isVisible());
        QCOMPARE(fixture.figure("domainBars").columns.size(), std::size_t{2});
    }
    void toolsOfCurvesAreHidden() {
        const Fixture fixture;
        QVERIFY(fixture.part<QWidget>("metric")->isVisible());
        QVERIFY(!fixture.part<QWidget>("domain")->isVisible());
        QVERIFY(fixture.part<QWidget>("band")->isVisible());
        fixture.part<QTabWidget>("views")->setCurrentIndex(0);
        QVERIFY(fixture.part<QWidget>("metric")->isVisible());
    }
    void everyMnemonicLeadsToOnePart() {
        const Fixture fixture;
        QCOMPARE(ambiguousMnemonics(fixture.page), QStringList());
        fixture.part<QTabWidget>("views")->setCurrentIndex(0);
        QCOMPARE(ambiguousMnemonics(fixture.page), QStringList());
    }
    void partsHaveNamesAndTakeTheFocus() {
        const Fixture fixture;
        QCOMPARE(fixture.part<QWidget>("domainBars")->accessibleName(), QStringLiteral("Quality by domain"));
        QVERIFY(fixture.part<QWidget>("activeScatter")
                    ->accessibleDescription()
                    .contains(QStringLiteral("c-moe-ce")));
        QCOMPARE(fixture.page.findChild<GridTable*>()->accessibleName(),
                 QStringLiteral("Evaluation grid, settings by domains"));
        QCOMPARE(fixture.part<QComboBox>("gridVariant")->accessibleName(), QStringLiteral("Variant"));
        auto* bars = fixture.part<ScorePlot>("domainBars");
        QTest::keyClick(bars, Qt::Key_Right);
        QVERIFY(bars->readout().startsWith(QStringLiteral("en, a-ple: Validation perplexity")));
    }
    void expertsOfPleAreNoVariants() {
        std::vector<RunRecord> runs;
        const auto add = [&](const char* id, const char* variant, Task task, const RunSpec& spec) {
            runs.push_back(sampleRecord(id, variant, 1, RunStatus::done, 1, 1));
            runs.back().task = task;
            runs.back().spec = to_json(spec);
        };
        const RunSpec ple = sampleModular(Architecture::ple);
        add("01", "router", Task::router, router_run(ple));
        add("02", "expert-en", Task::distill, expert_run(ple, "en"));
        add("03", "ple", Task::modular, ple);
        add("04", "expert-of-mine", Task::distill, expert_run(ple, "en"));
        const std::vector<RunRecord> chosen = runsOfStudy(runs, "alpha");
        QCOMPARE(variantNames(chosen), (std::vector<std::string>{"ple", "expert-of-mine"}));
        QCOMPARE(runsOfStudy({runs[0]}, "alpha").size(), std::size_t{1});
    }
};

QTEST_MAIN(TestArchitectures)
#include "test_architectures.moc"
