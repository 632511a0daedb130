// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample_architectures.h"
#include "sample_forgetting.h"
#include "tests/widgets/mnemonics.h"
#include "widgets/pages/compare_page.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/remedy_table.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QLabel>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace retort;

namespace {

struct Fixture {
    explicit Fixture(const std::function<void(SampleSource&)>& fill) {
        fill(source);
        page.setSource(&source);
        page.setRuns(source.records());
        page.resize(1280, 800);
        page.show();
    }
    template <class Widget>
    Widget* part(const char* name) const {
        return page.findChild<Widget*>(QLatin1String(name));
    }
    [[nodiscard]] RemedyModel& remedies() const { return *page.findChild<RemedyModel*>(); }
    [[nodiscard]] OrderModel& orders() const { return *page.findChild<OrderModel*>(); }
    [[nodiscard]] const ScoreFigure& pareto() const { return part<ScorePlot>("paretoPlot")->figure(); }
    [[nodiscard]] const ScoreLine* line(const QString& label) const {
        for (const ScoreLine& line : pareto().lines)
            if (line.label == label) return &line;
        return nullptr;
    }
    SampleSource source; ///< outlives the page
    ComparePage page;
};

/// Two stages, en then fr: final losses and what was forgotten of English are set, the rest follows.
ComparedRun runOf(const std::string& variant, std::uint64_t seed, double forgotten, double final,
                  ScheduleKind kind = ScheduleKind::sequential,
                  const std::vector<std::string>& order = {"en", "fr"}) {
    RunSpec spec = sequentialSpec(order, kind);
    spec.data.domains = {"en", "fr"};
    ComparedRun run;
    run.record = sequentialRecord(spec, variant, seed, RunStatus::done, 100);
    const auto add = [&](std::int64_t step, double first, double second) {
        run.evaluations.push_back({step, stageRow(order[0], first, 0.2)});
        run.evaluations.push_back({step, stageRow(order[1], second, 0.2)});
    };
    add(0, 8, 8);
    add(50, final - forgotten, 6);
    add(100, final, final);
    run.clock = {{100, 204800, 100}};
    return run;
}

void addTwo(SampleSource& source) {
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
        const double more = 0.1 * static_cast<double>(seed); // 0.1 and 0.2
        source.runs.push_back(runOf("a-naive", seed, 1 + more, 4 + more));
        source.runs.push_back(runOf("b-replay", seed, 0.2 + more, 4.2 + more));
        source.runs.push_back(runOf("c-worse", seed, 0.5 + more, 4.5 + more));
    }
}

QStringList row(const QAbstractItemModel& model, int number) {
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells << model.index(number, column).data().toString();
    return cells;
}

} // namespace

class TestRemedyView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void studiesThatCannotForgetHaveNoTab() {
        const Fixture plain([](SampleSource& source) { fillWithStudy(source, 2, 200); });
        QVERIFY(!plain.part<QTabWidget>("views")->isTabVisible(2));
        const Fixture forgetful(addTwo);
        QVERIFY(forgetful.part<QTabWidget>("views")->isTabVisible(2));
    }
    void pointsAreMeansOverTheSeeds() {
        const Fixture fixture(addTwo);
        const ScoreLine* naive = fixture.line(QStringLiteral("a-naive (n = 2)"));
        QVERIFY(naive != nullptr);
        const ScorePoint& point = naive->points[0];
        QVERIFY(std::abs(point.x - 1.15) < 1e-9 && std::abs(point.y - 4.15) < 1e-9);
        // Deviation of 0.1 and 0.2: 0.0707.
        QVERIFY(std::abs(point.xInterval.high - 1.15 - std::sqrt(0.005)) < 1e-9);
        QVERIFY(std::abs(point.y - point.interval.low - std::sqrt(0.005)) < 1e-9);
        QCOMPARE(point.name, QStringLiteral("a-naive"));
        const ScoreLine* seeds = fixture.line(QStringLiteral("a-naive, seeds"));
        QVERIFY(seeds->isFaint && !seeds->isInLegend);
        QCOMPARE(seeds->points.size(), std::size_t{2});
        QVERIFY(std::abs(seeds->points[1].x - 1.2) < 1e-9);
    }
    void theFrontIsOfWhatNothingBeats() {
        const Fixture fixture(addTwo);
        const ScoreLine* front = fixture.line(QStringLiteral("Pareto front"));
        QVERIFY(front->isStaircase);
        QStringList names;
        for (const ScorePoint& point : front->points)
            names << point.name;
        QCOMPARE(names, (QStringList{"b-replay", "a-naive"})); // c-worse forgets more than b and ends higher
    }
    void runsWithoutStagesStandBesideTheFront() {
        const Fixture fixture([](SampleSource& source) {
            addTwo(source);
            source.runs.push_back(runOf("joint", 1, -2, 3, ScheduleKind::balanced));
        });
        const ScoreLine* joint = fixture.line(QStringLiteral("joint (n = 1)"));
        QVERIFY(joint->isHollow && !fixture.line(QStringLiteral("a-naive (n = 2)"))->isHollow);
        QVERIFY(std::abs(joint->points[0].x - (-2 - 3) / 2.0) < 1e-9); // 3 − 5 and 3 − 6
        QCOMPARE(fixture.line(QStringLiteral("Pareto front"))->points.size(), std::size_t{2});
        // Intransigence of seed 1 alone: en 4.1 − 1.1 − 3 and fr 4.1 − 3.
        QCOMPARE(fixture.remedies().index(0, RemedyModel::Intransigence).data().toString(),
                 QStringLiteral("★ 0.550"));
        QCOMPARE(row(fixture.remedies(), 3),
                 (QStringList{"joint", "1", "3.000", "-2.50", "–", "–", "–", "–"}));
    }
    void theTableMarksTheBest() {
        const Fixture fixture(addTwo);
        const QAbstractItemModelTester tester(&fixture.remedies());
        QCOMPARE(row(fixture.remedies(), 0), (QStringList{"a-naive", "2", "★ 4.150 ± 0.071", "1.15 ± 0.071",
                                                          "-1.15 ± 0.071", "2.00 ± 0.0", "–", "–"}));
        QCOMPARE(fixture.remedies().index(1, RemedyModel::Forgetting).data().toString(),
                 QStringLiteral("★ 0.350 ± 0.071"));
        QCOMPARE(fixture.remedies().index(1, RemedyModel::Backward).data().toString(),
                 QStringLiteral("★ -0.350 ± 0.071"));
        QVERIFY(fixture.remedies()
                    .index(0, RemedyModel::Intransigence)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(QStringLiteral("joint")));
    }
    void unfinishedSeedsDoNotCount() {
        const Fixture fixture([](SampleSource& source) {
            addTwo(source);
            std::erase_if(source.runs[0].evaluations, [](const auto& e) { return e.step == 100; });
        });
        QCOMPARE(fixture.remedies().index(0, RemedyModel::Seeds).data().toString(), QStringLiteral("1 of 2"));
        QVERIFY(fixture.line(QStringLiteral("a-naive (n = 1)")) != nullptr);
    }
    void whatCannotForgetIsNamed() {
        const Fixture fixture([](SampleSource& source) {
            addTwo(source);
            ComparedRun run = sampleArchitecture("d-ple", Architecture::ple, 1, 4, {10, 10});
            run.record.study = "forgetting";
            source.runs.push_back(run);
        });
        QCOMPARE(fixture.part<QLabel>("absentVariants")->text(),
                 QStringLiteral("Not here: d-ple (nothing is trained in it)."));
    }
    void ordersAreComparedWithSeeds() {
        const Fixture fixture([](SampleSource& source) {
            for (std::uint64_t seed = 1; seed <= 2; ++seed) {
                const double more = 0.1 * static_cast<double>(seed);
                source.runs.push_back(runOf("a", seed, 1, 4 + more));
                source.runs.push_back(
                    runOf("b", seed, 0.4, 5 + more, ScheduleKind::sequential, {"fr", "en"}));
            }
        });
        const QAbstractItemModelTester tester(&fixture.orders());
        QVERIFY(fixture.part<QTabWidget>("remedyTables")->isTabVisible(1));
        QCOMPARE(row(fixture.orders(), 0), (QStringList{"en → fr", "a", "2", "4.150 ± 0.071", "1.00 ± 0.0"}));
        QCOMPARE(row(fixture.orders(), 1),
                 (QStringList{"fr → en", "b", "2", "5.150 ± 0.071", "0.400 ± 0.0"}));
        QCOMPARE(row(fixture.orders(), 2)[OrderModel::Loss], QStringLiteral("1.00; s.d. 0.707"));
        QCOMPARE(row(fixture.orders(), 3)[OrderModel::Loss], QStringLiteral("0.100; s.d. 0.0707"));
        const ScoreFigure& places = fixture.part<ScorePlot>("positionPlot")->figure();
        QCOMPARE(places.lines[0].label, QStringLiteral("en"));
        QVERIFY(std::abs(places.lines[0].points[0].y - 4.15) < 1e-9);
        QVERIFY(std::abs(places.lines[0].points[1].y - 5.15) < 1e-9);
        QVERIFY(fixture.orders().csv().contains(QStringLiteral("1,order,en → fr,a,2,")));
        QVERIFY(fixture.orders().csv().contains(QStringLiteral("\n1,place 2,en,,2,")));
    }
    void oneOrderNeedsNoTable() {
        const Fixture fixture(addTwo);
        QVERIFY(!fixture.part<QTabWidget>("remedyTables")->isTabVisible(1));
        QVERIFY(fixture.part<ScorePlot>("positionPlot")->isHidden());
    }
    void figureAndTableAreWritten() {
        const Fixture fixture(addTwo);
        const std::string text = to_csv(fixture.part<ScorePlot>("paretoPlot")->printedFigure());
        QVERIFY(text.starts_with("line,x,y,low,high,x_low,x_high,name\n"));
        QVERIFY(text.find(",b-replay\n") != std::string::npos);
        QVERIFY(fixture.remedies().csv().startsWith(QStringLiteral("variant,has_stages,runs,n,loss_mean,")));
        QVERIFY(fixture.remedies().csv().contains(QStringLiteral("\na-naive,true,2,2,4.1")));
    }
    void lettersLeadToOnePlace() {
        const Fixture fixture([](SampleSource& source) { fillWithOrders(source, 2); });
        fixture.part<QTabWidget>("views")->setCurrentIndex(2);
        QCOMPARE(ambiguousMnemonics(fixture.page), QStringList());
    }
};

QTEST_MAIN(TestRemedyView)
#include "test_remedy_view.moc"
