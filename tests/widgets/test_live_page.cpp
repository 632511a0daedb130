// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/sample_runs.h"
#include "widgets/pages/live_page.h"
#include "widgets/plots/line_plot.h"
#include "widgets/tables/evaluation_table.h"
#include "widgets/tables/log_view.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace retort;

namespace {

RunEvent eventOf(const std::string& run, decltype(RunEvent::what) what) {
    return {run, 1, 0, std::move(what)};
}

StepMeasured measured(std::int64_t step, double loss) {
    return {step, step * 2048, static_cast<double>(step) * 0.5, {{{"loss", "", "", "", "train"}, loss}}};
}

LinePlot* plotNamed(const QWidget& page, const QString& title) {
    for (LinePlot* plot : page.findChildren<LinePlot*>())
        if (plot->title() == title) return plot;
    return nullptr;
}

QString textOf(const QWidget& page, const char* name) {
    return page.findChild<QLabel*>(QLatin1String(name))->text();
}

QString printed(const QAbstractItemModel& model) {
    QString text;
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column)
            text += model.index(row, column).data().toString() + u'|';
        text += u'\n';
    }
    return text;
}

EvaluationRow row(const std::string& domain, double nats) {
    EvaluationRow made;
    made.domain = domain;
    made.nll = nats * 1000;
    made.tokens = 1000;
    made.bytes = 4000;
    made.correct = 250;
    return made;
}

} // namespace

class TestLivePage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void sayWhatToDoWhileEmpty() {
        LivePage page;
        page.show();
        bool isSaid = false;
        for (const QLabel* label : page.findChildren<QLabel*>())
            isSaid |=
                label->isVisible() &&
                label->text() == QStringLiteral("Open Studies and press Run, or open a run under Runs.");
        QVERIFY(isSaid);
        QCOMPARE(page.runId(), QString());
    }
    void drawsEventsOfItsRunAlone() {
        LivePage page;
        page.showRun(sampleRecord("A", "fixed", 1, RunStatus::running, 0, 100), {});
        page.append(std::vector{eventOf("A", measured(1, 5)), eventOf("B", measured(2, 9)),
                                eventOf("A", measured(2, 4))});
        const LinePlot* loss = plotNamed(page, QStringLiteral("Loss"));
        QCOMPARE(loss->curves().size(), std::size_t{1});
        QCOMPARE(loss->curves()[0]->size(), std::size_t{2});
        QCOMPARE(textOf(page, "step"), QStringLiteral("2 of 100"));
        QCOMPARE(textOf(page, "tokens"), QStringLiteral("4.10k"));
        QCOMPARE(textOf(page, "elapsed"), QStringLiteral("1 s"));
        // 2 steps in a second leave 98 of them for 49 seconds.
        QCOMPARE(textOf(page, "left"), QStringLiteral("49 s"));
        QCOMPARE(textOf(page, "speed"), QStringLiteral("4096"));
    }
    void aStoredRunIsDrawnLikeALiveOne() {
        const LiveHistory history = sampleHistory(300);
        LivePage stored, live;
        stored.showRun(sampleRecord("A", "fixed", 1, RunStatus::running, 300, 300), history);
        live.showRun(sampleRecord("A", "fixed", 1, RunStatus::running, 0, 300), {});
        std::vector<RunEvent> events;
        for (std::size_t i = 0; i < history.clock.size(); ++i) {
            StepMeasured step{
                history.clock[i].step, history.clock[i].tokens, history.clock[i].wall_seconds, {}};
            for (const auto& series : history.series)
                step.metrics.push_back({series.key, series.values[i]});
            events.push_back(eventOf("A", step));
        }
        live.append(events);
        for (const LinePlot* plot : stored.findChildren<LinePlot*>()) {
            const LinePlot* same = plotNamed(live, plot->title());
            if (plot->title() == QStringLiteral("Perplexity") || plot->title() == QStringLiteral("Accuracy"))
                continue;
            QCOMPARE(same->curves().size(), plot->curves().size());
            for (std::size_t i = 0; i < plot->curves().size(); ++i) {
                QVERIFY(std::ranges::equal(plot->curves()[i]->steps(), same->curves()[i]->steps()));
                QVERIFY(plot->curves()[i]->style() == same->curves()[i]->style());
            }
        }
        QCOMPARE(textOf(stored, "step"), textOf(live, "step"));
    }
    void evaluationsBecomeRatiosWithTheirBest() {
        LivePage page;
        page.showRun(sampleRecord("A", "fixed", 1, RunStatus::running, 0, 100), {});
        auto* model = page.findChild<EvaluationModel*>();
        const QAbstractItemModelTester tester(model);
        page.append(std::vector{eventOf("A", Evaluated{100, 1, 1, {row("en", 1), row("fr", 2)}}),
                                eventOf("A", Evaluated{200, 2, 2, {row("en", 1.5), row("fr", 1.5)}})});
        // exp(1.5) = 4.4817; 1500 nats / (ln 2 · 4000 bytes) = 0.54101 bits
        QCOMPARE(printed(*model), QStringLiteral("en|1.500|4.482|0.5410|25.0 %|1.000 at 100|\n"
                                                 "fr|1.500|4.482|0.5410|25.0 %|1.500 at 200|\n"
                                                 "mean|1.500|4.482|0.5410|25.0 %||\n"));
        QCOMPARE(textOf(page, "evaluationTitle"), QStringLiteral("Evaluation at step 200"));
        QCOMPARE(textOf(page, "loss"), QStringLiteral("1.500"));
        QCOMPARE(plotNamed(page, QStringLiteral("Perplexity"))->curves().size(), std::size_t{2});
    }
    void theLossIsOfTheWholeModelOnHeldOutText() {
        LivePage page;
        page.showRun(sampleRecord("A", "fixed", 1, RunStatus::running, 0, 100), {});
        EvaluationRow train = row("en", 0.5), expert = row("en", 0.1);
        train.split = "train";
        expert.expert = "first";
        page.append(
            std::vector{eventOf("A", Evaluated{1, 1, 1, {row("en", 2), row("fr", 3), train, expert}})});
        QCOMPARE(textOf(page, "loss"), QStringLiteral("2.500")); // as the store has it
        const auto* model = page.findChild<EvaluationModel*>();
        QCOMPARE(model->index(model->rowCount() - 1, EvaluationModel::Loss).data().toString(),
                 QStringLiteral("2.500"));
    }
    void expertsHavePanelsOfTheirOwn() {
        LivePage page;
        page.showRun(sampleRecord("A", "jeet", 1, RunStatus::running, 0, 100), {});
        LinePlot* load = plotNamed(page, QStringLiteral("Expert load"));
        LinePlot* loss = plotNamed(page, QStringLiteral("Loss by domain and expert"));
        page.append(std::vector{eventOf("A", Evaluated{1, 1, 1, {row("en", 2), row("fr", 4)}})});
        QVERIFY(load->isHidden() && loss->isHidden());
        StepMeasured step = measured(2, 3);
        for (const auto& [expert, share] : {std::pair("en", 1.5), std::pair("fr", 0.5)})
            step.metrics.push_back({{"utilisation", "", expert, "", "train"}, share});
        EvaluationRow ofEn = row("en", 2), ofFr = row("fr", 6), setting = row("en", 7);
        ofEn.expert = ofFr.expert = "en"; // it read some of both
        setting.setting = "common";
        page.append(
            std::vector{eventOf("A", step),
                        eventOf("A", Evaluated{2, 2, 2, {row("en", 2), row("fr", 4), ofEn, ofFr, setting}})});
        QVERIFY(!load->isHidden() && !loss->isHidden());
        QCOMPARE(load->reference(), std::optional(1.0));
        QCOMPARE(load->curves()[0]->label(), QStringLiteral("en"));
        QCOMPARE(load->curves()[0]->values()[0], 1.5);
        QVERIFY(load->curves()[0]->isVisible);
        QStringList labels;
        for (const auto& curve : loss->curves())
            labels << curve->label();
        QCOMPARE(labels, (QStringList{"en", "fr", "expert en"}));
        QCOMPARE(loss->curves()[2]->values()[0], 4.0); // of as many tokens of 2 as of 6
        QCOMPARE(plotNamed(page, QStringLiteral("Perplexity"))->curves().size(), std::size_t{2});
        QVERIFY(!printed(*page.findChild<EvaluationModel*>()).contains(QStringLiteral("common")));
        page.showRun(sampleRecord("B", "dense", 1, RunStatus::running, 0, 100), {});
        QVERIFY(load->isHidden() && loss->isHidden());
    }
    void aResumeDropsWhatCameAfterItsCheckpoint() {
        LivePage page;
        page.showRun(sampleRecord("A", "fixed", 1, RunStatus::stopped, 300, 300), sampleHistory(300));
        RunStarted started;
        started.resumed_from_step = 150;
        started.total_steps = 400;
        page.append(std::vector{eventOf("A", started)});
        QCOMPARE(plotNamed(page, QStringLiteral("Loss"))->curves()[0]->size(), std::size_t{150});
        QCOMPARE(plotNamed(page, QStringLiteral("Perplexity"))->curves()[0]->size(), std::size_t{1});
        QCOMPARE(textOf(page, "step"), QStringLiteral("150 of 400"));
        QCOMPARE(textOf(page, "runStatus"), QStringLiteral("running"));
    }
    void buttonsFollowTheStatus_data() {
        QTest::addColumn<RunStatus>("status");
        QTest::addColumn<QString>("enabled");
        QTest::newRow("running") << RunStatus::running << "pause stop";
        QTest::newRow("paused") << RunStatus::paused << "resume stop";
        QTest::newRow("stopped") << RunStatus::stopped << "resume";
        QTest::newRow("interrupted") << RunStatus::interrupted << "resume";
        QTest::newRow("done") << RunStatus::done << "";
    }
    void buttonsFollowTheStatus() {
        QFETCH(RunStatus, status);
        LivePage page;
        page.showRun(sampleRecord("A", "fixed", 1, RunStatus::queued, 10, 100), {});
        page.append(std::vector{eventOf("A", StatusChanged{status, "", ""})});
        QStringList enabled;
        for (const char* name : {"pause", "resume", "stop"})
            if (page.findChild<QPushButton*>(QLatin1String(name))->isEnabled())
                enabled << QLatin1String(name);
        QTEST(enabled.join(u' '), "enabled");
    }
    void buttonsAskForTheShownRun() {
        LivePage page;
        page.showRun(sampleRecord("A", "fixed", 1, RunStatus::running, 10, 100), {});
        QSignalSpy pause(&page, &LivePage::pauseRequested), stop(&page, &LivePage::stopRequested),
            resume(&page, &LivePage::resumeRequested);
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        QTest::keyClick(&page, Qt::Key_F6);
        QCOMPARE(pause.count(), 1);
        QCOMPARE(pause[0][0].toString(), QStringLiteral("A"));
        page.append(std::vector{eventOf("A", StatusChanged{RunStatus::paused, "", ""})});
        QTest::keyClick(&page, Qt::Key_F6);
        QCOMPARE(resume.count(), 1);
        QTest::keyClick(&page, Qt::Key_F5, Qt::ShiftModifier);
        QCOMPARE(stop.count(), 1);
    }
    void phasesAndNoticesAreShown() {
        LivePage page;
        page.showRun(sampleRecord("A", "fixed", 1, RunStatus::running, 0, 100), {});
        page.append(std::vector{eventOf("A", Progressed{"Training the tokenizer", 40, 100}),
                                eventOf("A", Notice{Notice::Level::warning, "A domain is small."})});
        QCOMPARE(textOf(page, "phase"), QStringLiteral("Training the tokenizer"));
        QVERIFY(page.findChild<LogView*>()->toPlainText().endsWith(
            QStringLiteral("Warning: A domain is small.")));
        page.append(std::vector{eventOf("A", measured(1, 5))});
        QCOMPARE(textOf(page, "phase"), QStringLiteral("Training, 1 %"));
    }
    void adaptiveWeightsShowThemselves() {
        LivePage page;
        page.showRun(sampleRecord("A", "fixed", 1, RunStatus::running, 0, 100), {});
        const auto alpha = [](std::int64_t step, double value) {
            return eventOf("A", StepMeasured{step, step, 1, {{{"alpha", "", "", "", "train"}, value}}});
        };
        page.append(std::vector{alpha(1, 0.5), alpha(2, 0.5)});
        QVERIFY(plotNamed(page, QStringLiteral("Loss weights"))->isHidden());
        page.append(std::vector{alpha(3, 0.6)});
        QVERIFY(!plotNamed(page, QStringLiteral("Loss weights"))->isHidden());
    }
    void lossesHavePanelsOfTheirOwn() {
        LivePage page;
        page.showRun(sampleRecord("A", "fixed", 1, RunStatus::running, 0, 100), {});
        const auto step = [](std::int64_t number, const std::vector<std::string>& names) {
            StepMeasured made{number, number, 1, {}};
            for (const std::string& name : names)
                made.metrics.push_back({{name, "", "", "", "train"}, 3});
            return eventOf("A", made);
        };
        page.append(std::vector{step(1, {"loss", "ce"})});
        LinePlot* ce = plotNamed(page, QStringLiteral("Cross-entropy"));
        QVERIFY(!ce->isHidden() && plotNamed(page, QStringLiteral("Distillation"))->isHidden());
        page.append(std::vector{step(2, {"loss", "ce", "teacher_ce", "kd"})});
        QVERIFY(!plotNamed(page, QStringLiteral("Distillation"))->isHidden());
        QCOMPARE(ce->curves().size(), std::size_t{2});
        QCOMPARE(ce->curves()[1]->label(), QStringLiteral("teacher"));
        QVERIFY(ce->curves()[1]->style().dash() != ce->curves()[0]->style().dash());
        ce->group().setCursor(2);
        QCOMPARE(plotNamed(page, QStringLiteral("Distillation"))->readout(),
                 QStringLiteral("KD 3.000 (3.000)"));
    }
    void theBadgeSaysHowFaithfulTheRunIs() {
        LivePage page;
        RunRecord record = sampleRecord("A", "fixed", 1, RunStatus::done, 100, 100);
        RunSpec spec;
        spec.task = Task::teacher;
        record.spec = to_json(spec);
        page.showRun(record, {});
        const auto* badge = page.findChild<QLabel*>(QStringLiteral("fidelity"));
        QVERIFY(badge->isHidden());
        spec = read_run_spec(Json::object()).spec;
        spec.distill->divergence = Divergence::paper_inverse_kl;
        spec.distill->mask = DivergenceMask::inputs;
        record.spec = to_json(spec);
        page.showRun(record, {});
        QVERIFY(!badge->isHidden());
        QCOMPARE(badge->text(), QStringLiteral("paper"));
    }
    void anotherRunStartsClean() {
        LivePage page;
        page.showRun(sampleRecord("A", "fixed", 1, RunStatus::done, 200, 200), sampleHistory(200));
        page.showRun(sampleRecord("B", "adaptive", 2, RunStatus::done, 10, 10), {});
        QVERIFY(plotNamed(page, QStringLiteral("Loss"))->curves().empty());
        QCOMPARE(page.findChild<EvaluationModel*>()->rowCount(), 0);
        QCOMPARE(textOf(page, "runLabel"), QStringLiteral("alpha/adaptive/2"));
        page.clear();
        QCOMPARE(page.runId(), QString());
    }
};

QTEST_MAIN(TestLivePage)
#include "test_live_page.moc"
