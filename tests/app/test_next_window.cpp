// SPDX-License-Identifier: GPL-3.0-or-later
// What a window leaves to the next one, however it ended.
#include "window_home.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include <condition_variable>
#include <mutex>

using namespace retort;
using namespace retort::test;

class TestNextWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsTextThatIsNoStudyForTheNextWindow() {
        Home home;
        auto window = home.open();
        window->openStudy(home.study("a", 40));
        const QString broken = QStringLiteral("{\"retort\": 1, \"name\": ");
        find<QPlainTextEdit>(*window, "json")->setPlainText(broken);
        QVERIFY(window->close());
        window.reset();
        window = home.open();
        QCOMPARE(find<QPlainTextEdit>(*window, "json")->toPlainText(), broken);
        QVERIFY(!find<QPushButton>(*window, "runButton")->isEnabled());
        QCOMPARE(find<DesignPage>(*window)->study().variants.front().first, std::string("a"));
        find<QPushButton>(*window, "discardJson")->click();
        QVERIFY(find<QPushButton>(*window, "runButton")->isEnabled());
        QVERIFY(window->close());
        window.reset();
        window = home.open();
        QVERIFY(!find<QPlainTextEdit>(*window, "json")->toPlainText().endsWith(broken));
        window->openStudy(home.study("b", 40)); // nothing is unsaved
        QCOMPARE(find<DesignPage>(*window)->study().variants.front().first, std::string("b"));
    }

    void aRunThatHadNotBegunWaitsAfterACrash() {
        Home home;
        auto window = home.open([](const RunGroup&, const Laboratory&, const std::stop_token& stop) {
            std::mutex mutex; // as while a teacher trains
            std::unique_lock lock(mutex);
            std::condition_variable_any().wait(lock, stop, [] { return false; });
            return std::vector<RunOutcome>();
        });
        window->startStudy(home.study("a", 10));
        window->startStudy(home.study("b", 10));
        QTRY_VERIFY(isTraining(*window));
        QCOMPARE(window->workspace()->queue().waiting().size(), std::size_t{1});
        window.reset(); // without the time to put anything off
        window = home.open();
        std::vector<std::string> waiting;
        for (const QueuedRun& run : window->workspace()->queue().waiting())
            waiting.push_back(run.plan.variant);
        QCOMPARE(waiting, (std::vector<std::string>{"a", "b"}));
    }
};

QTEST_MAIN(TestNextWindow)
#include "test_next_window.moc"
