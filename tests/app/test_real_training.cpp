// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window with the real engine on a tiny study: run by the mouse, curves that grow, stop, a new
// window, resume, the end.
#include "app/engine_runs.h"
#include "app/main_window.h"
#include "support/tiny_corpus.h"
#include "widgets/pages/router_page.h"
#include "widgets/tables/confusion_table.h"
#include "window_driver.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace retort;

namespace {

constexpr int patience = 120'000; // ms until a condition must hold; a busy machine trains slowly

constexpr auto study_text = R"({"retort": 1, "name": "tiny", "title": "Does it learn?", "base": {
    "data": {"corpus": "tiny", "context": 16, "tokenizer": {"vocab": 400}},
    "teacher": {"model": {"layers": 1, "width": 24, "heads": 2}, "optim": {"batch": 4, "tokens": 640}},
    "model": {"layers": 1, "width": 16, "heads": 2}, "optim": {"batch": 4, "tokens": 64000},
    "run": {"threads": 1, "eval_tokens": 64, "eval_every": 100, "checkpoint_every": 50}}, "variants": {"half": {}}})";

} // namespace

class TestRealTraining : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    [[nodiscard]] QString path(const char* name) const { return folder_.filePath(QLatin1String(name)); }
    [[nodiscard]] std::unique_ptr<MainWindow> open() const {
        auto window =
            std::make_unique<MainWindow>(MainWindow::Parts{engineRuns(),
                                                           std::make_shared<Settings>(path("retort.ini")),
                                                           Session(path("state").toStdString()),
                                                           {path("ready")}});
        window->show();
        window->openWorkspace(path("workspace"));
        return window;
    }
    [[nodiscard]] RunRecord stored() const {
        return RunStore(Workspace(path("workspace").toStdString())).run("tiny/half/1");
    }

private Q_SLOTS:
    void initTestCase() { test::import_tiny_corpus(folder_.path().toStdString()); }
    void trainsStopsAndGoesOnInAnotherWindow() {
        QFile file(path("study.json"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(study_text) > 0);
        file.close();
        auto window = open();
        test::runByMouse(*window, file.fileName());
        const auto studentIsDrawn = [&] {
            return window->workspace() != nullptr &&
                   test::livePage(*window).runId() == runId("tiny/half/1") && test::drawnPoints(*window) > 20;
        };
        QTRY_VERIFY_WITH_TIMEOUT(studentIsDrawn(), patience);
        test::click(test::livePage(*window), "stop");
        QTRY_VERIFY_WITH_TIMEOUT(!test::isTraining(*window), patience);
        const RunRecord stopped = stored();
        QCOMPARE(stopped.status, RunStatus::stopped);
        QVERIFY(stopped.steps > 20 && stopped.steps < 1000);
        QCOMPARE(RunStore(Workspace(path("workspace").toStdString())).run("tiny/teacher/1").status,
                 RunStatus::done);

        window.reset();
        window = open();
        Q_EMIT test::find<RunsPage>(*window)->openRequested(QString::fromStdString(stopped.id));
        QTRY_VERIFY_WITH_TIMEOUT(test::drawnPoints(*window) >= static_cast<std::size_t>(stopped.steps),
                                 patience);
        test::click(test::livePage(*window), "resume");
        QTRY_COMPARE_WITH_TIMEOUT(stored().status, RunStatus::done, patience);
        QTRY_VERIFY_WITH_TIMEOUT(test::drawnPoints(*window) >= 1000, patience);
        QCOMPARE(stored().id, stopped.id);
        QCOMPARE(stored().steps, std::int64_t{1000});
    }

    /// By the mouse and the keyboard: run, matrix, texts of a cell, a text of one's own.
    void aRouterIsTrainedReadAndTried() {
        QFile file(path("routes.json"));
        QVERIFY(file.open(QIODevice::WriteOnly) &&
                file.write(R"({"retort": 1, "name": "routes", "base": {"task": "router",
                    "data": {"corpus": "tiny", "tokenizer": {"vocab": 400}}}, "variants": {"plain": {}}})") >
                    0);
        file.close();
        auto window = open();
        test::runByMouse(*window, file.fileName());
        QTRY_VERIFY_WITH_TIMEOUT(!test::isTraining(*window), patience);
        QTRY_VERIFY_WITH_TIMEOUT(window->workspace()->run(runId("routes/plain/1").toStdString()) != nullptr,
                                 patience);
        Q_EMIT test::find<RunsPage>(*window)->openRequested(runId("routes/plain/1"));
        QCOMPARE(window->page(), MainWindow::router);
        auto* matrix = test::find<ConfusionTable>(*window);
        QTRY_VERIFY_WITH_TIMEOUT(matrix->isVisible() && matrix->model()->rowCount() == 5, patience);
        matrix->setCurrentIndex(matrix->model()->index(0, 0));
        QTest::keyClick(matrix, Qt::Key_Return);
        auto* examples = test::find<QTableView>(*window, "examples");
        QTRY_VERIFY_WITH_TIMEOUT(examples->model()->rowCount() > 0, patience);
        test::find<QTabWidget>(*test::find<RouterPage>(*window))->setCurrentIndex(4);
        const QString text =
            examples->model()->index(0, examples->model()->columnCount() - 1).data().toString();
        QTest::keyClicks(test::find<QPlainTextEdit>(*window, "typed"), text.left(60));
        QTRY_VERIFY_WITH_TIMEOUT(test::find<QLabel>(*window, "decision")->text().startsWith("en"), patience);
    }

private:
    [[nodiscard]] QString runId(const std::string& name) const {
        try {
            return QString::fromStdString(RunStore(Workspace(path("workspace").toStdString())).run(name).id);
        } catch (const std::exception&) {
            return QStringLiteral("none yet");
        }
    }
};

QTEST_MAIN(TestRealTraining)
#include "test_real_training.moc"
