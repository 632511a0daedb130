// SPDX-License-Identifier: GPL-3.0-or-later
// The Router page on a workspace whose routers are still being trained.
#include "app/router_desk.h"

#include "store/recorder.h"
#include "tests/widgets/sample_routers.h"
#include "widgets/pages/router_page.h"

#include <QSignalSpy>
#include <QSlider>
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
};

QTEST_MAIN(TestRouterDesk)
#include "test_router_desk.moc"
