// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_queue.h"

#include <QSignalSpy>
#include <QTest>

using namespace retort;

namespace {

/// Of another schedule for each variant, so that each trains alone.
RunPlan plan(const std::string& variant) {
    RunPlan plan{"study", variant, 1, {}};
    plan.spec.schedule.block = variant[0];
    return plan;
}

std::vector<QueuedRun> runs(const std::vector<std::string>& variants) {
    std::vector<QueuedRun> result;
    for (const std::string& variant : variants)
        result.push_back({plan(variant), {}});
    return result;
}

std::string names(const std::vector<RunPlan>& plans) {
    std::string text;
    for (const RunPlan& one : plans)
        text += one.variant;
    return text;
}

std::string names(const RunQueue& queue) {
    std::vector<RunPlan> plans;
    for (const QueuedRun& run : queue.waiting())
        plans.push_back(run.plan);
    return names(plans);
}

} // namespace

class TestRunQueue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesRunsInOrder() {
        RunQueue queue({}, [](const auto&) {});
        queue.append(runs({"a", "b"}));
        queue.prepend(runs({"c", "d"}));
        QCOMPARE(names(queue), std::string("cdab"));
        QCOMPARE(queue.take()->plans[0].variant, std::string("c"));
        QCOMPARE(names(queue), std::string("dab"));
    }

    void moves_data() {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<QString>("after");
        QTest::newRow("down") << 0 << 2 << "bcad";
        QTest::newRow("up") << 3 << 1 << "adbc";
        QTest::newRow("one down") << 1 << 2 << "acbd";
        QTest::newRow("nowhere") << 1 << 1 << "abcd";
        QTest::newRow("from outside") << 4 << 0 << "abcd";
        QTest::newRow("to outside") << 0 << -1 << "abcd";
    }
    void moves() {
        QFETCH(int, from);
        QFETCH(int, to);
        QFETCH(QString, after);
        RunQueue queue({}, [](const auto&) {});
        queue.append(runs({"a", "b", "c", "d"}));
        queue.move(from, to);
        QCOMPARE(QString::fromStdString(names(queue)), after);
    }

    void removesARowThatIsThere() {
        RunQueue queue({}, [](const auto&) {});
        queue.append(runs({"a", "b", "c"}));
        queue.remove(1);
        queue.remove(7);
        QCOMPARE(names(queue), std::string("ac"));
    }

    void givesThoseTogetherThatShareBatches() {
        RunQueue queue({}, [](const std::vector<RunPlan>&) {});
        std::vector<QueuedRun> waiting = runs({"a", "other", "b", "resumed"});
        for (QueuedRun& run : waiting)
            run.plan.spec.schedule.block = run.plan.variant == "other" ? 7 : 5;
        waiting.back().resume_id = "01RUN";
        queue.append(waiting);
        const auto group = queue.take();
        QCOMPARE(group->plans.size(), std::size_t{2});
        QCOMPARE(group->plans[1].variant, std::string("b"));
        QCOMPARE(group->label(), group->plans[0].label() + " and 1 more");
        QCOMPARE(queue.take()->plans[0].variant, std::string("other"));
        QCOMPARE(queue.take()->resume_id, std::string("01RUN"));
    }
    void givesNothingWhilePaused() {
        RunQueue queue({}, [](const auto&) {});
        queue.append(runs({"a"}));
        queue.setPaused(true);
        QVERIFY(!queue.take());
        queue.setPaused(false);
        QVERIFY(queue.take());
        QVERIFY(!queue.take());
    }

    void aQueueOfAnEarlierSessionStartsPaused() {
        const RunQueue queue({plan("a"), plan("b")}, [](const auto&) {});
        QVERIFY(queue.isPaused());
        QCOMPARE(names(queue), std::string("ab"));
        QVERIFY(!RunQueue({}, [](const auto&) {}).isPaused());
    }

    void whatWasTakenIsSavedUntilItHasBegun() {
        std::string saved;
        RunQueue queue({}, [&](const std::vector<RunPlan>& plans) { saved = names(plans); });
        std::vector<QueuedRun> waiting = runs({"a", "b", "c"});
        for (QueuedRun& run : waiting)
            run.plan.spec.schedule.block = run.plan.variant == "c" ? 7 : 5;
        queue.append(waiting);
        QCOMPARE(queue.take()->plans.size(), std::size_t{2});
        QCOMPARE(names(queue), std::string("c"));
        QCOMPARE(saved, std::string("abc"));
        queue.markBegun({"study", "teacher", 1, {}});
        QCOMPARE(saved, std::string("abc"));
        queue.markBegun(waiting[1].plan);
        QCOMPARE(saved, std::string("ac"));
        queue.remove(0);
        QCOMPARE(saved, std::string("a"));
        queue.forgetTaken();
        QCOMPARE(saved, std::string());
    }

    void savesEachChangeAndLeavesResumedRunsOut() {
        std::vector<std::string> saved;
        RunQueue queue({}, [&](const std::vector<RunPlan>& plans) { saved.push_back(names(plans)); });
        QSignalSpy changed(&queue, &RunQueue::changed);
        queue.append(runs({"a", "b"}));
        queue.prepend({{plan("r"), "01RUN"}});
        queue.move(1, 2);
        queue.remove(1);
        QCOMPARE(saved, (std::vector<std::string>{"ab", "ab", "ba", "a"}));
        QCOMPARE(queue.take()->resume_id, std::string("01RUN"));
        QCOMPARE(saved.back(), std::string("a"));
        QCOMPARE(changed.count(), 5);
    }
};

QTEST_GUILESS_MAIN(TestRunQueue)
#include "test_run_queue.moc"
