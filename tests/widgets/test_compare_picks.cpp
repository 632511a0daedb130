// SPDX-License-Identifier: GPL-3.0-or-later
// What a person picks, hides, smooths and brushes on the Compare page.
#include "compare_fixture.h"
#include "widgets/plots/parallel_plot.h"

#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>
#include <set>

using namespace retort;
using Fixture = CompareFixture;

class TestComparePicks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void coloursStayWhicheverRunsAreChosen() {
        std::vector<ComparedRun> runs = twoVariants(2);
        for (std::uint64_t seed = 1; seed <= 2; ++seed)
            runs.push_back(runOf("c-third", seed, 3.5));
        Fixture fixture(std::move(runs));
        const auto styleOf = [&](const QString& variant) {
            for (const auto& curve : fixture.plot().curves())
                if (curve->id() == variant) return curve->style().slot;
            return -1;
        };
        const int third = styleOf(QStringLiteral("c-third")), other = styleOf(QStringLiteral("b-other"));
        QVERIFY(third >= 0 && third != other);
        fixture.page.compareRuns({"01c-third1", "01b-other2"});
        QCOMPARE(styleOf(QStringLiteral("c-third")), third);
        QCOMPARE(styleOf(QStringLiteral("b-other")), other);
    }
    void stylesOfTwoStudiesDiffer() {
        std::vector<RunRecord> runs;
        for (const char* study : {"alpha", "beta"})
            for (const char* variant : {"x", "y"}) {
                runs.push_back(sampleRecord(std::string(study) + variant, variant, 1, RunStatus::done, 1, 1));
                runs.back().study = study;
            }
        const VariantStyles styles = stylesOfVariants(runs, runs);
        std::set<int> slots;
        for (const auto& [variant, style] : styles)
            slots.insert(style.slot);
        QCOMPARE(slots.size(), std::size_t{4});
        QCOMPARE(stylesOfVariants({runs[3]}, runs).at("y"), styles.at("alpha/y")); // the second of its study
    }
    void aPickedCurveLeadsToItsRun() {
        const Fixture fixture(twoVariants(2));
        const QSignalSpy requested(&fixture.page, &ComparePage::runRequested);
        auto* show = fixture.part<QToolButton>("showPicked");
        QVERIFY(!show->isEnabled());
        for (int i = 0; i < 4; ++i) // both means, then the seeds
            QTest::keyClick(&fixture.plot(), Qt::Key_PageDown);
        QCOMPARE(fixture.part<QLabel>("pickedWords")->text(),
                 QStringLiteral("alpha/a-fixed/2: done, step 20 of 20"));
        QTest::keyClick(&fixture.plot(), Qt::Key_Return);
        QCOMPARE(requested.last(), QVariantList{QStringLiteral("01a-fixed2")});
        show->click();
        QCOMPARE(requested.count(), 2);
        QTest::keyClick(&fixture.plot(), Qt::Key_PageUp);
        QTest::keyClick(&fixture.plot(), Qt::Key_PageUp);
        QCOMPARE(fixture.part<QLabel>("pickedWords")->text(), QStringLiteral("b-other: 2 runs, 2 done"));
        fixture.part<QToolButton>("isolatePicked")->click();
        QVERIFY(!fixture.plot().curves()[0]->isVisible && fixture.plot().curves()[5]->isVisible);
        fixture.choose("metric", QStringLiteral("perplexity"));
        QCOMPARE(fixture.plot().picked(), QStringLiteral("b-other"));
    }
    void trainingCurvesAreSmoothed() {
        const Fixture fixture(twoVariants(2));
        fixture.choose("metric", QStringLiteral("train/ce"));
        fixture.part<QSlider>("smoothing")->setValue(50);
        QVERIFY(std::abs(fixture.plot().view().smoothing - 0.9) < 1e-12);
        QCOMPARE(fixture.plot().curves().back()->smoothed().size(), std::size_t{2});
        fixture.choose("metric", QStringLiteral("loss")); // few exact points
        QCOMPARE(fixture.plot().curves().back()->smoothed().size(), std::size_t{0});
    }
    void aLongLegendNamesItsBandOnce() {
        std::vector<ComparedRun> runs;
        for (int variant = 0; variant < 9; ++variant)
            for (std::uint64_t seed = 1; seed <= 2; ++seed)
                runs.push_back(runOf("v" + std::to_string(variant), seed, 3));
        const Fixture fixture(std::move(runs));
        QCOMPARE(fixture.curves().last(), QStringLiteral("v8 (n = 2)"));
        QCOMPARE(fixture.plot().unit(), QStringLiteral("nats per token, mean ± s.d."));
    }
    void settingsThatDifferAreAxes() {
        std::vector<ComparedRun> runs = twoVariants(2);
        for (ComparedRun& run : runs) { // that of a-fixed is half of it
            Json spec = run.record.spec;
            spec["optim"]["lr"] = run.record.variant == "a-fixed" ? 5e-4 : 1e-3;
            run.record.spec = std::move(spec);
        }
        const Fixture fixture(std::move(runs));
        const auto* plot = fixture.page.findChild<ParallelPlot*>();
        QCOMPARE(plot->content().axes.size(), std::size_t{2});
        QCOMPARE(axis_name(plot->content(), 0), std::string("optim.lr"));
        QCOMPARE(plot->figure().runs.size(), std::size_t{4});
        QCOMPARE(fixture.plot().runs().size(), std::size_t{4});
        QCOMPARE(fixture.plot().figureOptions()["metric"].get<std::string>(), std::string("loss"));
        QCOMPARE(fixture.part<QLabel>("keptRuns")->text(), QStringLiteral("4 runs"));
        fixture.page.findChild<ParallelPlot*>()->brush(0, Interval{0.5, 1});
        QCOMPARE(fixture.part<QLabel>("keptRuns")->text(), QStringLiteral("2 of 4 runs"));
        fixture.part<QToolButton>("compareKept")->click();
        QCOMPARE(fixture.part<QComboBox>("study")->currentText(), QStringLiteral("2 selected runs"));
        QVERIFY(fixture.curves().last().startsWith(QStringLiteral("b-other")));
    }
};

QTEST_MAIN(TestComparePicks)
#include "test_compare_picks.moc"
