// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/evaluation.h"
#include "store_fixture.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <thread>

using namespace retort;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

/// A workspace with one run that is being recorded.
struct Recording {
    TemporaryFolder folder;
    Workspace workspace{folder.path()};
    RunStore store{workspace};
    std::string run = store.begin(plan_named("study")).id;
    RunControls controls;
    Recorder recorder{workspace, &controls};

    void accept(decltype(RunEvent::what) what) { recorder.accept(event_of(run, std::move(what))); }
    void start(std::int64_t from_step = 0) {
        RunStarted started;
        started.resumed_from_step = from_step;
        started.total_steps = 100;
        accept(started);
    }
    [[nodiscard]] std::vector<double> values(const std::string& name) {
        for (const SeriesPoints& points : store.series(run))
            if (points.key.name == name) return points.values;
        return {};
    }
};

/// What the summary of a run must be, from all that is stored of it.
void verify_summary(RunStore& store, const std::string& id) {
    const RunRecord run = store.run(id);
    for (const SeriesPoints& points : store.series(id)) {
        if (points.key == train_series("ce")) QCOMPARE(run.summary.ce.value(), points.values.back());
        if (points.key == train_series("kd")) QCOMPARE(run.summary.kd.value(), points.values.back());
    }
    const ClockPoint last = store.clock(id).back();
    QCOMPARE(run.steps, last.step);
    QCOMPARE(run.tokens, last.tokens);
    QCOMPARE(run.wall_seconds, last.wall_seconds);

    std::map<std::int64_t, std::map<std::string, double>> losses;
    for (const EvaluationRecord& record : store.evaluations(id))
        losses[record.step][record.row.domain] = record.row.nll / static_cast<double>(record.row.tokens);
    BestEvaluation best{0, inf};
    for (const auto& [step, by_domain] : losses) {
        double sum = 0;
        for (const auto& [domain, loss] : by_domain)
            sum += loss / static_cast<double>(by_domain.size());
        if (sum < best.loss) best = {step, sum};
        if (step == losses.rbegin()->first) QCOMPARE(run.summary.loss.value(), sum);
    }
    QCOMPARE(run.best.value().step, best.step);
    QCOMPARE(run.best.value().loss, best.loss);
    for (const auto& [domain, loss] : losses.rbegin()->second)
        QCOMPARE(run.summary.perplexity.at(domain), std::exp(loss));
    QCOMPARE(run.summary.perplexity.size(), losses.rbegin()->second.size());
}

void accept_training(Recording& recording, std::int64_t first, std::int64_t last) {
    for (std::int64_t step = first; step <= last; ++step) {
        const double x = static_cast<double>(step);
        recording.accept(step_of(
            step,
            {{train_series("ce"), 1 / x}, {train_series("kd"), 2 / x}, {train_series("ce", "en"), 3 / x}}));
        // en falls, fr rises again after step 20: the mean is lowest in between
        if (step % 10 == 0)
            recording.accept(
                Evaluated{step,
                          step * 100,
                          x / 8,
                          {row_of("en", 100 * std::exp(-x / 50)), row_of("fr", 2 + std::abs(x - 20), 10)}});
    }
}

} // namespace

class TestRecorder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startIsKept() {
        Recording r;
        RunStarted started;
        started.total_steps = 977;
        started.tokens_per_step = 2048;
        started.parameters = {123'456'789'012, 1234};
        started.resolved = {"cpu", "bf16", 7, "avx512", "OpenBLAS 0.3.21", "1.13.1"};
        started.inexact = true;
        r.accept(started);
        r.recorder.flush();
        const auto sessions = r.store.sessions(r.run);
        QCOMPARE(sessions.size(), std::size_t{1});
        QCOMPARE(sessions[0].started.total_steps, started.total_steps);
        QCOMPARE(sessions[0].started.tokens_per_step, started.tokens_per_step);
        QVERIFY(sessions[0].started.parameters == started.parameters);
        QVERIFY(sessions[0].started.resolved == started.resolved);
        QVERIFY(sessions[0].started.inexact);
        QVERIFY(r.store.run(r.run).parameters == started.parameters);
        QCOMPARE(r.store.run(r.run).total_steps, started.total_steps);
    }
    void everyPointIsKeptBitForBit() {
        const std::vector<double> values = {0.1,  1e-310,       5e-324, -1.7976931348623157e308, 3, -0.5, inf,
                                            -inf, std::nan(""), 1.0 / 3};
        Recording r;
        for (std::size_t i = 0; i < values.size(); ++i)
            r.accept(step_of(static_cast<std::int64_t>(i + 1), {{train_series("ce"), values[i]}}));
        r.recorder.flush();
        const std::vector<double> read = r.values("ce");
        QCOMPARE(read.size(), values.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            QVERIFY(std::bit_cast<std::uint64_t>(read[i]) == std::bit_cast<std::uint64_t>(values[i]) ||
                    (std::isnan(read[i]) && std::isnan(values[i])));
        QCOMPARE(r.store.clock(r.run).at(2).tokens, 300);
        QCOMPARE(r.store.clock(r.run).at(2).wall_seconds, 3.0 / 8);
    }
    void seriesDifferInEveryPartOfTheirKey() {
        const std::vector<SeriesKey> keys = {{"ce", "", "", "", "train"},   {"kd", "", "", "", "train"},
                                             {"ce", "en", "", "", "train"}, {"ce", "", "en", "", "train"},
                                             {"ce", "", "", "en", "train"}, {"ce", "", "", "", "valid"}};
        Recording r;
        for (std::size_t i = 0; i < keys.size(); ++i)
            r.accept(step_of(1, {{keys[i], static_cast<double>(i)}}));
        r.recorder.flush();
        const auto series = r.store.series(r.run);
        QCOMPARE(series.size(), keys.size());
        for (std::size_t i = 0; i < keys.size(); ++i) {
            QVERIFY(series[i].key == keys[i]);
            QCOMPARE(series[i].values, std::vector<double>{static_cast<double>(i)});
        }
        QVERIFY(r.store.series_keys(r.run) == keys);
        QCOMPARE(r.store.series(r.run, "ce").size(), std::size_t{5});
        const auto kd = r.store.series(r.run, "kd");
        QCOMPARE(kd.size(), std::size_t{1});
        QCOMPARE(kd[0].values, std::vector<double>{1});
        QCOMPARE(r.store.run(r.run).summary.ce.value(), 0.0); // the whole run's, not a part's
    }
    void evaluationsAreKeptAsSums() {
        Recording r;
        EvaluationRow row = row_of("en", std::nan(""), 1'000'000'000'000);
        row.expert = "fr";
        row.setting = "uniform";
        row.split = "test";
        r.accept(Evaluated{7, 700, 1.5, {row, row_of("de", 12.25)}});
        r.recorder.flush();
        const auto stored = r.store.evaluations(r.run);
        QCOMPARE(stored.size(), std::size_t{2});
        QCOMPARE(stored[0].step, 7);
        QCOMPARE(stored[0].row.expert, "fr");
        QCOMPARE(stored[0].row.setting, "uniform");
        QCOMPARE(stored[0].row.split, "test");
        QVERIFY(std::isnan(stored[0].row.nll));
        QCOMPARE(stored[0].row.tokens, row.tokens);
        QCOMPARE(stored[0].row.bytes, row.bytes);
        QCOMPARE(stored[0].row.correct, row.correct);
        QCOMPARE(stored[1].row.nll, 12.25);
        QCOMPARE(r.store.clock(r.run).at(0).wall_seconds, 1.5);
        QCOMPARE(r.store.run(r.run).summary.perplexity.size(), std::size_t{1}); // of the whole model alone
    }
    void checkpointsNoticesAndPhasesAreKept() {
        Recording r;
        r.accept(CheckpointSaved{40, "checkpoints/40", 1ull << 40, true});
        for (const double done : {1.0, 2.0, 3.0})
            r.accept(Progressed{"Training the tokenizer", done, 3});
        r.accept(Notice{Notice::Level::warning, "The teacher is smaller than the student."});
        r.recorder.flush();
        const auto saved = r.store.checkpoints(r.run);
        QCOMPARE(saved.size(), std::size_t{1});
        QCOMPARE(saved[0].step, 40);
        QCOMPARE(saved[0].folder, "checkpoints/40");
        QCOMPARE(saved[0].bytes, std::uint64_t{1} << 40);
        QVERIFY(saved[0].best);
        const auto lines = r.store.log(r.run);
        QCOMPARE(lines.size(), std::size_t{2}); // a phase is one line however often it progresses
        QCOMPARE(lines[0].notice.text, "Training the tokenizer");
        QCOMPARE(lines[1].notice.text, "The teacher is smaller than the student.");
        QVERIFY(lines[1].notice.level == Notice::Level::warning);
        QCOMPARE(lines[1].time.size(), std::string("2024-07-27T16:21:10.125Z").size());
    }
    void statusIsKept() {
        Recording r;
        r.accept(StatusChanged{RunStatus::paused, "", ""});
        r.recorder.flush();
        QCOMPARE(r.store.run(r.run).status, RunStatus::paused);
        r.accept(StatusChanged{RunStatus::done, "all steps done", "model-0123456789abcdef"});
        r.recorder.flush();
        QCOMPARE(r.store.run(r.run).status, RunStatus::done);
        QCOMPARE(r.store.run(r.run).reason, "all steps done");
        QCOMPARE(r.store.run(r.run).model_artifact, "model-0123456789abcdef");
    }
    void summaryEqualsARecomputation() {
        Recording r;
        r.start();
        accept_training(r, 1, 55);
        r.recorder.flush();
        verify_summary(r.store, r.run);
        QCOMPARE(r.store.run(r.run).best.value().step, 20);
    }
    void bestFollowsTheCriterionOfTheRun_data() {
        QTest::addColumn<QString>("criterion");
        QTest::addColumn<int>("step");
        QTest::newRow("macro") << "macro" << 2;
        QTest::newRow("worst") << "worst" << 1;
        QTest::newRow("domain") << "fr" << 3;
    }
    void bestFollowsTheCriterionOfTheRun() {
        QFETCH(QString, criterion);
        QFETCH(int, step);
        Recording r;
        RunPlan plan = plan_named("by-criterion");
        plan.spec.best = criterion.toStdString();
        r.run = r.store.begin(plan).id;
        r.accept(Evaluated{1, 1, 1, {row_of("en", 500), row_of("fr", 500)}});
        r.accept(Evaluated{2, 2, 2, {row_of("en", 100), row_of("fr", 600)}});
        r.accept(Evaluated{3, 3, 3, {row_of("en", 900), row_of("fr", 200)}});
        r.accept(Evaluated{4, 4, 4, {row_of("en", std::nan("")), row_of("fr", std::nan(""))}});
        r.recorder.flush();
        QCOMPARE(r.store.run(r.run).best.value().step, step);
        QVERIFY(std::isnan(r.store.run(r.run).summary.loss.value())); // the newest is shown as it is
    }
    void resumeDeletesLaterStepsOfItsRunAlone() {
        Recording r;
        const std::string other = r.run;
        r.start();
        accept_training(r, 1, 30);
        r.run = r.store.begin(plan_named("study")).id;
        r.start();
        accept_training(r, 1, 55);
        r.accept(step_of(55, {{train_series("late"), 1}}));
        for (const std::int64_t step : {20, 40})
            r.accept(CheckpointSaved{step, "c", 1, false});
        r.start(25);
        r.recorder.flush();
        for (const SeriesPoints& points : r.store.series(r.run))
            QCOMPARE(points.steps.back(), 25);
        QVERIFY(r.values("late").empty());
        QCOMPARE(r.store.clock(r.run).back().step, 25);
        QCOMPARE(r.store.evaluations(r.run).back().step, 20);
        QCOMPARE(r.store.checkpoints(r.run).back().step, 20);
        QCOMPARE(r.store.sessions(r.run).back().started.resumed_from_step, 25);
        verify_summary(r.store, r.run);
        accept_training(r, 26, 50);
        r.recorder.flush();
        QCOMPARE(r.values("ce").size(), std::size_t{50});
        verify_summary(r.store, r.run);
        r.run = other;
        QCOMPARE(r.values("ce").size(), std::size_t{30});
    }
    void recordingGoesOnInAnotherProcessWithTheSameSummary() {
        Recording r;
        r.start();
        accept_training(r, 1, 30);
        r.recorder.flush();
        Recorder second(r.workspace); // remembers nothing and reads what it needs
        for (std::int64_t step = 31; step <= 40; ++step)
            second.accept(event_of(r.run, step_of(step, {{train_series("ce"), 9}})));
        second.flush();
        QCOMPARE(r.values("ce").size(), std::size_t{40});
        verify_summary(r.store, r.run);
    }
    void writersAndReadersWorkAtTheSameTime() {
        Recording r;
        const std::string other = r.store.begin(plan_named("other")).id;
        std::atomic<bool> reading{true};
        std::atomic<int> faults{0};
        std::vector<std::jthread> readers;
        for (int i = 0; i < 2; ++i)
            readers.emplace_back([&] {
                RunStore store(r.workspace);
                for (std::size_t seen = 0; reading;) {
                    const auto series = store.series(r.run);
                    const std::size_t now = series.empty() ? 0 : series[0].values.size();
                    if (now < seen) ++faults; // what has been read does not vanish
                    seen = now;
                }
            });
        Recorder second(r.workspace);
        for (std::int64_t step = 1; step <= 1000; ++step) {
            r.accept(step_of(step, {{train_series("ce"), 1}}));
            second.accept(event_of(other, step_of(step, {{train_series("ce"), 2}})));
            if (step % 100 == 0) r.recorder.flush();
        }
        r.recorder.flush();
        second.flush();
        reading = false;
        readers.clear();
        QCOMPARE(faults.load(), 0);
        QCOMPARE(r.values("ce"), std::vector<double>(1000, 1));
        r.run = other;
        QCOMPARE(r.values("ce"), std::vector<double>(1000, 2));
        QCOMPARE(second.trouble(), "");
    }
    void destructionWritesWhatIsLeft() {
        Recording r;
        {
            Recorder second(r.workspace);
            second.accept(event_of(r.run, step_of(1, {{train_series("ce"), 5}})));
        }
        QCOMPARE(r.values("ce"), std::vector<double>{5});
    }
    void wishesReachTheControlsOnce() {
        Recording r;
        r.start();
        r.recorder.flush();
        r.store.request(r.run, RunCommand::pause);
        QTRY_COMPARE_WITH_TIMEOUT(r.controls.command(r.run), RunCommand::pause, patience_ms);
        QTRY_COMPARE_WITH_TIMEOUT(look(r.workspace.database(), "SELECT count(wish) FROM run"), "0",
                                  patience_ms);
        r.controls.request(r.run, RunCommand::go); // by the window; the old wish does not come back
        r.store.request(r.run, RunCommand::stop);
        QTRY_COMPARE_WITH_TIMEOUT(r.controls.command(r.run), RunCommand::stop, patience_ms);
    }
    void wishesForRunsOfOthersAreLeftToThem() {
        Recording r;
        r.start();
        r.recorder.flush();
        const std::string other = r.store.begin(plan_named("other")).id;
        r.store.request(other, RunCommand::stop);
        r.store.request(r.run, RunCommand::stop);
        QTRY_COMPARE_WITH_TIMEOUT(r.controls.command(r.run), RunCommand::stop, patience_ms);
        QCOMPARE(r.controls.command(other), RunCommand::go);
        QCOMPARE(look(r.workspace.database(), "SELECT wish FROM run WHERE id = '" + other + "'"), "stop");
    }
    void runsThatEndedAreAskedNothing() {
        Recording r;
        r.accept(StatusChanged{RunStatus::done, "", ""});
        r.recorder.flush();
        QCOMPARE(error_of([&] { r.store.request(r.run, RunCommand::stop); }).kind, ErrorKind::usage);
    }
    void eventsOfNoRunAreATroubleAndHarmNobody() {
        Recording r;
        r.recorder.accept(event_of("nobody", Notice{}));
        r.accept(step_of(1, {{train_series("ce"), 5}}));
        r.recorder.flush();
        QCOMPARE(r.values("ce"), std::vector<double>{5});
        QVERIFY(r.recorder.trouble().find("has no such run") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestRecorder)
#include "test_recorder.moc"
