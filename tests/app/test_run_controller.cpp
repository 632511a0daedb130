// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_controller.h"

#include "fake_training.h"
#include "store/run_store.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <numeric>

using namespace retort;

namespace {

/// A workspace with a queue and a controller whose training waits for the test.
struct Bench {
    QTemporaryDir folder;
    Workspace workspace{folder.path().toStdString()};
    FakeTraining training;
    RunQueue queue{{}, [](const auto&) {}};
    std::unique_ptr<RunController> controller =
        std::make_unique<RunController>(workspace, queue, training.function());
    std::vector<RunEvent> events;
    std::vector<RunOutcome> outcomes;
    QStringList failures;

    Bench() {
        QObject::connect(controller.get(), &RunController::eventsArrived, &queue, [this](const auto& batch) {
            events.insert(events.end(), batch.begin(), batch.end());
        });
        QObject::connect(controller.get(), &RunController::finished, &queue,
                         [this](const RunOutcome& outcome) { outcomes.push_back(outcome); });
        QObject::connect(controller.get(), &RunController::failed, &queue,
                         [this](const QString& message) { failures << message; });
    }

    void enqueue(const std::string& variant, std::int64_t steps) {
        queue.append({{smallPlan(variant, steps), {}}});
    }

    [[nodiscard]] std::vector<std::int64_t> steps() const {
        std::vector<std::int64_t> result;
        for (const RunEvent& event : events)
            if (const auto* step = std::get_if<StepMeasured>(&event.what)) result.push_back(step->step);
        return result;
    }
    [[nodiscard]] bool said(RunStatus status) const {
        return std::ranges::any_of(events, [&](const RunEvent& event) {
            const auto* changed = std::get_if<StatusChanged>(&event.what);
            return changed != nullptr && changed->status == status;
        });
    }
    [[nodiscard]] std::string run() const { return events.empty() ? std::string() : events.front().run; }
    [[nodiscard]] RunRecord stored(const std::string& variant) const {
        return RunStore(workspace).run("study/" + variant + "/1");
    }
};

std::vector<std::int64_t> upTo(std::int64_t last) {
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(last));
    std::iota(numbers.begin(), numbers.end(), 1);
    return numbers;
}

} // namespace

class TestRunController : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void passesOnAndRecordsEverythingInOrder() {
        Bench bench;
        bench.enqueue("a", 300);
        bench.training.allowAll();
        QTRY_COMPARE(bench.outcomes.size(), std::size_t{1});
        QCOMPARE(bench.outcomes.front().outcome.status, RunStatus::done);
        QCOMPARE(bench.steps(), upTo(300));
        QVERIFY(std::holds_alternative<RunStarted>(bench.events.front().what));
        QVERIFY(std::holds_alternative<StatusChanged>(bench.events.back().what));
        QVERIFY(!bench.controller->isBusy());
        QCOMPARE(bench.stored("a").status, RunStatus::done);
        const auto series = RunStore(bench.workspace).series(bench.run());
        QCOMPARE(series.size(), std::size_t{3});
        for (const SeriesPoints& points : series)
            QCOMPARE(points.steps, upTo(300));
    }

    void gathersManyEventsIntoFewBatches() {
        Bench bench;
        QSignalSpy batches(bench.controller.get(), &RunController::eventsArrived);
        bench.enqueue("a", 2000);
        bench.training.allowAll();
        QTRY_COMPARE(bench.outcomes.size(), std::size_t{1});
        QVERIFY2(batches.count() < 200, qPrintable(QString::number(batches.count())));
    }

    void pausesAndGoesOn() {
        Bench bench;
        bench.enqueue("a", 10);
        bench.training.allow(3);
        QTRY_COMPARE(bench.steps(), upTo(3));
        QVERIFY(bench.controller->holds(bench.run()));
        bench.controller->request(bench.run(), RunCommand::pause);
        QTRY_VERIFY(bench.said(RunStatus::paused));
        bench.training.allow(7);
        QCOMPARE(bench.steps(), upTo(3));
        bench.controller->request(bench.run(), RunCommand::go);
        QTRY_COMPARE(bench.outcomes.size(), std::size_t{1});
        QCOMPARE(bench.steps(), upTo(10));
    }

    void aStoppedRunGoesOnAtOnce() {
        Bench bench;
        bench.enqueue("a", 10);
        bench.training.allow(4);
        QTRY_COMPARE(bench.steps(), upTo(4));
        const std::string run = bench.run();
        bench.controller->request(run, RunCommand::stop);
        QTRY_COMPARE(bench.outcomes.size(), std::size_t{1});
        QCOMPARE(bench.outcomes.front().outcome.status, RunStatus::stopped);
        QCOMPARE(bench.stored("a").status, RunStatus::stopped);
        QVERIFY(!bench.controller->holds(run));

        bench.queue.append({{smallPlan("a", 10), run}});
        bench.training.allowAll();
        QTRY_COMPARE(bench.outcomes.size(), std::size_t{2});
        QCOMPARE(bench.outcomes.back().outcome.status, RunStatus::done);
        QCOMPARE(bench.outcomes.back().run_id, run);
        QCOMPARE(bench.steps(), upTo(10));
        QCOMPARE(bench.stored("a").steps, std::int64_t{10});
    }

    void endsInMidRunWithACheckpoint() {
        Bench bench;
        bench.enqueue("a", 1000);
        bench.enqueue("b", 1000);
        bench.training.allow(5);
        QTRY_COMPARE(bench.steps(), upTo(5));
        bench.controller.reset();
        QVERIFY(bench.outcomes.empty());
        QCOMPARE(bench.stored("a").status, RunStatus::interrupted);
        QCOMPARE(bench.stored("a").steps, std::int64_t{5});
        QCOMPARE(bench.queue.waiting().size(), std::size_t{1});
    }

    void interruptsWithoutWaiting() {
        Bench bench;
        bench.enqueue("a", 1000);
        bench.training.allow(1);
        QTRY_COMPARE(bench.steps(), upTo(1));
        bench.controller->interrupt();
        QVERIFY(bench.controller->isBusy());
        QTRY_COMPARE(bench.outcomes.size(), std::size_t{1});
        QCOMPARE(bench.outcomes.front().outcome.status, RunStatus::interrupted);
    }

    void whatHadNotBegunWaitsAgainWhenPutOff() {
        const QTemporaryDir folder;
        const Workspace workspace(folder.path().toStdString());
        RunQueue queue({}, [](const auto&) {});
        // As a study does whose teacher trains when the stop comes: one outcome without a run, one not at
        // all.
        const auto stopped = [](const RunGroup& group, const Laboratory&, const std::stop_token& stop) {
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any().wait(lock, stop, [] { return false; });
            return std::vector{RunOutcome{group.plans[0], {}, false, {RunStatus::interrupted, {}, 0, {}}}};
        };
        RunController controller(workspace, queue, stopped);
        const QSignalSpy ended(&controller, &RunController::ended);
        const RunPlan first = smallPlan("a", 10);
        RunPlan second = first;
        second.variant = std::string("b"); // GCC 12 warns of an assignment of the literal
        queue.append({{first, {}}, {second, {}}, {smallPlan("c", 10), {}}});
        QTRY_VERIFY(controller.isBusy());
        QCOMPARE(queue.waiting().size(), std::size_t{1});
        controller.putOff();
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(!controller.isBusy());
        QVERIFY(queue.isPaused());
        std::vector<std::string> waiting;
        for (const QueuedRun& run : queue.waiting())
            waiting.push_back(run.plan.variant);
        QCOMPARE(waiting, (std::vector<std::string>{"a", "b", "c"}));
    }

    void whatHadBegunIsNotQueuedAgainWhenPutOff() {
        Bench bench;
        bench.enqueue("a", 1000);
        bench.enqueue("b", 1000);
        bench.training.allow(1);
        QTRY_COMPARE(bench.steps(), upTo(1));
        bench.controller->putOff();
        QTRY_COMPARE(bench.outcomes.size(), std::size_t{1});
        QVERIFY(!bench.controller->isBusy());
        QCOMPARE(bench.queue.waiting().size(), std::size_t{1});
        QCOMPARE(bench.queue.waiting().front().plan.variant, std::string("b"));
    }

    void anExceptionBecomesAFailedRun() {
        Bench bench;
        bench.enqueue("throws", 10);
        bench.training.allowAll();
        QTRY_COMPARE(bench.failures.size(), 1);
        QCOMPARE(bench.failures.front(), QStringLiteral("study/throws/1: The token store is damaged."));
        QVERIFY(bench.outcomes.empty());
        QCOMPARE(bench.stored("throws").status, RunStatus::failed);
        QCOMPARE(bench.stored("throws").reason, std::string("The token store is damaged."));
        QVERIFY(bench.said(RunStatus::failed));
    }

    void goesOnAfterAFailure() {
        Bench bench;
        for (const char* variant : {"throws", "fails", "a"})
            bench.enqueue(variant, 10);
        bench.training.allowAll();
        QTRY_COMPARE(bench.outcomes.size(), std::size_t{2});
        QCOMPARE(bench.failures.size(), 1);
        QCOMPARE(bench.outcomes.front().outcome.status, RunStatus::failed);
        QCOMPARE(bench.outcomes.back().outcome.status, RunStatus::done);
        QCOMPARE(bench.outcomes.back().plan.variant, std::string("a"));
    }

    void orWaitsForAPersonAfterAFailure() {
        Bench bench;
        bench.queue.setGoesOnAfterError(false);
        for (const char* variant : {"a", "fails", "b"})
            bench.enqueue(variant, 10);
        bench.training.allowAll();
        QTRY_VERIFY(bench.queue.isPaused());
        QTRY_COMPARE(bench.outcomes.size(), std::size_t{2});
        QCOMPARE(bench.queue.waiting().size(), std::size_t{1});
        bench.queue.setPaused(false);
        QTRY_COMPARE(bench.outcomes.size(), std::size_t{3});
        QCOMPARE(bench.outcomes.back().plan.variant, std::string("b"));
        QVERIFY(!bench.queue.isPaused());
    }

    void aHeldQueueStartsNothing() {
        Bench bench;
        QSignalSpy started(bench.controller.get(), &RunController::started);
        bench.queue.setPaused(true);
        bench.enqueue("a", 2);
        bench.training.allowAll();
        QCoreApplication::processEvents();
        QVERIFY(!bench.controller->isBusy());
        bench.queue.setPaused(false);
        QTRY_COMPARE(bench.outcomes.size(), std::size_t{1});
        QCOMPARE(started.count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestRunController)
#include "test_run_controller.moc"
