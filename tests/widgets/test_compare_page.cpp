// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare_fixture.h"
#include "mnemonics.h"
#include "widgets/plots/legend_bar.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace retort;

namespace {

using Fixture = CompareFixture;

/// Of experts that were trained as runs of their own: evaluated once, at step 0, 0.3 below "fixed".
ComparedRun pleOf(std::uint64_t seed) {
    ComparedRun run;
    run.record = sampleRecord("01c-ple" + std::to_string(seed), "c-ple", seed, RunStatus::done, 0, 0);
    run.record.task = Task::modular;
    run.record.spec = to_json(sampleModular(Architecture::ple));
    for (const char* domain : {"en", "fr"})
        run.evaluations.push_back({0, row(domain, 260 + 10 * static_cast<double>(seed))});
    run.clock = {{0, 0, 1}};
    return run;
}

} // namespace

class TestComparePage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void sayWhatToDoWhileEmpty() {
        const Fixture fixture({});
        bool isSaid = false;
        for (const QLabel* label : fixture.page.findChildren<QLabel*>())
            isSaid |= label->isVisible() && label->text().contains(QStringLiteral("press Compare"));
        QVERIFY(isSaid);
        QVERIFY(fixture.source.asked.empty());
    }
    void drawsMeansWithBandsBeforeTheirSeeds() {
        const Fixture fixture(twoVariants(3));
        QCOMPARE(fixture.curves(),
                 (QStringList{"a-fixed/1", "a-fixed/2", "a-fixed/3", "b-other/1", "b-other/2", "b-other/3",
                              "a-fixed (mean ± s.d., n = 3)", "b-other (mean ± s.d., n = 3)"}));
        QCOMPARE(fixture.plot().findChildren<LegendEntry*>().size(), 2);
        const Curve& mean = *fixture.plot().curves()[6];
        // Of 3, 3.1 and 3.2: mean 3.1, deviation 0.1.
        QVERIFY(std::abs(mean.values()[1] - 3.1) < 1e-12);
        QVERIFY(std::abs(mean.low()[1] - 3.0) < 1e-12 && std::abs(mean.high()[1] - 3.2) < 1e-12);
        QTRY_VERIFY(
            fixture.plot().readout().startsWith(QStringLiteral("a-fixed (mean ± s.d., n = 3) 3.100 ± 0.10")));
        fixture.choose("band", static_cast<int>(Band::bootstrap));
        QVERIFY(fixture.curves().contains(QStringLiteral("a-fixed (mean, 95 % bootstrap, n = 3)")));
        QVERIFY(std::abs(fixture.plot().curves()[6]->high()[1] - 3.2) <
                1e-12); // 1 resample in 27: more than 2.5 %
        fixture.choose("band", static_cast<int>(Band::range));
        QVERIFY(fixture.curves().contains(QStringLiteral("a-fixed (mean, min–max, n = 3)")));
        fixture.part<QCheckBox>("seeds")->setChecked(false);
        QCOMPARE(fixture.curves().size(), 2);
    }
    void theTableSaysWhatTheDifferencesSay() {
        const Fixture fixture(twoVariants(6));
        const QAbstractItemModelTester tester(&fixture.model());
        QStringList rows;
        for (int row = 0; row < fixture.model().rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < ComparisonModel::ColumnCount; ++column)
                cells << fixture.cell(row, column);
            rows << cells.join(QLatin1Char('|'));
        }
        // Of 3 … 3.5 the deviation is 0.1 √3.5; of the differences -0.201 … -0.206, √3.5 / 1000. Their
        // interval is 2.5706 √(3.5 / 6) / 1000 to each side, and all of 6 signs alike happens in 2 of 64
        // cases.
        // The mean over the steps is that of 5 and the last; d_z is -0.2035 / (√3.5 / 1000).
        QCOMPARE(rows[0],
                 QStringLiteral("a-fixed|6|20|3.250 ± 0.19|3.250 ± 0.19|4.125 ± 0.094|reference||||"));
        QCOMPARE(rows[1], QStringLiteral("b-other|6|20|★ 3.046 ± 0.19|★ 3.046 ± 0.19|★ 4.023 ± 0.093|"
                                         "-0.204 [-0.205, -0.202]|-109|< 0.001|0.031|supported"));
        QCOMPARE(fixture.caution(), QString());
        fixture.choose("reference", QStringLiteral("b-other"));
        QCOMPARE(fixture.cell(0, ComparisonModel::Claim), QStringLiteral("contradicted"));
        QCOMPARE(fixture.cell(1, ComparisonModel::Difference), QStringLiteral("reference"));
    }
    void perplexityIsTheExponentialOfTheMean() {
        const Fixture fixture(twoVariants(3));
        fixture.choose("metric", QStringLiteral("perplexity"));
        const Curve& mean = *fixture.plot().curves()[6];
        QVERIFY(std::abs(mean.values()[1] - std::exp(3.1)) < 1e-9);
        QVERIFY(std::abs(mean.low()[1] - std::exp(3.0)) < 1e-9);
        QCOMPARE(fixture.cell(0, ComparisonModel::Last),
                 QStringLiteral("22.20 (20.09–24.53)")); // exp 3.1, 3, 3.2
        QCOMPARE(fixture.cell(1, ComparisonModel::Difference).section(u' ', 0, 0), QStringLiteral("-0.202"));
        QVERIFY(fixture.model()
                    .headerData(ComparisonModel::Difference, Qt::Horizontal, Qt::DisplayRole)
                    .toString()
                    .endsWith(QStringLiteral("nats per token")));
    }
    void fewSeedsDecideNothing() {
        const Fixture fixture(twoVariants(3));
        QCOMPARE(fixture.cell(1, ComparisonModel::RankPValue), QStringLiteral("n too small"));
        QCOMPARE(fixture.cell(1, ComparisonModel::Claim), QStringLiteral("undecided"));
        QVERIFY(fixture.caution().contains(QStringLiteral("no conclusions follow")));
    }
    void aQuickStudySaysSo() {
        std::vector<ComparedRun> runs = twoVariants(6);
        for (ComparedRun& run : runs)
            run.record.study = "alpha-quick";
        QVERIFY(Fixture(runs).caution().startsWith(QStringLiteral("alpha-quick is a quick form")));
    }
    void theDomainAndTheTrainingCurvesCanBeChosen() {
        std::vector<ComparedRun> runs = twoVariants(2);
        for (ComparedRun& run : runs)
            run.evaluations.back().row.nll = 100; // of fr at step 20
        const Fixture fixture(std::move(runs));
        fixture.choose("domain", QStringLiteral("fr"));
        QCOMPARE(fixture.cell(0, ComparisonModel::Last), QStringLiteral("1.000 ± 0.0"));
        fixture.choose("metric", QStringLiteral("train/ce"));
        QTRY_COMPARE(fixture.cell(0, ComparisonModel::Last), QStringLiteral("4.050 ± 0.071"));
        QCOMPARE(fixture.source.asked.back(), std::string("01a-fixed1 01a-fixed2 01b-other1 01b-other2|ce"));
        QCOMPARE(fixture.plot().title(), QStringLiteral("Training CE"));
    }
    void onlyWhatHasChangedIsReadAgain() {
        Fixture fixture(twoVariants(2));
        QCOMPARE(fixture.source.asked.size(), std::size_t{1});
        fixture.plot().setCurveVisible(QStringLiteral("a-fixed"), false);
        const auto* entry = fixture.plot().findChildren<LegendEntry*>()[1];
        ComparedRun& run = fixture.source.runs[0];
        run.evaluations.push_back({30, row("en", 250)});
        run.record.steps = 30;
        fixture.page.updateRun(run.record);
        fixture.page.updateRun(run.record);
        QTRY_COMPARE(fixture.source.asked.size(), std::size_t{2});
        QCOMPARE(fixture.source.asked.back(), std::string("01a-fixed1|"));
        QCOMPARE(fixture.plot().curves()[0]->size(), std::size_t{3}); // the seed goes on, its mean waits
        QCOMPARE(fixture.plot().curves()[4]->size(), std::size_t{2});
        QVERIFY(!fixture.plot().curves()[4]->isVisible);
        QCOMPARE(fixture.plot().findChildren<LegendEntry*>()[1], entry);
        QVERIFY(fixture.caution().contains(QStringLiteral("step 30; behind: a-fixed, b-other")));
    }
    void whatTrainsNothingStandsAtEveryStep() {
        std::vector<ComparedRun> runs = twoVariants(6);
        for (std::uint64_t seed = 1; seed <= 6; ++seed)
            runs.push_back(pleOf(seed));
        const Fixture fixture(std::move(runs));
        QCOMPARE(fixture.caution(), QString());
        QCOMPARE(fixture.cell(2, ComparisonModel::Variant), QStringLiteral("c-ple"));
        QCOMPARE(fixture.cell(2, ComparisonModel::Step), QStringLiteral("20"));
        QCOMPARE(fixture.cell(2, ComparisonModel::Last), QStringLiteral("★ 2.950 ± 0.19")); // 2.7 … 3.2
        QCOMPARE(fixture.cell(2, ComparisonModel::Difference).section(u' ', 0, 0), QStringLiteral("-0.300"));
        const Curve& mean = *fixture.plot().curves().back();
        QCOMPARE(mean.label(), QStringLiteral("c-ple (mean ± s.d., n = 6)"));
        QCOMPARE(mean.steps().front(), std::int64_t{10});
        QCOMPARE(mean.steps().back(), std::int64_t{20});
        QCOMPARE(mean.values()[0], mean.values()[1]);
        QCOMPARE(fixture.plot().curves()[12]->steps().size(), std::size_t{2}); // its first seed
        fixture.choose("axis", static_cast<int>(XAxis::tokens));
        QCOMPARE(mean.positions().front(), 1000.0);
        QCOMPARE(mean.positions().back(), 2000.0);
    }
    void whatIsUnfinishedDoesNotStand() {
        std::vector<ComparedRun> runs = twoVariants(1);
        runs.push_back(pleOf(1));
        runs.back().record.status = RunStatus::running;
        QVERIFY(Fixture(std::move(runs)).caution().contains(QStringLiteral("behind: c-ple")));
    }
    void nothingIsReadWhileHidden() {
        Fixture fixture(twoVariants(2));
        fixture.page.hide();
        fixture.page.updateRun(fixture.source.runs[0].record);
        fixture.page.setRuns(fixture.source.records());
        QCOMPARE(fixture.source.asked.size(), std::size_t{1});
        fixture.page.show();
        QCOMPARE(fixture.source.asked.size(), std::size_t{2});
    }
    void selectedRunsAreComparedAcrossStudies() {
        std::vector<ComparedRun> runs = twoVariants(2);
        runs[1].record.study = "beta";
        Fixture fixture(std::move(runs));
        fixture.page.compareRuns({"01a-fixed1", "01b-other1"});
        QCOMPARE(fixture.curves(), (QStringList{"alpha/a-fixed (n = 1)", "beta/b-other (n = 1)"}));
        QCOMPARE(fixture.part<QComboBox>("study")->currentText(), QStringLiteral("2 selected runs"));
        fixture.choose("study", QStringLiteral("beta"));
        QCOMPARE(fixture.curves(), QStringList{"b-other (n = 1)"});
    }
    void aStudyIsItsNewestAttemptsWithoutTheTeacher() {
        std::vector<RunRecord> runs;
        const auto add = [&](const char* id, const char* variant, int attempt, Task task) {
            runs.push_back(sampleRecord(id, variant, 1, RunStatus::done, 1, 1));
            runs.back().attempt = attempt;
            runs.back().task = task;
        };
        add("05", "fixed", 2, Task::distill);
        add("02", "fixed", 1, Task::distill);
        add("03", "adaptive", 1, Task::distill);
        add("01", "teacher", 1, Task::teacher);
        const std::vector<RunRecord> chosen = runsOfStudy(runs, "alpha");
        QCOMPARE(chosen.size(), std::size_t{2});
        QCOMPARE(chosen[0].id, std::string("03"));
        QCOMPARE(chosen[1].id, std::string("05"));
        QCOMPARE(variantNames({runs[0], runs[1], runs[2]}),
                 (std::vector<std::string>{"fixed #2", "fixed #1", "adaptive"}));
        QCOMPARE(runsOfStudy({runs[3]}, "alpha").size(), std::size_t{1});
    }
    void axesFollowTheirSwitches() {
        const Fixture fixture(twoVariants(2));
        fixture.choose("axis", static_cast<int>(XAxis::tokens));
        QCOMPARE(fixture.plot().xWindow().to, 2000.0);
        fixture.part<QCheckBox>("xLogarithmic")->setChecked(true);
        QCOMPARE(fixture.plot().xWindow().from, 1000.0);
        QTest::keyClick(&fixture.plot(), Qt::Key_L);
        QVERIFY(fixture.part<QCheckBox>("yLogarithmic")->isChecked());
    }
    void theTableIsExportedExactly() {
        const Fixture fixture(twoVariants(1));
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("comparison.csv"));
        QCOMPARE(exportComparison(fixture.model(), file), QString());
        QFile csv(file);
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(csv.readAll()).split(QLatin1Char('\n'));
        QCOMPARE(lines[1], QStringLiteral("loss,,a-fixed,1,20,3,,3,,4,,a-fixed,,,,,,,,,,,,"));
        QCOMPARE(lines[1].count(u','), lines[0].count(u','));
        QCOMPARE(lines[2].count(u','), lines[0].count(u','));
        QCOMPARE(lines[2].section(u',', 0, 5), QStringLiteral("loss,,b-other,1,20,2.799"));
        QCOMPARE(lines[2].section(u',', 12, 13), QStringLiteral("1,20"));
        QCOMPARE(lines[2].section(u',', -1), QStringLiteral("undecided"));
        QVERIFY(!exportComparison(fixture.model(), QStringLiteral("/nowhere/at/all.csv")).isEmpty());
    }
    void everyLetterLeadsToOnePlace() {
        std::vector<ComparedRun> runs = twoVariants(2);
        Json spec = runs[0].record.spec;
        spec["optim"]["lr"] = 0.5;
        runs[0].record.spec = std::move(spec);
        const Fixture fixture(std::move(runs));
        auto* views = fixture.part<QTabWidget>("views");
        for (int view = 0; view < views->count(); ++view) {
            if (!views->isTabVisible(view)) continue;
            views->setCurrentIndex(view);
            QCOMPARE(ambiguousMnemonics(fixture.page), QStringList());
        }
    }
    void controlsHaveNamesAndTakeTheFocus() {
        const Fixture fixture(twoVariants(2));
        for (const QComboBox* box : fixture.page.findChildren<QComboBox*>())
            QVERIFY(!box->accessibleName().isEmpty() && box->focusPolicy() & Qt::TabFocus);
        QVERIFY(!fixture.page.findChild<ComparisonTable*>()->accessibleName().isEmpty());
        QCOMPARE(fixture.plot().accessibleName(), QStringLiteral("Validation loss"));
    }
    void aSourceThatGoesTakesItsRunsAlong() {
        Fixture fixture(twoVariants(2));
        fixture.page.setSource(nullptr);
        QVERIFY(fixture.plot().curves().empty());
        QCOMPARE(fixture.model().rowCount(), 0);
    }
};

QTEST_MAIN(TestComparePage)
#include "test_compare_page.moc"
