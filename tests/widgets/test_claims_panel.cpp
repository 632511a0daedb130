// SPDX-License-Identifier: GPL-3.0-or-later
#include "mnemonics.h"
#include "sample_claims.h"
#include "sample_study.h"
#include "widgets/forms/badge.h"
#include "widgets/pages/claim_card.h"
#include "widgets/pages/claims_panel.h"
#include "widgets/pages/compare_page.h"
#include "widgets/tables/claim_table.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace retort;

namespace {

std::vector<RunRecord> runsOf(const std::string& study, RunStatus status) {
    RunRecord run = sampleRecord("01" + study, "a-fixed", 1, status, 1, 1);
    run.study = study;
    return {run};
}

struct Fixture {
    explicit Fixture(StudyClaims claims) {
        source.studies["alpha"] = std::move(claims);
        panel.setSource(&source);
        panel.showStudy("alpha", runsOf("alpha", RunStatus::done));
        panel.resize(1000, 700);
        panel.show();
    }
    [[nodiscard]] QStringList texts(const char* name) const {
        QStringList all;
        for (const QLabel* label : panel.findChildren<QLabel*>(QLatin1String(name)))
            all << label->text();
        return all;
    }
    [[nodiscard]] QString row(int claim, int row) const {
        const QAbstractItemModel& model = *panel.findChildren<ClaimTable*>()[claim]->model();
        QStringList cells;
        for (int column = 0; column < ClaimModel::ColumnCount; ++column)
            cells << model.index(row, column).data().toString();
        return cells.join(QLatin1Char('|'));
    }
    SampleClaimsSource source; ///< outlives the panel
    ClaimsPanel panel;
};

/// The Compare page with runs of alpha, which makes claims, and of beta, which makes none.
struct ComparePages {
    ComparePages() {
        fillWithStudy(runs, 2, 200);
        ComparedRun other = sampleSeed("other", 1, 0.1, 200);
        other.record.study = "beta";
        runs.runs.push_back(other);
        claims.studies["alpha"] = sampleClaims();
        page.setSource(&runs);
        page.setClaimsSource(&claims);
        page.setRuns(runs.records());
        page.resize(1200, 800);
        page.show();
        page.compareStudy(QStringLiteral("alpha"));
    }
    [[nodiscard]] QTabWidget& views() const { return *page.findChild<QTabWidget*>(QStringLiteral("views")); }
    [[nodiscard]] ClaimsPanel& panel() const { return *page.findChild<ClaimsPanel*>(); }
    [[nodiscard]] bool isTabVisible() const { return views().isTabVisible(views().indexOf(&panel())); }
    SampleSource runs;
    SampleClaimsSource claims; ///< both outlive the page
    ComparePage page;
};

} // namespace

class TestClaimsPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void everyClaimHasItsVerdictInWordAndSign() {
        const Fixture fixture(sampleClaims());
        QCOMPARE(fixture.texts("verdict"),
                 (QStringList{"✓ supported", "✗ contradicted", "? undecided", "✓ supported"}));
        QCOMPARE(fixture.texts("sentence")[0],
                 QStringLiteral("Adaptive alpha and fixed alpha perform alike."));
        QCOMPARE(fixture.texts("reason")[1], QStringLiteral("Tests that contradict it: 2 of 2."));
        QCOMPARE(fixture.texts("claimsSummary"),
                 QStringList("Claims of alpha: 2 supported, 1 contradicted, 1 undecided"));
        QVERIFY(fixture.panel.findChild<QLabel*>(QStringLiteral("claimsNotice"))->isHidden());
        QCOMPARE(fixture.panel.findChild<ClaimCard*>()->accessibleName(),
                 QStringLiteral("supported: Adaptive alpha and fixed alpha perform alike."));
    }
    void testsSayTheirNumbersWithUnits() {
        const Fixture fixture(sampleClaims());
        // Differences 0.002 + 0.0005 · (1, 2, 0, 1, 2, 0): mean 0.0025, deviation 0.0005 √0.8; the interval
        // is 2.5706 · 0.0005 √(0.8 / 6) to each side.
        QCOMPARE(fixture.row(0, 0), QStringLiteral("loss of b-adaptive is that of a-fixed ± 0.01|"
                                                   "0.002500 nats per token|[0.002031, 0.002969]|6|< 0.001|"
                                                   "✓ supported"));
        // 0.9994 + 0.0001 · (1, 2, 3, 0, 1, 2): mean 0.99955, deviation 0.000105; a share has no unit.
        QVERIFY2(fixture.row(2, 0).startsWith(
                     QStringLiteral("router.f1 of a-fixed is at least 0.9995|0.99955|[0.99944, 0.99966]|6|")),
                 qPrintable(fixture.row(2, 0)));
        QVERIFY(fixture.row(1, 1).endsWith(QStringLiteral("✗ contradicted")));
        auto* model = fixture.panel.findChild<ClaimModel*>();
        const QAbstractItemModelTester tester(model);
        QCOMPARE(model->index(0, ClaimModel::Effect).data(Qt::ToolTipRole).toString(),
                 QStringLiteral("Mean over the seeds of b-adaptive minus a-fixed, paired by seed"));
    }
    void whatIsMissingIsSaidWithWhatToDo() {
        const Fixture fixture(sampleClaims(4));
        QCOMPARE(fixture.texts("verdict").filter(QStringLiteral("? undecided")).size(), 4);
        QCOMPARE(fixture.texts("claimsNotice"),
                 QStringList("Run the study with all its seeds (6 of them); these runs are not finished: "
                             "a-fixed (seeds 5, 6), b-adaptive (seeds 5, 6), c-alone (seeds 5, 6)."));
    }
    void runsOfAnotherTextAreNamed() {
        StudyClaims claims = sampleClaims();
        claims.deviating = {"a-fixed/3"};
        QVERIFY(Fixture(claims).texts("claimsNotice")[0].contains(
            QStringLiteral("before a change of it: a-fixed (seed 3).")));
    }
    void aStudyWithoutConclusionsGivesNoVerdict() {
        const Fixture fixture(sampleClaims(6, false));
        QCOMPARE(fixture.texts("verdict").filter(QStringLiteral("– no conclusions")).size(), 4);
        QVERIFY(fixture.row(0, 0).endsWith(QStringLiteral("6|< 0.001|– no conclusions")));
        QVERIFY(fixture.texts("reason")[0].contains(QStringLiteral("its full form decides")));
    }
    void itReadsAgainWhenARunEnds() {
        Fixture fixture(sampleClaims(5));
        fixture.panel.showStudy("alpha", runsOf("alpha", RunStatus::done));
        QCOMPARE(fixture.source.asked.size(), std::size_t{1});
        fixture.panel.showStudy("alpha", runsOf("alpha", RunStatus::running));
        fixture.panel.showStudy("alpha", runsOf("alpha", RunStatus::paused));
        QCOMPARE(fixture.source.asked.size(), std::size_t{2});
        const auto* card = fixture.panel.findChild<ClaimCard*>();
        fixture.source.studies["alpha"] = sampleClaims();
        fixture.panel.showStudy("alpha", runsOf("alpha", RunStatus::done));
        QCOMPARE(fixture.texts("verdict")[0], QStringLiteral("✓ supported"));
        QCOMPARE(fixture.panel.findChild<ClaimCard*>(), card);
    }
    void aLateAnswerOfAnotherStudyDoesNotCount() {
        Fixture fixture(sampleClaims());
        fixture.source.isSlow = true;
        fixture.panel.showStudy("beta", runsOf("beta", RunStatus::done));
        fixture.panel.showStudy("", {});
        fixture.panel.showStudy("alpha", runsOf("alpha", RunStatus::done));
        QVERIFY(!fixture.panel.hasClaims());
        fixture.source.studies["beta"] = sampleClaims(2);
        fixture.source.answerAll();
        QCOMPARE(fixture.texts("verdict").size(), 4);
        QCOMPARE(fixture.texts("verdict")[0], QStringLiteral("✓ supported"));
    }
    void claimsAreCopiedAsMarkdown() {
        const Fixture fixture(sampleClaims());
        fixture.panel.findChild<QToolButton*>(QStringLiteral("copyClaims"))->click();
        const QString all = QGuiApplication::clipboard()->text();
        QCOMPARE(all.count(QStringLiteral("| Test |")), 4);
        QTest::keyClick(fixture.panel.findChildren<ClaimTable*>()[3], Qt::Key_C, Qt::ControlModifier);
        const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(lines[0], QStringLiteral("**✓ supported**: The loss of the fixed alpha is low."));
        QVERIFY(all.endsWith(lines.join(QLatin1Char('\n'))));
        QVERIFY(lines[6].startsWith(QStringLiteral("| loss of a-fixed is at most 3.5 | 3.4")));
    }
    void claimsAreExportedExactly() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("claims.csv"));
        QCOMPARE(exportClaims(sampleClaims(), file), QString());
        QFile csv(file);
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(csv.readAll()).split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 7); // a heading, five tests, the end
        QVERIFY(lines[1].startsWith(
            QStringLiteral("alpha,alike,Adaptive alpha and fixed alpha perform alike.,supported,"
                           "Tests that support it: 1 of 1.,alike,loss,b-adaptive,a-fixed,0.01,,6,0.00")));
        QVERIFY(
            lines[2].startsWith(QStringLiteral("alpha,better,\"The student alone is better than both, and")));
        for (const QString& line : lines.mid(1, 1) + lines.mid(4, 2))
            QCOMPARE(line.count(QLatin1Char(',')), lines[0].count(QLatin1Char(',')));
        QVERIFY(claimsCsv(sampleClaims(6, false)).contains(QStringLiteral(",no conclusions,")));
        QVERIFY(!exportClaims(sampleClaims(), QStringLiteral("/nowhere/at/all.csv")).isEmpty());
    }
    void theTabIsThereForStudiesThatClaim() {
        const ComparePages pages;
        QVERIFY(pages.isTabVisible());
        QCOMPARE(pages.views().currentIndex(), 0);
        pages.views().setCurrentWidget(&pages.panel());
        QVERIFY(pages.page.findChild<QComboBox*>(QStringLiteral("study"))->isVisible());
        QVERIFY(!pages.page.findChild<QComboBox*>(QStringLiteral("band"))->isVisible());
        QCOMPARE(ambiguousMnemonics(pages.page), QStringList());
        pages.page.findChild<QComboBox*>(QStringLiteral("study"))->setCurrentText(QStringLiteral("beta"));
        QVERIFY(!pages.isTabVisible());
        QVERIFY(pages.page.findChild<QComboBox*>(QStringLiteral("band"))->isVisible());
    }
    void thePageReadsClaimsWhenARunEndsAndNotWhileHidden() {
        ComparePages pages;
        const auto before = pages.claims.asked.size();
        RunRecord run = pages.runs.runs[0].record;
        run.status = RunStatus::running;
        pages.page.updateRun(run);
        QCOMPARE(pages.claims.asked.size(), before + 1);
        ++run.steps;
        pages.page.updateRun(run);
        QCOMPARE(pages.claims.asked.size(), before + 1);
        pages.page.hide();
        run.status = RunStatus::done;
        pages.page.updateRun(run);
        QCOMPARE(pages.claims.asked.size(), before + 1);
        pages.page.show();
        QCOMPARE(pages.claims.asked.size(), before + 2);
        pages.page.setClaimsSource(nullptr);
        QVERIFY(!pages.isTabVisible());
    }
    void runsWithoutCurvesShowTheirClaimsAndReturn() {
        ComparePages pages;
        const std::vector<ComparedRun> measured = pages.runs.runs;
        for (ComparedRun& run : pages.runs.runs) {
            run.evaluations.clear();
            run.series.clear();
            run.keys.clear();
        }
        pages.page.setSource(&pages.runs);
        pages.page.setRuns(pages.runs.records());
        pages.page.compareStudy(QStringLiteral("alpha"));
        QVERIFY(pages.panel().isVisible());
        QVERIFY(!pages.views().isTabVisible(0));
        pages.runs.runs = measured;
        for (const RunRecord& run : pages.runs.records())
            pages.page.updateRun(run);
        QTRY_VERIFY(pages.views().isTabVisible(0));
        QCOMPARE(pages.views().currentIndex(), 0);
        QVERIFY(pages.isTabVisible());
    }
};

QTEST_MAIN(TestClaimsPanel)
#include "test_claims_panel.moc"
