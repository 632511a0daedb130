// SPDX-License-Identifier: GPL-3.0-or-later
// From plans to stored runs: artifacts made once, teachers as runs of their own, failures that stop nothing
// else.
#include "base/files.h"
#include "collecting_sink.h"
#include "engine/prepare.h"
#include "engine/trace.h"
#include "spec/fan_out.h"
#include "support/tiny_corpus.h"
#include "workspace_bench.h"

#include <QTemporaryDir>
#include <QTest>
#include <memory>

using namespace retort;
namespace fs = std::filesystem;

namespace {

constexpr auto study_text = R"({"retort": 1, "name": "tiny", "seeds": [1], "base": {
    "data": {"corpus": "tiny", "context": 16, "tokenizer": {"vocab": 400}},
    "teacher": {"model": {"layers": 1, "width": 24, "heads": 2}, "optim": {"batch": 4, "tokens": 640}},
    "model": {"layers": 1, "width": 16, "heads": 2},
    "optim": {"batch": 4, "tokens": 640}, "run": {"threads": 1, "eval_tokens": 64, "eval_every": 5}},
    "variants": {"alone": {"distill": {"alpha": {"value": 1}}}, "half": {}, "most": {"distill": {"alpha": {"value": 0.1}}}}})";

} // namespace

class TestRunStudy : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    std::unique_ptr<test::WorkspaceBench> bench_;
    std::vector<RunPlan> plans_;

private Q_SLOTS:
    void initTestCase() {
        test::import_tiny_corpus(dir_.path().toStdString());
        bench_ = std::make_unique<test::WorkspaceBench>(fs::path(dir_.path().toStdString()) / "workspace");
        const StudyReading reading = read_study(study_text);
        QCOMPARE(to_text(reading.problems), "");
        plans_ = plan_runs(reading.study).plans;
    }
    void aStudyTrainsItsTeacherOnce() {
        const auto outcomes = run_study(plans_, {}, bench_->laboratory(), {});
        QCOMPARE(outcomes.size(), std::size_t{3});
        for (const RunOutcome& outcome : outcomes)
            QVERIFY2(outcome.outcome.status == RunStatus::done, outcome.outcome.reason.c_str());
        const auto runs = bench_->store.runs();
        QCOMPARE(runs.size(), std::size_t{4});
        const RunRecord teacher = bench_->store.run("tiny/teacher/1");
        QCOMPARE(teacher.status, RunStatus::done);
        QCOMPARE(teacher.task, Task::teacher);
        QVERIFY(bench_->artifacts.find(teacher.model_artifact).has_value());
    }
    void theStoreKnowsWhatWasMeasured() {
        const RunRecord run = bench_->store.run("tiny/half/1");
        QCOMPARE(run.steps, std::int64_t{10});
        QCOMPARE(run.tokens, std::int64_t{640});
        QVERIFY(run.summary.ce && run.summary.kd && run.summary.loss);
        QCOMPARE(run.summary.perplexity.size(), std::size_t{4});
        QVERIFY(run.best.has_value());
        QCOMPARE(bench_->store.evaluations(run.id).size(), std::size_t{3 * 4});
        QVERIFY(!bench_->store.run("tiny/alone/1").summary.kd);
    }
    void finishedRunsAreSkipped() {
        const auto outcomes = run_study(plans_, {}, bench_->laboratory(), {});
        for (const RunOutcome& outcome : outcomes)
            QVERIFY(outcome.skipped);
        QCOMPARE(bench_->store.runs().size(), std::size_t{4});
        const std::vector<RunPlan> one = {plans_[0]};
        QVERIFY(!run_study(one, {.again = true}, bench_->laboratory(), {})[0].skipped);
        QCOMPARE(bench_->store.run("tiny/alone/1").attempt, 2);
    }
    void studentsOfOneStudyTrainBesideEachOtherAsTheyWouldAlone() {
        const auto weights = [&](const RunOutcome& outcome) {
            const std::string artifact = bench_->store.run(outcome.run_id).model_artifact;
            return read_file(bench_->artifacts.find(artifact)->folder / "model.safetensors");
        };
        test::CollectingSink sink;
        std::vector<std::string> order; // whose step came when
        sink.watch = [&](const RunEvent& event) {
            bench_->recorder.accept(event);
            if (std::holds_alternative<StepMeasured>(event.what)) order.push_back(event.run);
        };
        const Laboratory lab{bench_->artifacts, bench_->store, bench_->controls, sink};
        const auto together = run_study(plans_, {.again = true}, lab, {});
        bench_->recorder.flush();
        QCOMPARE(together.size(), plans_.size());
        QVERIFY(order.size() == 30 && order[0] != order[1] && order[0] == order[3]); // in turns, step by step
        std::vector<std::string> kept;
        for (const RunOutcome& outcome : together)
            kept.push_back(weights(outcome));
        order.clear();
        const auto apart = run_study(plans_, {.again = true, .fan_out = false}, lab, {});
        bench_->recorder.flush();
        QVERIFY(order.size() == 30 && order[0] == order[9]);
        for (std::size_t i = 0; i < plans_.size(); ++i) {
            QCOMPARE(apart[i].plan.variant, plans_[i].variant);
            QVERIFY(together[i].run_id != apart[i].run_id);
            QVERIFY(weights(apart[i]) == kept[i]); // to the last bit
        }
    }
    void whoSharesBatches() {
        std::vector<RunPlan> plans = {plans_[0], plans_[1], plans_[1], plans_[1], plans_[2]};
        plans[2].spec.seed = 9;
        plans[3].spec.optim.batch = 8;
        QVERIFY((fan_out_groups(plans) == std::vector<std::vector<std::size_t>>{{0, 1, 4}, {2}, {3}}));
        plans[4].spec.teacher->seed = 3; // another teacher, but plan 0 asks none
        QVERIFY((fan_out_groups(plans) == std::vector<std::vector<std::size_t>>{{0, 1}, {2}, {3}, {4}}));
    }
    void aRunThatFailsDoesNotStopTheNext() {
        std::vector<RunPlan> plans = {plans_[0], plans_[1]};
        plans[0].spec.data.corpus = "missing";
        plans[0].variant = "broken";
        plans[1].variant = "fine";
        plans[1].spec.seed = 5;
        const auto outcomes = run_study(plans, {}, bench_->laboratory(), {});
        QCOMPARE(outcomes[0].outcome.status, RunStatus::failed);
        QCOMPARE(outcomes[0].outcome.error, ErrorKind::data);
        QCOMPARE(outcomes[1].outcome.status, RunStatus::done);
    }
    void aStoppedRunIsResumedByItsId() {
        std::vector<RunPlan> plans = {plans_[1]};
        plans[0].variant = "stopped";
        plans[0].spec.optim.lr = 2e-3;
        test::CollectingSink sink;
        std::stop_source stop;
        sink.watch = [&](const RunEvent& event) {
            bench_->recorder.accept(event);
            if (const auto* step = std::get_if<StepMeasured>(&event.what);
                step != nullptr && (step->step == 4 || step->step == 7))
                stop.request_stop();
        };
        Laboratory lab{bench_->artifacts, bench_->store, bench_->controls, sink};
        const auto outcomes = run_study(plans, {}, lab, stop.get_token());
        QCOMPARE(outcomes[0].outcome.status, RunStatus::interrupted);
        bench_->recorder.flush();
        QCOMPARE(bench_->store.run("tiny/stopped/1").status, RunStatus::interrupted);
        bench_->recorder.flush();
        stop = std::stop_source();
        QCOMPARE(run_study(plans, {}, lab, stop.get_token())[0].run_id,
                 outcomes[0].run_id); // goes on, and is stopped again
        bench_->recorder.flush();
        const RunOutcome resumed = resume_run(outcomes[0].run_id, bench_->laboratory(), {});
        QCOMPARE(resumed.outcome.status, RunStatus::done);
        const RunRecord record = bench_->store.run("tiny/stopped/1");
        QCOMPARE(record.status, RunStatus::done);
        QCOMPARE(record.id, outcomes[0].run_id);
        QCOMPARE(bench_->store.clock(record.id).size(), std::size_t{11}); // and the evaluation at step 0
    }
    void aTraceNeedsNoMoreThanTheWorkspace() {
        const fs::path out = fs::path(dir_.path().toStdString()) / "trace";
        trace(plans_[1].spec, bench_->artifacts, 3, out);
        for (const char* file :
             {"student.safetensors", "teacher.safetensors", "batches.safetensors", "losses.csv", "spec.json"})
            QVERIFY2(fs::exists(out / file), file);
        QVERIFY_THROWS_EXCEPTION(Error, trace(plans_[1].spec, bench_->artifacts, 0, out));
        QVERIFY_THROWS_EXCEPTION(Error, trace(plans_[1].spec, bench_->artifacts, 11, out));
    }
};

QTEST_GUILESS_MAIN(TestRunStudy)
#include "test_run_study.moc"
