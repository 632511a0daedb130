// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/studies_page.h"

#include <QAction>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace retort;

namespace {

QList<QueueEntry> threeRuns() {
    return {{QStringLiteral("s/a/1"), QStringLiteral("running"), 0.25},
            {QStringLiteral("s/a/2"), QStringLiteral("waiting"), 0},
            {QStringLiteral("s/a/3"), QStringLiteral("waiting"), -1}};
}

} // namespace

class TestStudiesPage : public QObject {
    Q_OBJECT
private:
    static QPushButton* button(const QWidget& page, const char* name) {
        return page.findChild<QPushButton*>(QLatin1String(name));
    }
    static QAction* action(const QWidget& page, const char* name) {
        return page.findChild<QAction*>(QLatin1String(name));
    }
private Q_SLOTS:
    void anEmptyPageSaysWhatToDo() {
        StudiesPage page;
        page.show();
        QVERIFY(page.findChild<QWidget*>(QStringLiteral("noStudies"))->isVisible());
        QVERIFY(page.findChild<QLabel*>(QStringLiteral("queueHint"))->isVisible());
        QVERIFY(!page.findChild<QListWidget*>(QStringLiteral("queue"))->isVisible());
        QSignalSpy made(&page, &StudiesPage::newStudyRequested);
        QTest::mouseClick(button(page, "newStudy"), Qt::LeftButton);
        QCOMPARE(made.count(), 1);
    }
    void readyStudiesAreOpenedAndRun() {
        StudiesPage page;
        page.setReadyStudies({{QStringLiteral("One"), QStringLiteral("first"), QStringLiteral("one.json")},
                              {QStringLiteral("Two"), QStringLiteral("second"), QStringLiteral("two.json")}});
        page.show();
        QVERIFY(!page.findChild<QWidget*>(QStringLiteral("noStudies"))->isVisible());
        QSignalSpy opened(&page, &StudiesPage::openStudyRequested);
        QSignalSpy started(&page, &StudiesPage::startStudyRequested);
        QTest::mouseClick(button(page, "open:two.json"), Qt::LeftButton);
        QTest::keyClick(button(page, "run:one.json"), Qt::Key_Space);
        QCOMPARE(opened.at(0).at(0).toString(), QStringLiteral("two.json"));
        QCOMPARE(started.at(0).at(0).toString(), QStringLiteral("one.json"));
        QCOMPARE(button(page, "run:one.json")->accessibleName(), QStringLiteral("Run One"));
        page.setReadyStudies({});
        QVERIFY(button(page, "open:two.json") == nullptr);
    }
    void studiesSayHowManyOfTheirRunsAreDone() {
        StudiesPage page;
        page.setReadyStudies({{QStringLiteral("One"),
                               QStringLiteral("first"),
                               QStringLiteral("one.json"),
                               "one",
                               {{"a", 1}, {"a", 2}, {"b", 1}, {"b", 2}}}});
        const auto done = [&] { return page.findChild<QLabel*>(QStringLiteral("done:one.json"))->text(); };
        QCOMPARE(done(), QString());
        RunRecord run;
        run.study = "one";
        run.variant = "a";
        run.seed = 1;
        run.status = RunStatus::done;
        RunRecord teacher = run, running = run, other = run;
        teacher.variant = "teacher";
        running.seed = 2;
        running.status = RunStatus::running;
        other.study = "two";
        page.setRuns({run, run, teacher, running, other}); // an attempt more counts once
        QCOMPARE(done(), QStringLiteral("1 of 4 runs done"));
        running.status = RunStatus::done;
        page.updateRun(running);
        QCOMPARE(done(), QStringLiteral("2 of 4 runs done"));
        page.setRuns({});
        QCOMPARE(done(), QString());
    }
    void workspacesAreShownAndOpened() {
        StudiesPage page;
        page.setWorkspace(QStringLiteral("/data/w"));
        page.setRecentWorkspaces({QStringLiteral("/data/w"), QStringLiteral("/data/v")});
        page.show();
        QVERIFY(
            page.findChild<QLabel*>(QStringLiteral("workspace"))->text().contains(QStringLiteral("/data/w")));
        QSignalSpy opened(&page, &StudiesPage::openWorkspaceRequested);
        QTest::mouseClick(button(page, "workspace:/data/v"), Qt::LeftButton);
        QTest::mouseClick(button(page, "openWorkspace"), Qt::LeftButton);
        QCOMPARE(opened.at(0).at(0).toString(), QStringLiteral("/data/v"));
        QVERIFY(opened.at(1).at(0).toString().isEmpty());
        page.setRecentWorkspaces({});
        QVERIFY(button(page, "workspace:/data/v") == nullptr);
    }
    void theQueueAsksToMoveAndRemove() {
        StudiesPage page;
        page.setQueue(threeRuns());
        page.show();
        auto* list = page.findChild<QListWidget*>(QStringLiteral("queue"));
        QCOMPARE(list->count(), 3);
        QSignalSpy moved(&page, &StudiesPage::queueMoveRequested);
        QSignalSpy removed(&page, &StudiesPage::queueRemoveRequested);
        QVERIFY(!action(page, "removeInQueue")->isEnabled());
        list->setCurrentRow(1);
        action(page, "upInQueue")->trigger();
        action(page, "downInQueue")->trigger();
        action(page, "removeInQueue")->trigger();
        QCOMPARE(moved.at(0), (QVariantList{1, 0}));
        QCOMPARE(moved.at(1), (QVariantList{1, 2}));
        QCOMPARE(removed.at(0), (QVariantList{1}));
        QCOMPARE(list->item(1)->text(), QStringLiteral("s/a/2")); // only the owner changes it
        list->setCurrentRow(0);
        QVERIFY(!action(page, "upInQueue")->isEnabled());
    }
    void draggingAsksWithTheFinalRow_data() {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("to");
        QTest::newRow("to the end") << 0 << 3 << 2;
        QTest::newRow("to the front") << 2 << 0 << 0;
    }
    void draggingAsksWithTheFinalRow() {
        QFETCH(int, from);
        QFETCH(int, before);
        QFETCH(int, to);
        StudiesPage page;
        page.setQueue(threeRuns());
        auto* list = page.findChild<QListWidget*>(QStringLiteral("queue"));
        QSignalSpy moved(&page, &StudiesPage::queueMoveRequested);
        QVERIFY(list->model()->moveRow({}, from, {}, before)); // what a drop does
        QCOMPARE(moved.at(0), (QVariantList{from, to}));
        QTRY_COMPARE(list->item(0)->text(), QStringLiteral("s/a/1")); // the owner did not agree
    }
    void theSelectionFollowsItsRun() {
        StudiesPage page;
        page.setQueue(threeRuns());
        auto* list = page.findChild<QListWidget*>(QStringLiteral("queue"));
        list->setCurrentRow(2);
        page.setQueue(threeRuns().mid(1));
        QCOMPARE(list->currentRow(), 1);
        QCOMPARE(list->currentItem()->text(), QStringLiteral("s/a/3"));
    }
    void theQueueIsPausedWhenItsOwnerSaysSo() {
        StudiesPage page;
        page.setQueue(threeRuns());
        page.show();
        QSignalSpy paused(&page, &StudiesPage::queuePauseRequested);
        auto* pause = button(page, "pauseQueue");
        QTest::mouseClick(pause, Qt::LeftButton);
        QTest::mouseClick(pause, Qt::LeftButton);
        QCOMPARE(paused.at(0), (QVariantList{true}));
        QCOMPARE(paused.at(1), (QVariantList{true}));
        page.setQueuePaused(true);
        QVERIFY(page.findChild<QLabel*>(QStringLiteral("queueHint"))->isVisible());
        QTest::mouseClick(pause, Qt::LeftButton);
        QCOMPARE(paused.at(2), (QVariantList{false}));
    }
    void goingOnAfterAnErrorIsAChoice() {
        StudiesPage page;
        page.setQueue(threeRuns());
        page.show();
        auto* choice = page.findChild<QAbstractButton*>(QStringLiteral("goesOnAfterError"));
        QVERIFY(choice->isVisible() && choice->isChecked());
        QSignalSpy chosen(&page, &StudiesPage::queueErrorRequested);
        choice->click();
        QCOMPARE(chosen.at(0), (QVariantList{false}));
        page.setQueueGoesOnAfterError(true);
        QVERIFY(choice->isChecked());
        QCOMPARE(chosen.count(), 1);
        page.setQueue({});
        QVERIFY(!choice->isVisible());
    }
    void progressIsSaidInWordsToo() {
        StudiesPage page;
        page.setQueue(threeRuns());
        const auto* list = page.findChild<QListWidget*>(QStringLiteral("queue"));
        const auto described = [&](int row) {
            return list->item(row)->data(Qt::AccessibleDescriptionRole).toString();
        };
        QCOMPARE(described(0), QStringLiteral("running, 25 %"));
        QCOMPARE(described(2), QStringLiteral("waiting"));
    }
};

QTEST_MAIN(TestStudiesPage)
#include "test_studies_page.moc"
