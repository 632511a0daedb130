// SPDX-License-Identifier: GPL-3.0-or-later
// The Router page on a workspace whose routers are still being trained.
#include "app/router_desk.h"

#include "store/recorder.h"
#include "tests/widgets/sample_architectures.h"
#include "tests/widgets/sample_routers.h"
#include "widgets/pages/router_page.h"
#include "widgets/tables/confusion_table.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace retort;

namespace {

RunPlan routerPlan() {
    RunSpec spec;
    spec.task = Task::router;
    spec.router.emplace();
    return {"which-router", "logistic", 1, spec};
}

/// A workspace with one router's run, which another process trains.
struct Bench {
    QTemporaryDir folder;
    Workspace workspace{folder.path().toStdString()};
    RunStore store{workspace};
    Recorder recorder{workspace};
    RunTicket ticket = store.begin(routerPlan());
    std::int64_t sequence = 0;

    template <class What>
    void say(What what) {
        recorder.accept({ticket.id, ticket.attempt, ++sequence, std::move(what)});
        recorder.flush();
    }
};

} // namespace

class TestRouterDesk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsChosenStaysWhileTheRunGoesOn() {
        Bench bench;
        for (const std::int64_t length : {8, 32, 0})
            bench.say(sampleMatrix("logistic", length, 0.1));
        OpenWorkspace workspace(bench.folder.path(), {});
        RouterPage page;
        const RouterDesk desk(workspace, page);
        page.show();
        const auto* slider = page.findChild<QSlider*>(QStringLiteral("length"));
        QTRY_COMPARE(slider->maximum(), 2);
        page.findChild<QSlider*>(QStringLiteral("length"))->setValue(1); // 32 tokens

        const QSignalSpy reads(&workspace, &OpenWorkspace::matricesRead);
        bench.say(sampleMatrix("logistic", 16, 0.1));
        Q_EMIT workspace.runChanged(*workspace.run(bench.ticket.id));
        QTRY_COMPARE(slider->maximum(), 3); // and 16
        QCOMPARE(slider->value(), 2);       // still 32
        QVERIFY(!reads.isEmpty());
    }
    void whatAModularModelMisroutedIsShown() {
        Bench bench;
        bench.say(sampleMatrix("logistic", 0, 0.1));
        const RunTicket modular =
            bench.store.begin({"which-router", "jeet", 1, sampleModular(Architecture::jeet)});
        RoutingEvaluation matrix = sampleMatrix("logistic", 128, 0.1);
        matrix.kind = "modular";
        matrix.examples = {sampleExample(0, 1, 7)};
        bench.recorder.accept({modular.id, modular.attempt, 1, matrix});
        bench.recorder.flush();
        OpenWorkspace workspace(bench.folder.path(), {});
        RouterPage page;
        const RouterDesk desk(workspace, page);
        page.show();
        auto* runs = page.findChild<QComboBox*>(QStringLiteral("run"));
        QTRY_COMPARE(runs->count(), 2);
        page.showRun(QString::fromStdString(modular.id));
        auto* cells = page.findChild<ConfusionTable*>();
        QTRY_COMPARE(cells->model()->rowCount(), 6); // with the sums
        page.findChild<QCheckBox*>(QStringLiteral("forced"))->setChecked(false);
        cells->setCurrentIndex(cells->model()->index(0, 1));
        QTest::keyClick(cells, Qt::Key_Return);
        const auto* texts = page.findChild<QTableView*>(QStringLiteral("examples"))->model();
        QTRY_COMPARE(texts->rowCount(), 1);
        QCOMPARE(texts->index(0, 0).data().toString(), QStringLiteral("en/article-1007"));
    }
};

QTEST_MAIN(TestRouterDesk)
#include "test_router_desk.moc"
