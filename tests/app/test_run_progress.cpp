// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_progress.h"
#include "app/text.h"

#include <QTest>

using namespace retort;

namespace {

template <class What>
RunEvent said(What what, const std::string& run = "run") {
    return {run, 1, 1, std::move(what)};
}

RunEvent started(std::int64_t from, std::int64_t total) {
    return said(RunStarted{from, total, 1, {}, {}});
}

RunEvent step(std::int64_t number, double seconds) {
    return said(StepMeasured{number, 0, seconds, {}});
}

} // namespace

class TestRunProgress : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void countsSteps() {
        RunProgress progress;
        progress.take(started(0, 400));
        QCOMPARE(progress.fraction(), std::optional(0.0));
        progress.take(step(100, 50));
        QCOMPARE(progress.fraction(), std::optional(0.25));
        QCOMPARE(progress.phase(), QStringLiteral("Step 100 of 400"));
    }

    void foretellsFromTheMeanRate() {
        RunProgress progress;
        progress.take(started(0, 100));
        QVERIFY(!progress.secondsLeft());
        progress.take(step(1, 10)); // the first step is slow, and not counted
        QVERIFY(!progress.secondsLeft());
        progress.take(step(11, 30));
        QCOMPARE(progress.secondsLeft(), std::optional(2.0 * 89));
    }

    void goesOnAfterAResume() {
        RunProgress progress;
        progress.take(started(200, 400));
        QCOMPARE(progress.fraction(), std::optional(0.5));
        progress.take(step(201, 1000));
        progress.take(step(211, 1010));
        QCOMPARE(progress.secondsLeft(), std::optional(189.0));
    }

    void tellsThePreparation() {
        RunProgress progress;
        progress.take(said(Progressed{"Training the tokenizer", 40, 100}));
        QCOMPARE(progress.phase(), QStringLiteral("Training the tokenizer"));
        QCOMPARE(progress.fraction(), std::optional(0.4));
        progress.take(said(Progressed{"Looking for the corpus", 1, 0}));
        QVERIFY(!progress.fraction());
        progress.take(started(0, 10));
        QCOMPARE(progress.phase(), QStringLiteral("Step 0 of 10"));
    }

    void beginsAnewWithAnotherRun() {
        RunProgress progress;
        progress.take(started(0, 10));
        progress.take(step(10, 1));
        progress.take(said(Progressed{"Preparing", 0, 0}, "other"));
        QCOMPARE(progress.run(), std::string("other"));
        QVERIFY(!progress.fraction());
    }

    void runsThatTakeTurnsKeepTheirWays() {
        RunProgress progress;
        for (const char* run : {"a", "b"})
            progress.take(said(RunStarted{0, 400, 1, {}, {}}, run));
        for (const std::int64_t number : {10, 20})
            for (const char* run : {"a", "b"})
                progress.take(said(StepMeasured{number, 0, 2.0 * double(number), {}}, run));
        QCOMPARE(progress.run(), std::string("b"));
        QCOMPARE(progress.phase(), QStringLiteral("Step 20 of 400"));
        QCOMPARE(progress.fraction(), std::optional(0.05));
        QCOMPARE(progress.secondsLeft(), std::optional(2.0 * 380));
    }

    void knowsAPause() {
        RunProgress progress;
        progress.take(said(StatusChanged{RunStatus::paused, {}, {}}));
        QVERIFY(progress.isPaused());
        progress.take(said(StatusChanged{RunStatus::running, {}, {}}));
        QVERIFY(!progress.isPaused());
    }

    void writesDurations_data() {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << 0.0 << "0 s";
        QTest::newRow("seconds") << 59.4 << "59 s";
        QTest::newRow("rounds up to a minute") << 59.6 << "1 min 0 s";
        QTest::newRow("minutes and seconds") << 200.0 << "3 min 20 s";
        QTest::newRow("minutes") << 725.0 << "12 min";
        QTest::newRow("rounds up to an hour") << 3595.0 << "1 h 0 min";
        QTest::newRow("hours") << 12'000.0 << "3 h 20 min";
        QTest::newRow("days") << 200'000.0 << "2 d 7 h";
    }
    void writesDurations() {
        QFETCH(double, seconds);
        QFETCH(QString, text);
        QCOMPARE(roughDuration(seconds), text);
    }
};

QTEST_GUILESS_MAIN(TestRunProgress)
#include "test_run_progress.moc"
