// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window with a training that is played: what a person does, through the widgets they do it with.
#include "app/banner.h"
#include "app/main_window.h"
#include "app/quit_signals.h"
#include "widgets/pages/compare_page.h"
#include "widgets/pages/design_page.h"
#include "widgets/pages/live_page.h"
#include "widgets/pages/report_page.h"
#include "widgets/pages/runs_page.h"
#include "widgets/plots/file_saver.h"
#include "widgets/plots/line_plot.h"
#include "widgets/tables/run_table.h"
#include "window_driver.h"
#include "window_home.h"

#include <QAbstractItemModel>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>
#include <QTest>

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <mutex>

using namespace retort;
using namespace retort::test;

namespace {

int listedRuns(const MainWindow& window) {
    return find<RunTable>(window)->shownCount();
}

QAction* actionNamed(const RunsPage& page, const char* text) {
    const QList<QAction*> actions = page.actions();
    const auto found = std::ranges::find(actions, QLatin1String(text), &QAction::text);
    return found == actions.end() ? nullptr : *found;
}

/// study/a/1, to its end.
void trainOneRun(Home& home, MainWindow& window) {
    home.training.allowAll();
    window.startStudy(home.study("a", 5));
    QTRY_COMPARE(listedRuns(window), 1);
    QTRY_VERIFY(!isTraining(window));
}

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void trainsStopsAndGoesOnInAnotherWindow() {
        Home home;
        auto window = home.open();
        runByMouse(*window, home.study("a", 40));
        QCOMPARE(window->page(), MainWindow::live);
        home.training.allow(5);
        QTRY_COMPARE(drawnPoints(*window), std::size_t{5});
        home.training.allow(15);
        QTRY_COMPARE(drawnPoints(*window), std::size_t{20});
        QTRY_COMPARE(listedRuns(*window), 1);
        click(*find<LivePage>(*window), "stop");
        QTRY_VERIFY(!isTraining(*window));
        const RunRecord stopped = home.stored("study/a/1");
        QCOMPARE(stopped.status, RunStatus::stopped);

        window.reset();
        window = home.open();
        window->showPage(MainWindow::runs);
        QTRY_COMPARE(listedRuns(*window), 1);
        Q_EMIT find<RunsPage>(*window)->openRequested(QString::fromStdString(stopped.id));
        QTRY_COMPARE(drawnPoints(*window), std::size_t{20});
        home.training.allowAll();
        click(*find<LivePage>(*window), "resume");
        QTRY_COMPARE(home.stored("study/a/1").status, RunStatus::done);
        QTRY_COMPARE(drawnPoints(*window), std::size_t{40});
        QCOMPARE(home.stored("study/a/1").id, stopped.id);
    }

    void pausesAndGoesOnByTheMenu() {
        Home home;
        auto window = home.open();
        runByMouse(*window, home.study("a", 40));
        home.training.allow(5);
        QTRY_COMPARE(drawnPoints(*window), std::size_t{5});
        auto* pause = find<QAction>(*window, "pauseRun");
        auto* resume = find<QAction>(*window, "resumeRun");
        QTRY_VERIFY(pause->isEnabled());
        QVERIFY(!resume->isEnabled());
        pause->trigger();
        QTRY_VERIFY(resume->isEnabled());
        QVERIFY(!pause->isEnabled());
        home.training.allowAll();
        resume->trigger();
        QTRY_COMPARE(drawnPoints(*window), std::size_t{40});
    }

    void asksBeforeItClosesInMidRun() {
        Home home;
        auto window = home.open();
        runByMouse(*window, home.study("a", 40));
        home.training.allow(3);
        QTRY_COMPARE(drawnPoints(*window), std::size_t{3});

        QVERIFY(!window->close());
        click(*find<QMessageBox>(*window, "askToStop"), "keepTraining");
        QTRY_VERIFY(find<QMessageBox>(*window, "askToStop") == nullptr);
        QVERIFY(window->isVisible());
        QVERIFY(isTraining(*window));

        QVERIFY(!window->close());
        click(*find<QMessageBox>(*window, "askToStop"), "stopAndQuit");
        QVERIFY(!banner(*window, "closing").isEmpty());
        QTRY_VERIFY(!window->isVisible());
        QCOMPARE(home.stored("study/a/1").status, RunStatus::interrupted);
        QCOMPARE(home.stored("study/a/1").steps, std::int64_t{3});
    }

    void aSignalStopsWithACheckpointAndCloses() {
        Home home;
        auto window = home.open();
        const QuitSignals quitSignals;
        connect(&quitSignals, &QuitSignals::asked, window.get(), &MainWindow::quit);
        runByMouse(*window, home.study("a", 40));
        home.training.allow(3);
        QTRY_COMPARE(drawnPoints(*window), std::size_t{3});
        QCOMPARE(std::raise(SIGTERM), 0);
        QTRY_VERIFY(!window->isVisible());
        QCOMPARE(home.stored("study/a/1").status, RunStatus::interrupted);
    }

    void aRunThatHadNotBegunWaitsInTheNextWindow() {
        Home home;
        auto window = home.open([](const RunGroup&, const Laboratory&, const std::stop_token& stop) {
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any().wait(lock, stop, [] { return false; });
            return std::vector<RunOutcome>();
        });
        window->startStudy(home.study("a", 10));
        QTRY_VERIFY(isTraining(*window));
        window->quit();
        QTRY_VERIFY(!window->isVisible());
        window.reset();
        window = home.open();
        QCOMPARE(window->workspace()->queue().waiting().size(), std::size_t{1});
        QCOMPARE(window->workspace()->queue().waiting().front().plan.label(), std::string("study/a/1"));
    }

    void followsTheTrainingAfterARunThatIsGone() {
        Home home;
        auto window = home.open();
        Q_EMIT find<RunsPage>(*window)->openRequested(QStringLiteral("01GONE"));
        QTRY_VERIFY(!banner(*window, "store").isEmpty());
        home.training.allowAll();
        window->startStudy(home.study("a", 20));
        QTRY_COMPARE(drawnPoints(*window), std::size_t{20});
    }

    void endsCleanlyWithoutAsking() {
        Home home;
        auto window = home.open();
        runByMouse(*window, home.study("a", 40));
        home.training.allow(3);
        QTRY_COMPARE(drawnPoints(*window), std::size_t{3});
        window.reset();
        QCOMPARE(home.stored("study/a/1").status, RunStatus::interrupted);
    }

    void saysWhyARunFailedAndGoesOn() {
        Home home;
        auto window = home.open();
        home.training.allowAll();
        runByMouse(*window, home.study("throws", 10));
        QTRY_COMPARE(banner(*window, "run"), QStringLiteral("study/throws/1: The token store is damaged."));
        window->startStudy(home.study("a", 10));
        QTRY_COMPARE(home.stored("study/a/1").status, RunStatus::done);
        QTRY_COMPARE(listedRuns(*window), 2);
    }

    void aQueueOfAnEarlierWindowWaits() {
        Home home;
        auto window = home.open();
        window->startStudy(home.study("a", 40));
        window->startStudy(home.study("b", 40));
        QTRY_VERIFY(isTraining(*window));
        QTRY_COMPARE(home.stored("study/a/1").status, RunStatus::running); // it has begun
        QCOMPARE(window->workspace()->queue().waiting().size(), std::size_t{1});
        window.reset();
        window = home.open();
        QVERIFY(window->workspace()->queue().isPaused());
        QCOMPARE(window->workspace()->queue().waiting().size(), std::size_t{1});
        QVERIFY(find<QAction>(*window, "pauseQueue")->isChecked());
        QVERIFY(!isTraining(*window));
        home.training.allowAll();
        find<QAction>(*window, "pauseQueue")->trigger();
        QTRY_COMPARE(home.stored("study/b/1").status, RunStatus::done);
        QCOMPARE(home.stored("study/a/1").status, RunStatus::interrupted);
    }

    void keepsUnsavedEditsForTheNextWindow() {
        Home home;
        auto window = home.open();
        window->openStudy(home.study("a", 40));
        auto* title = find<QLineEdit>(*window, "study/title");
        title->setFocus();
        title->selectAll();
        QTest::keyClicks(title, QStringLiteral("Edited"));
        QTest::keyClick(title, Qt::Key_Return);
        QVERIFY(window->close());
        window.reset(); // it holds the workspace
        window = home.open();
        QCOMPARE(window->page(), MainWindow::design);
        QCOMPARE(find<DesignPage>(*window)->study().title, std::string("Edited"));
        QCOMPARE(readStudyFile(home.path("a.json")).title, std::string("Does it learn?"));

        window->openStudy(home.study("b", 40)); // asks, because the edits are still in no file
        auto* box = find<QMessageBox>(*window, "unsavedEdits");
        QVERIFY(box != nullptr);
        QTest::mouseClick(box->button(QMessageBox::Discard), Qt::LeftButton);
        QTRY_COMPARE(find<DesignPage>(*window)->study().variants.front().first, std::string("b"));
    }

    void whatKeepsTheStoreFromItsWorkIsSaidUntilItIsOver() {
        Home home;
        auto window = home.open();
        Q_EMIT window->workspace()->failed(QStringLiteral("No room."));
        QCOMPARE(banner(*window, "store"), QStringLiteral("No room."));
        Q_EMIT window->workspace()->failed({});
        QCOMPARE(banner(*window, "store"), QString());
    }

    void tellsWhatItCannotOpen() {
        Home home;
        auto window = home.open();
        const OpenWorkspace* before = window->workspace();
        window->openWorkspace(QStringLiteral("/proc/nowhere"));
        QVERIFY(banner(*window, "workspace").contains(QStringLiteral("/proc/nowhere")));
        QCOMPARE(window->workspace(), before);
        const auto second = home.open();
        QVERIFY(banner(*second, "workspace").contains(QStringLiteral("another window")));
        QCOMPARE(second->workspace(), nullptr);
        second->openStudy(QStringLiteral("/nowhere.json"));
        QVERIFY(banner(*second, "study").contains(QStringLiteral("/nowhere.json")));
    }

    void deletesAndBringsBack() {
        Home home;
        auto window = home.open();
        trainOneRun(home, *window);
        if (QTest::currentTestFailed()) return;
        auto* page = find<RunsPage>(*window);
        const auto id = QString::fromStdString(home.stored("study/a/1").id);
        window->showPage(MainWindow::runs);
        page->selectRun(id);
        actionNamed(*page, "&Delete")->trigger();
        QCOMPARE(listedRuns(*window), 0);
        QVERIFY(window->workspace()->runs().empty());
        QCOMPARE(window->workspace()->bin().size(), std::size_t{1});
        QTRY_COMPARE(RunStore(Workspace(home.workspace().toStdString())).bin().size(), std::size_t{1});
        page->undoActions().front()->trigger();
        QCOMPARE(listedRuns(*window), 1);
        QTRY_COMPARE(RunStore(Workspace(home.workspace().toStdString())).runs().size(), std::size_t{1});
    }

    void keepsWhatAPersonSaysOfARun() {
        Home home;
        auto window = home.open();
        trainOneRun(home, *window);
        if (QTest::currentTestFailed()) return;
        auto* page = find<RunsPage>(*window);
        page->selectRun(QString::fromStdString(home.stored("study/a/1").id));
        actionNamed(*page, "St&ar")->trigger();
        QTRY_VERIFY(home.stored("study/a/1").marks.starred);
        page->undoActions().front()->trigger();
        QTRY_VERIFY(!home.stored("study/a/1").marks.starred);
    }

    void editUndoesWhatThePageDid() {
        Home home;
        auto window = home.open();
        const auto menuHas = [&](const QString& name) {
            for (const QMenu* menu : window->findChildren<QMenu*>())
                for (const QAction* action : menu->actions())
                    if (action->objectName() == name) return true;
            return false;
        };
        window->showPage(MainWindow::runs);
        QVERIFY(menuHas(QStringLiteral("undoRuns")) && !menuHas(QStringLiteral("undo")));
        window->showPage(MainWindow::design);
        QVERIFY(!menuHas(QStringLiteral("undoRuns")) && menuHas(QStringLiteral("undo")));
    }

    void opensTheStudyOfARun() {
        Home home;
        auto window = home.open();
        trainOneRun(home, *window);
        if (QTest::currentTestFailed()) return;
        find<DesignPage>(*window)->setStudy(StudySpec());
        Q_EMIT find<RunsPage>(*window)->studyRequested(QString::fromStdString(home.stored("study/a/1").id));
        QTRY_COMPARE(find<DesignPage>(*window)->study().name, std::string("study"));
        QCOMPARE(window->page(), MainWindow::design);
    }

    void showsWhatAnotherProcessTrains() {
        Home home;
        auto window = home.open();
        RunStore elsewhere{Workspace(home.workspace().toStdString())};
        const RunTicket ticket = elsewhere.begin(smallPlan("elsewhere", 10));
        QTRY_COMPARE(listedRuns(*window), 1);
        QCOMPARE(window->workspace()->run(ticket.id)->study, std::string("study"));
    }

    void comparesTheRunsThatWereSelected() {
        Home home;
        auto window = home.open();
        home.training.allowAll();
        window->startStudy(home.study("a", 5));
        window->startStudy(home.study("b", 5));
        QTRY_COMPARE(home.stored("study/b/1").status, RunStatus::done);
        QTRY_COMPARE(listedRuns(*window), 2);
        const QStringList ids = {QString::fromStdString(home.stored("study/a/1").id),
                                 QString::fromStdString(home.stored("study/b/1").id)};
        Q_EMIT find<RunsPage>(*window)->compareRequested(ids);
        QCOMPARE(window->page(), MainWindow::compare);
        const auto* plot = find<ComparePage>(*window)->findChild<LinePlot*>();
        QTRY_COMPARE(plot->curves().size(), std::size_t{2});
        QCOMPARE(plot->curves()[0]->label(), QStringLiteral("a (n = 1)"));
    }

    void everyControlHasANameForAScreenReader() {
        Home home;
        const auto window = home.open();
        QStringList nameless;
        for (QWidget* widget : window->findChildren<QWidget*>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy() != nullptr) continue;
            if (widget->objectName().startsWith(QStringLiteral("qt_")) ||
                widget->parentWidget()->inherits("QComboBoxPrivateContainer"))
                continue; // parts of Qt's own widgets
            const QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
            if (spoken == nullptr || !spoken->text(QAccessible::Name).isEmpty()) continue;
            nameless << QStringLiteral("%1 \"%2\" in %3")
                            .arg(QLatin1String(widget->metaObject()->className()), widget->objectName(),
                                 QLatin1String(widget->parentWidget()->metaObject()->className()));
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
    }

    void clonesARun() {
        Home home;
        auto window = home.open();
        home.training.allowAll();
        window->startStudy(home.study("a", 5));
        QTRY_COMPARE(listedRuns(*window), 1);
        Q_EMIT find<RunsPage>(*window)->cloneRequested(QString::fromStdString(home.stored("study/a/1").id));
        QCOMPARE(window->page(), MainWindow::design);
        const PlanReading plans = plan_runs(find<DesignPage>(*window)->study());
        QVERIFY(plans.problems.empty());
        QVERIFY(plans.plans.front().spec == smallPlan("a", 5).spec);
    }
    void itSaysWhatIsSavedAndWhere() {
        Home home;
        auto window = home.open();
        const auto saved = [&] { return find<BannerArea>(*window)->text(QStringLiteral("saved")); };
        FileSaver::instance().save(QStringLiteral("/x/a.pdf"), [] {
            return std::vector<std::filesystem::path>{"/x/a.pdf", "/x/a.csv"};
        });
        QCOMPARE(window->statusBar()->currentMessage(), QStringLiteral("Saving a.pdf…"));
        QTRY_COMPARE(saved(), QStringLiteral("Saved in /x: a.pdf, a.csv."));
        QCOMPARE(window->statusBar()->currentMessage(), QString());
        FileSaver::instance().save(QStringLiteral("/x/b.pdf"), []() -> std::vector<std::filesystem::path> {
            throw std::runtime_error("The disk is full.");
        });
        QTRY_COMPARE(saved(), QStringLiteral("The disk is full."));
    }
    void reportsAreReachedFromRunsAndFromTheirComparison() {
        Home home;
        auto window = home.open();
        Q_EMIT find<RunsPage>(*window)->reportRequested({QStringLiteral("a"), QStringLiteral("b")});
        QCOMPARE(window->page(), MainWindow::report);
        auto* subject = find<ReportPage>(*window)->findChild<QComboBox*>(QStringLiteral("subject"));
        QCOMPARE(subject->currentText(), QStringLiteral("2 chosen runs"));
        window->showPage(MainWindow::compare);
        Q_EMIT find<ComparePage>(*window)->reportRequested({}, {QStringLiteral("c")});
        QCOMPARE(window->page(), MainWindow::report);
        QCOMPARE(subject->currentText(), QStringLiteral("1 chosen run"));
    }
};

QTEST_MAIN(TestMainWindow)
#include "test_main_window.moc"
