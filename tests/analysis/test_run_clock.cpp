// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/run_clock.h"

#include <QTest>

using namespace retort;

class TestRunClock : public QObject {
    Q_OBJECT
    RunClock clock_;
private Q_SLOTS:
    void init() {
        clock_.clear();
        clock_.append({10, 1000, 2.0});
        clock_.append({20, 2000, 6.0});
    }
    void interpolatesBetweenTicks() {
        QCOMPARE(clock_.position(15, XAxis::step), 15.0);
        QCOMPARE(clock_.position(15, XAxis::tokens), 1500.0);
        QCOMPARE(clock_.position(15, XAxis::wall_time), 4.0);
        QCOMPARE(clock_.position(5, XAxis::wall_time), 1.0);
        QCOMPARE(clock_.position(0, XAxis::tokens), 0.0);
        QCOMPARE(clock_.position(99, XAxis::tokens), 2000.0);
    }
    void ignoresStepsThatDoNotRise() {
        clock_.append({20, 5, 5.0});
        QCOMPARE(clock_.points().size(), std::size_t{2});
    }
    void aResumeDropsLaterSteps() {
        clock_.truncate_after(10);
        QCOMPARE(clock_.position(20, XAxis::tokens), 1000.0);
    }
    void paceIsOfTheNewestSpan() {
        QCOMPARE(recent_pace(clock_, 4).steps_per_second, 2.5);
        QCOMPARE(recent_pace(clock_, 4).tokens_per_second, 250.0);
        QCOMPARE(recent_pace(clock_, 100).steps_per_second, 20 / 6.0);
        QCOMPARE(recent_pace(RunClock{}).steps_per_second, 0.0);
    }
};

QTEST_APPLESS_MAIN(TestRunClock)
#include "test_run_clock.moc"
