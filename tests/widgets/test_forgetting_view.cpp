// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample_forgetting.h"
#include "widgets/pages/forgetting_panel.h"
#include "widgets/pages/live_page.h"
#include "widgets/pages/run_plots.h"
#include "widgets/plots/line_plot.h"
#include "widgets/tables/evaluation_table.h"
#include "widgets/tables/forgetting_table.h"
#include "widgets/tables/shaded_cell.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace retort;

namespace {

using Rows = std::vector<EvaluationRow>;

RunEvent eventOf(decltype(RunEvent::what) what) {
    return {"01plain1", 1, 0, std::move(what)};
}

/// Two domains of 50 steps each.
RunSpec twoDomains() {
    RunSpec spec = sequentialSpec({"en", "fr"});
    spec.data.domains = {"en", "fr"};
    return spec;
}

Rows both(double en, double fr) {
    return {stageRow("en", en, 0.25), stageRow("fr", fr, 0.5)};
}

Evaluated evaluated(std::int64_t step, Rows rows) {
    return {step, step * 2048, static_cast<double>(step), std::move(rows)};
}

struct Fixture {
    explicit Fixture(const RunSpec& spec = twoDomains()) {
        page.showRun(sequentialRecord(spec, "plain", 1, RunStatus::running, 0), {});
        page.resize(1280, 800);
        page.show();
    }
    void say(decltype(RunEvent::what) what) { page.append(std::vector{eventOf(std::move(what))}); }
    /// Untrained, then a loss after each stage: English goes from 3 to 3.5 while French is learned.
    void train() {
        Rows rows = both(8, 8.5);
        rows.push_back(stageRow("en", 6, 0, unigram_setting));
        rows.push_back(stageRow("fr", 7, 0, unigram_setting));
        say(evaluated(0, rows));
        say(evaluated(50, both(3, 6)));
        say(evaluated(100, both(3.5, 4)));
    }
    [[nodiscard]] StageMatrixModel& matrix() const { return *page.findChild<StageMatrixModel*>(); }
    [[nodiscard]] ForgettingModel& measures() const { return *page.findChild<ForgettingModel*>(); }
    [[nodiscard]] LinePlot& plot(const char* title) const {
        for (LinePlot* plot : page.findChildren<LinePlot*>())
            if (plot->title() == QLatin1String(title)) return *plot;
        qFatal("There is no plot %s.", title);
    }
    [[nodiscard]] QTabBar& tabs() const {
        return *page.findChild<QTabWidget*>(QStringLiteral("liveViews"))->tabBar();
    }
    [[nodiscard]] QString text(const char* name) const {
        return page.findChild<QLabel*>(QLatin1String(name))->text();
    }
    LivePage page;
};

QString printed(const QAbstractItemModel& model) {
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells << model.index(row, column).data().toString();
        lines << cells.join(u'|');
    }
    return lines.join(u'\n');
}

} // namespace

class TestForgettingView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void runsWithoutStagesHaveOneView() {
        LivePage page;
        page.showRun(sampleRecord("A", "fixed", 1, RunStatus::running, 0, 100), {});
        page.show();
        const auto* views = page.findChild<QTabWidget*>(QStringLiteral("liveViews"));
        QVERIFY(!views->tabBar()->isVisible());
        page.showRun(sequentialRecord(twoDomains(), "plain", 1, RunStatus::running, 0), {});
        QVERIFY(views->tabBar()->isVisible());
        page.findChild<QTabWidget*>(QStringLiteral("liveViews"))->setCurrentIndex(1);
        page.showRun(sampleRecord("A", "fixed", 1, RunStatus::running, 0, 100), {});
        QVERIFY(!views->tabBar()->isVisible());
        QCOMPARE(views->currentIndex(), 0);
        for (const LinePlot* plot : page.findChildren<LinePlot*>())
            QVERIFY(plot->group().bands().empty());
    }
    void stagesAreBandsOfEveryPlot() {
        const Fixture fixture;
        for (const LinePlot* plot : fixture.page.findChildren<LinePlot*>()) {
            const std::vector<PlotBand>& bands = plot->group().bands();
            QCOMPARE(bands.size(), std::size_t{2});
            QCOMPARE(bands[0].label, QStringLiteral("en"));
            QCOMPARE(bands[0].to, 50.0);
            QCOMPARE(bands[1].from, 50.0);
            QCOMPARE(bands[1].to, 100.0);
            QVERIFY(bands[0].style != bands[1].style);
        }
    }
    void bandsFollowTheAxis() {
        Fixture fixture;
        auto* axis = fixture.page.findChild<QComboBox*>(QStringLiteral("axis"));
        PlotGroup& group = fixture.plot("Loss").group();
        for (std::int64_t step = 1; step <= 49; ++step)
            fixture.say(StepMeasured{step, step * 2048, 3.0 * static_cast<double>(step), {}});
        axis->setCurrentIndex(axis->findData(static_cast<int>(XAxis::wall_time)));
        // Nobody knows yet how long the stage takes.
        QCOMPARE(group.bands().size(), std::size_t{1});
        QVERIFY(std::isinf(group.bands()[0].to));
        fixture.say(StepMeasured{50, 50 * 2048, 150, {}});
        QCOMPARE(group.bands().size(), std::size_t{2});
        QCOMPARE(group.bands()[0].to, 150.0);
        QCOMPARE(group.bands()[1].from, 150.0);
        QVERIFY(std::isinf(group.bands()[1].to));
        axis->setCurrentIndex(axis->findData(static_cast<int>(XAxis::tokens)));
        QCOMPARE(group.bands()[0].to, 50.0 * 2048);
        RunStarted again;
        again.resumed_from_step = 20;
        fixture.say(again);
        QCOMPARE(group.bands().size(), std::size_t{1});
    }
    void aDomainIsThickInItsOwnStage() {
        Fixture fixture;
        fixture.train();
        const LinePlot& losses = fixture.plot("Loss by domain");
        QCOMPARE(losses.curves().size(), std::size_t{2});
        QCOMPARE(losses.curves()[1]->label(), QStringLiteral("fr"));
        QCOMPARE(losses.curves()[1]->strong->first, 50);
        QCOMPARE(losses.curves()[1]->strong->last, 100);
        QCOMPARE(losses.curves()[1]->values()[2], 4.0);
        QCOMPARE(losses.curves()[1]->style(), losses.group().bands()[1].style);
    }
    void theMatrixGrowsRowByRow() {
        Fixture fixture;
        const QAbstractItemModelTester tester(&fixture.matrix());
        QCOMPARE(printed(fixture.matrix()), QStringLiteral("|\n|"));
        QCOMPARE(fixture.text("stageLegend"), QString());
        fixture.say(evaluated(0, both(8, 8.5)));
        QCOMPARE(printed(fixture.matrix()), QStringLiteral("|\n|"));
        fixture.say(evaluated(50, both(3, 6)));
        QCOMPARE(printed(fixture.matrix()), QStringLiteral("3.000|6.000\n|"));
        QVERIFY(!fixture.matrix().index(1, 0).data(shadeRole).isValid());
        QCOMPARE(fixture.matrix().index(0, 1).data(shadeRole).toDouble(), 0.0); // never learned so far
        fixture.say(evaluated(60, both(3.2, 5)));
        QCOMPARE(printed(fixture.matrix()), QStringLiteral("3.000|6.000\n|"));
        fixture.say(evaluated(100, both(3.5, 4)));
        QCOMPARE(printed(fixture.matrix()), QStringLiteral("3.000|6.000\n3.500|4.000"));
    }
    void shadesFadeFromTheBestOfTheColumn() {
        Fixture fixture;
        fixture.train();
        const StageMatrixModel& matrix = fixture.matrix();
        QCOMPARE(matrix.index(0, 0).data(shadeRole).toDouble(), 1.0);
        QCOMPARE(matrix.index(1, 0).data(shadeRole).toDouble(), 0.0); // the most forgotten
        QCOMPARE(matrix.index(0, 1).data(shadeRole).toDouble(), 0.0); // not learned yet, farther off
        QCOMPARE(matrix.index(1, 1).data(shadeRole).toDouble(), 1.0);
        QVERIFY(matrix.index(0, 0).data(framedRole).toBool() && matrix.index(1, 1).data(framedRole).toBool());
        QVERIFY(!matrix.index(1, 0).data(framedRole).toBool());
        QCOMPARE(fixture.text("stageLegend"),
                 QStringLiteral("Deep: the domain's best. Palest: 0.500 nats per token above it, or more. "
                                "Framed: the domain's own stage."));
        QCOMPARE(matrix.sentence(matrix.index(1, 0)),
                 QStringLiteral("after fr (stage 2 of 2, step 100), en: 3.500 nats per token; 0.500 nats per "
                                "token above its best"));
    }
    void aLittleNoiseIsNoForgetting() {
        Fixture fixture;
        fixture.say(evaluated(50, both(3, 6)));
        fixture.say(evaluated(100, both(3.01, 4)));
        // A tenth of the least span, which is 0.1: (1 − 0.1)², of which the colour is the root.
        QVERIFY(std::abs(fixture.matrix().index(1, 0).data(shadeRole).toDouble() - 0.81) < 1e-9);
    }
    void otherUnitsSayTheSame() {
        Fixture fixture;
        fixture.train();
        auto* unit = fixture.page.findChild<QComboBox*>(QStringLiteral("stageUnit"));
        unit->setCurrentIndex(1); // exp(3), exp(6); exp(3.5), exp(4)
        QCOMPARE(printed(fixture.matrix()), QStringLiteral("20.09|403.4\n33.12|54.60"));
        unit->setCurrentIndex(2);
        QCOMPARE(printed(fixture.matrix()), QStringLiteral("25.0 %|50.0 %\n25.0 %|50.0 %"));
        QVERIFY(
            printed(fixture.measures()).contains(QStringLiteral("Avalanche, StreamForgetting|0.00|0.00|")));
    }
    void measuresSpeakOfTheStagesThatEnded() {
        Fixture fixture;
        const QAbstractItemModelTester tester(&fixture.measures());
        fixture.say(evaluated(0, both(8, 8.5)));
        QCOMPARE(fixture.text("measuresTitle"), QStringLiteral("Measures: no stage has ended yet"));
        fixture.say(evaluated(50, both(3, 6)));
        QCOMPARE(fixture.text("measuresTitle"), QStringLiteral("Measures after stage 1 of 2"));
        QVERIFY(printed(fixture.measures())
                    .startsWith(QStringLiteral("Forgetting|Known when the second stage ends.|")));
        fixture.train();
        QCOMPARE(fixture.text("measuresTitle"), QStringLiteral("Measures after the last stage"));
        // F = 3.5 − 3; BWT = 3 − 3.5; FWT = 8.5 − 6 and 7 − 6.
        QCOMPARE(printed(fixture.measures()),
                 QStringLiteral("Forgetting|+0.500|+0.500|\n"
                                "Backward transfer|-0.500|-0.500|\n"
                                "Forward transfer, random|+2.50||+2.50\n"
                                "Forward transfer, unigram|+1.00||+1.00\n"
                                "Intransigence|The study has no finished run of a variant named joint "
                                "with this seed.||"));
    }
    void intransigenceIsAgainstTheJointRun() {
        LiveHistory history;
        StageMatrix joint = stage_matrix([] {
            RunSpec spec = twoDomains();
            spec.schedule.kind = ScheduleKind::balanced;
            return spec;
        }());
        for (const EvaluationRow& row : both(2.5, 3.8))
            joint.take(100, row);
        history.joint = joint;
        LivePage page;
        page.showRun(sequentialRecord(twoDomains(), "plain", 1, RunStatus::running, 0), history);
        const auto* measures = page.findChild<ForgettingModel*>();
        QVERIFY(
            printed(*measures).endsWith(QStringLiteral("Intransigence|Known when the first stage ends.||")));
        page.append(std::vector{eventOf(evaluated(50, both(3, 6))), eventOf(evaluated(100, both(3.5, 4)))});
        // 3 − 2.5 and 4 − 3.8.
        QVERIFY(printed(*measures).endsWith(QStringLiteral("Intransigence|+0.350|+0.500|+0.200")));
    }
    void formulasStandInTheTips() {
        Fixture fixture;
        fixture.train();
        const auto tip = [&](int row) {
            return fixture.measures().index(row, ForgettingModel::Name).data(Qt::ToolTipRole).toString();
        };
        for (const auto& [row, wanted] : {std::pair{0, forgetting_formula::forgetting},
                                          {1, forgetting_formula::backward},
                                          {2, forgetting_formula::forward},
                                          {3, forgetting_formula::forward_unigram},
                                          {4, forgetting_formula::intransigence}})
            QVERIFY(tip(row).contains(QString::fromUtf8(wanted.data(), qsizetype(wanted.size()))));
    }
    void reasonsHaveTheWholeRow() {
        Fixture fixture;
        fixture.train();
        const auto* table = fixture.page.findChild<ForgettingTable*>();
        QCOMPARE(table->columnSpan(4, ForgettingModel::Mean), 3);
        QCOMPARE(table->columnSpan(0, ForgettingModel::Mean), 1);
    }
    void theUnigramModelIsInNoOtherView() {
        Fixture fixture;
        fixture.train();
        QVERIFY(!printed(*fixture.page.findChild<EvaluationModel*>()).contains(QStringLiteral("unigram")));
        QCOMPARE(fixture.page.findChild<EvaluationModel*>()->rowCount(), 3);
        QCOMPARE(fixture.plot("Perplexity").curves().size(), std::size_t{2});
        QCOMPARE(fixture.plot("Perplexity").curves()[0]->values()[0], std::exp(8.0));
    }
    void aResumeTakesRowsBack() {
        Fixture fixture;
        fixture.train();
        RunStarted again;
        again.resumed_from_step = 60;
        fixture.say(again);
        QCOMPARE(printed(fixture.matrix()), QStringLiteral("3.000|6.000\n|"));
        QCOMPARE(fixture.plot("Loss by domain").curves()[0]->size(), std::size_t{2});
        QCOMPARE(fixture.text("measuresTitle"), QStringLiteral("Measures after stage 1 of 2"));
    }
    void aStoredRunLooksLikeALiveOne() {
        const RunSpec spec = sequentialSpec();
        LivePage stored;
        stored.showRun(sequentialRecord(spec, "plain", 1, RunStatus::done, 200), fadingHistory(spec, 200));
        Fixture live(spec);
        const LiveHistory history = fadingHistory(spec, 200);
        for (const LiveHistory::Evaluation& evaluation : history.evaluations)
            live.say(evaluated(evaluation.step, {evaluation.row}));
        QCOMPARE(printed(*stored.findChild<StageMatrixModel*>()), printed(live.matrix()));
        QCOMPARE(printed(*stored.findChild<ForgettingModel*>()), printed(live.measures()));
        QCOMPARE(live.matrix().matrix().domains, (std::vector<std::string>{"en", "de", "fr", "py"}));
    }
    void remediesHaveTheirCurvesAmongTheLosses() {
        LivePage page;
        const RunSpec spec = sequentialSpec();
        page.showRun(sequentialRecord(spec, "plain", 1, RunStatus::done, 200), fadingHistory(spec, 200));
        QStringList labels;
        for (const LinePlot* plot : page.findChildren<LinePlot*>())
            for (const auto& curve : plot->curves())
                if (plot->title() == QStringLiteral("Loss")) labels << curve->label();
        QCOMPARE(labels, (QStringList{"total", "LwF", "EWC"}));
    }
    void figureAndDataAreWritten() {
        Fixture fixture;
        fixture.train();
        const QString text = QString::fromStdString(to_csv(fixture.matrix().figure()));
        QVERIFY(text.startsWith(QStringLiteral("stage,step,domain,nats_per_token,perplexity,accuracy\n"
                                               "random,0,en,8,")));
        QVERIFY(text.contains(QStringLiteral("\nunigram,0,fr,7,")));
        QVERIFY(text.contains(QStringLiteral("\nfr,100,en,3.5,33.11545195869231,0.25\n")));
        QVERIFY(fixture.measures().csv().contains(QStringLiteral("\nforgetting,mean,0.5,\n")));
        QVERIFY(fixture.measures().csv().contains(QStringLiteral("\nforward_unigram,fr,1,\n")));
    }
};

QTEST_MAIN(TestForgettingView)
#include "test_forgetting_view.moc"
