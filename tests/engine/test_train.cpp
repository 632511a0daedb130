// SPDX-License-Identifier: GPL-3.0-or-later
// The training loop on a tiny corpus: exact resume, groups, wishes, divergence.
#include "base/files.h"
#include "base/sha256.h"
#include "tiny_training.h"

#include <QTest>

using namespace retort;
using test::CollectingSink;
using test::tiny_spec;
namespace fs = std::filesystem;

class TestTrain : public QObject {
    Q_OBJECT
    test::TinyTraining tiny_;

    [[nodiscard]] fs::path root() const { return tiny_.root(); }
    TrainingMember member(const RunSpec& spec, const std::string& id, bool resume = false) {
        return tiny_.member(spec, id, resume);
    }
    std::string fresh_id() { return tiny_.fresh_id(); }

private Q_SLOTS:
    void initTestCase() {
        CollectingSink sink;
        QCOMPARE(tiny_.train_teacher(sink).status, RunStatus::done);
        const auto steps = sink.all<StepMeasured>();
        QCOMPARE(steps.size(), std::size_t{12});
        QVERIFY(steps.back().metrics[0].value < steps.front().metrics[0].value); // it learns
        QCOMPARE(sink.all<Evaluated>().size(), std::size_t{4});                  // steps 0, 4, 8, 12
        QCOMPARE(sink.all<CheckpointSaved>().size(), std::size_t{3});            // 3, 6, 9
    }
    void everyEvaluationHasASampleOfEachDomain() {
        CollectingSink written, silent;
        RunSpec spec = tiny_spec(Task::teacher);
        spec.run.samples = 5;
        (void)tiny_.run(member(spec, fresh_id()), written);
        std::vector<std::string> domains;
        const std::vector<TextSample> last = written.all<Evaluated>().back().samples;
        for (const TextSample& sample : last) {
            domains.push_back(sample.domain);
            QVERIFY(!sample.prompt.empty() && !sample.text.empty());
        }
        QCOMPARE(domains, spec.data.domains);
        QCOMPARE(written.all<Evaluated>().front().samples.size(), domains.size());
        spec.run.samples = 0;
        (void)tiny_.run(member(spec, fresh_id()), silent);
        QVERIFY(silent.all<Evaluated>().back().samples.empty());
    }
    void theSameSeedGivesTheSameBytes() {
        CollectingSink a, b, c;
        RunSpec spec = tiny_spec(Task::distill);
        const Outcome first = tiny_.run(member(spec, fresh_id()), a),
                      second = tiny_.run(member(spec, fresh_id()), b);
        spec.seed = 2;
        (void)tiny_.run(member(spec, fresh_id()), c);
        QVERIFY(test::numbers_of(a) == test::numbers_of(b));
        QVERIFY(test::numbers_of(a) != test::numbers_of(c));
        QCOMPARE(sha256_of_file(first.model / "model.safetensors"),
                 sha256_of_file(second.model / "model.safetensors"));
    }
    void resumeIsExactWhereverItStopped_data() {
        QTest::addColumn<DistillSpec>("distill");
        QTest::newRow("fixed") << DistillSpec();
        DistillSpec paper;
        paper.alpha.mode = AlphaMode::adaptive;
        paper.alpha.rule = AlphaRule::paper;
        paper.alpha.history = 5;
        QTest::newRow("the paper's alpha") << paper;
        DistillSpec dwa;
        dwa.alpha.mode = AlphaMode::dwa;
        dwa.alpha.history = 2;
        dwa.divergence = Divergence::jsd;
        QTest::newRow("dwa, jsd") << dwa;
        DistillSpec turns;
        turns.combine = Combine::alternating;
        turns.alternate_per = AlternatePer::micro_batch;
        QTest::newRow("alternating") << turns;
    }
    void resumeIsExactWhereverItStopped() {
        QFETCH(DistillSpec, distill);
        RunSpec spec = tiny_spec(Task::distill);
        spec.distill = distill;
        CollectingSink whole;
        const Outcome uninterrupted = tiny_.run(member(spec, fresh_id()), whole);
        for (const std::int64_t stop_at : {1, 3, 4, 7, 11}) {
            CollectingSink seen;
            const Outcome done = tiny_.run_with_a_stop(spec, stop_at, seen);
            QCOMPARE(done.status, RunStatus::done);
            QCOMPARE(seen.all<RunStarted>().back().resumed_from_step, stop_at);
            QVERIFY(!seen.all<RunStarted>().back().inexact);
            QCOMPARE(sha256_of_file(done.model / "model.safetensors"),
                     sha256_of_file(uninterrupted.model / "model.safetensors"));
            QVERIFY(test::numbers_of(seen) == test::numbers_of(whole));
        }
    }
    void keptHiddenStatesTrainAsThoseJustComputed() {
        RunSpec spec = tiny_spec(Task::distill);
        spec.run.precision =
            Precision::fp32; // where factors are bf16, the rounding of the states changes nothing
        TrainingMember kept = member(spec, fresh_id()), again = member(spec, fresh_id());
        kept.inputs.teacher_cache = again.inputs.teacher_cache = root() / "hidden";
        CollectingSink online, filling, reading;
        (void)tiny_.run(member(spec, fresh_id()), online);
        (void)tiny_.run(kept, filling);
        (void)tiny_.run(again, reading);
        QVERIFY(test::numbers_of(filling) == test::numbers_of(reading));
        QVERIFY(test::numbers_of(filling) != test::numbers_of(online)); // rounded to bf16
        const auto losses = [](const CollectingSink& sink) {
            std::vector<double> values;
            for (const StepMeasured& step : sink.all<StepMeasured>())
                values.push_back(step.metrics[0].value);
            return values;
        };
        const std::vector<double> a = losses(online), b = losses(reading);
        for (std::size_t i = 0; i < a.size(); ++i)
            QVERIFY(std::abs(a[i] - b[i]) < 1e-3 * a[i]);
    }
    void theTeachersOwnLossIsMeasured() {
        CollectingSink taught, alone;
        RunSpec spec = tiny_spec(Task::distill);
        (void)tiny_.run(member(spec, fresh_id()), taught);
        spec.distill->alpha.value = 1;
        (void)tiny_.run(member(spec, fresh_id()), alone);
        const auto has = [](const CollectingSink& sink) {
            return std::ranges::any_of(sink.all<StepMeasured>().front().metrics, [](const Metric& metric) {
                return metric.series.name == "teacher_ce";
            });
        };
        QVERIFY(has(taught) && !has(alone));
    }
    void aStopWithinAStepLosesNothingOfIt() {
        const RunSpec spec = tiny_spec(Task::distill);
        CollectingSink whole, first, rest;
        (void)tiny_.run(member(spec, fresh_id()), whole);
        // Stop during the evaluation after step 4: the wish is heard between its layers.
        const std::string id = fresh_id();
        RunControls controls;
        first.watch = [&](const RunEvent& event) {
            const auto* step = std::get_if<StepMeasured>(&event.what);
            if (step != nullptr && step->step == 4) controls.request(id, RunCommand::stop);
        };
        QCOMPARE(tiny_.run(member(spec, id), first, controls).status, RunStatus::stopped);
        QCOMPARE(first.all<Evaluated>().size(), std::size_t{1});
        QCOMPARE(tiny_.run(member(spec, id, true), rest).status, RunStatus::done);
        for (RunEvent& event : rest.events)
            first.events.push_back(std::move(event));
        QVERIFY(test::numbers_of(first) == test::numbers_of(whole));
    }
    void aGroupEqualsItsMembersAlone() {
        RunSpec a = tiny_spec(Task::distill), b = a, c = a;
        b.distill->alpha.value = 1.0;
        c.distill->alpha.value = 0.2;
        c.model.width = 24;
        CollectingSink together, alone_a, alone_b, alone_c;
        const std::vector<TrainingMember> group = {member(a, "ga"), member(b, "gb"), member(c, "gc")};
        for (const Outcome& outcome : train(group, {}, together, {}))
            QCOMPARE(outcome.status, RunStatus::done);
        (void)tiny_.run(member(a, fresh_id()), alone_a);
        (void)tiny_.run(member(b, fresh_id()), alone_b);
        (void)tiny_.run(member(c, fresh_id()), alone_c);
        QVERIFY(test::numbers_of(together, "ga") == test::numbers_of(alone_a));
        QVERIFY(test::numbers_of(together, "gb") == test::numbers_of(alone_b));
        QVERIFY(test::numbers_of(together, "gc") == test::numbers_of(alone_c));
    }
    void membersOfAGroupStopPauseAndDivergeAlone() {
        RunSpec good = tiny_spec(Task::distill), wild = good;
        wild.optim.lr = 1e30;
        wild.optim.clip = 0;
        CollectingSink sink, alone;
        RunControls controls;
        int seen = 0;
        sink.watch = [&](const RunEvent&
                             event) { // "late" pauses at its step 2 and goes on when "steady" is done with 6
            const auto* step = std::get_if<StepMeasured>(&event.what);
            if (step == nullptr) return;
            if (event.run == "late" && step->step == 2 && seen++ == 0)
                controls.request("late", RunCommand::pause);
            if (event.run == "steady" && step->step == 6) controls.request("late", RunCommand::go);
            if (event.run == "leaver" && step->step == 3) controls.request("leaver", RunCommand::stop);
        };
        const std::vector<TrainingMember> group = {member(good, "steady"), member(good, "late"),
                                                   member(good, "leaver"), member(wild, "wild")};
        const std::vector<Outcome> outcomes = train(group, controls, sink, {});
        QCOMPARE(outcomes[0].status, RunStatus::done);
        QCOMPARE(outcomes[1].status, RunStatus::done);
        QCOMPARE(outcomes[2].status, RunStatus::stopped);
        QCOMPARE(outcomes[2].steps, std::int64_t{3});
        QCOMPARE(outcomes[3].status, RunStatus::diverged);
        QVERIFY2(outcomes[3].reason.find("Diverged at step ") == 0 &&
                     outcomes[3].reason.find("NaN or Inf") != std::string::npos,
                 outcomes[3].reason.c_str());
        (void)tiny_.run(member(good, fresh_id()), alone);
        QVERIFY(test::numbers_of(sink, "steady") == test::numbers_of(alone));
        QVERIFY(test::numbers_of(sink, "late") == test::numbers_of(alone));
        std::vector<RunStatus> statuses;
        for (const StatusChanged& change : sink.all<StatusChanged>("late"))
            statuses.push_back(change.status);
        QVERIFY((statuses == std::vector{RunStatus::running, RunStatus::paused, RunStatus::running}));
    }
    void aDivergedRunKeepsItsLastGoodCheckpoint() {
        RunSpec spec = tiny_spec(Task::teacher);
        spec.optim.lr = 3e3;
        spec.optim.clip = 0;
        spec.run.checkpoint_every = 1;
        CollectingSink sink;
        const Outcome outcome = tiny_.run(member(spec, "bad"), sink);
        if (outcome.status == RunStatus::diverged)
            QVERIFY(outcome.steps == 0 || fs::exists(root() / "run-bad" / "checkpoints"));
        QVERIFY(outcome.status == RunStatus::diverged || outcome.status == RunStatus::done);
    }
    void unequalMembersAreRefused() {
        RunSpec a = tiny_spec(Task::distill), b = a;
        b.seed = 9;
        CollectingSink sink;
        const std::vector<TrainingMember> group = {member(a, "ua"), member(b, "ub")};
        QVERIFY_THROWS_EXCEPTION(Error, (void)train(group, {}, sink, {}));
    }
    void aWrongTeacherIsNamed() {
        const RunSpec spec = tiny_spec(Task::distill);
        TrainingMember m = member(spec, fresh_id());
        m.inputs.teacher = root() / "none";
        CollectingSink sink;
        QVERIFY_THROWS_EXCEPTION(Error, (void)train({&m, 1}, {}, sink, {}));
    }
    void withoutACheckpointItStartsAgain() {
        CollectingSink whole, sink;
        const RunSpec spec = tiny_spec(Task::distill);
        (void)tiny_.run(member(spec, fresh_id()), whole);
        QCOMPARE(tiny_.run(member(spec, fresh_id(), true), sink).status, RunStatus::done);
        QVERIFY(test::numbers_of(sink) == test::numbers_of(whole));
    }
};

QTEST_GUILESS_MAIN(TestTrain)
#include "test_train.moc"
