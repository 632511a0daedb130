// SPDX-License-Identifier: GPL-3.0-or-later
// The Compare page on a workspace whose study makes a claim and still trains.
#include "app/compare_desk.h"

#include "store/recorder.h"
#include "widgets/pages/claims_panel.h"
#include "widgets/pages/compare_page.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace retort;

namespace {

StudySpec claimingStudy() {
    StudySpec study;
    study.name = "claiming";
    study.base = Json::object();
    study.variants = {{"a", Json::object()}};
    study.seeds = {1, 2, 3, 4, 5, 6};
    study.claims = {{"low", "The loss of a is low.", {{ClaimKind::at_most, "a", "", "", {}, 5.0}}}};
    return study;
}

/// A workspace with the study, whose runs another process trains.
struct Bench {
    Bench() { store.save_study(study, to_json(study).dump()); }
    /// A finished run of a loss near 3.
    void finish(const RunPlan& plan) {
        const RunTicket ticket = store.begin(plan);
        const auto nats = 3000.0 + static_cast<double>(plan.seed);
        const EvaluationRow row = {"en", {}, {}, "valid", nats, 1000, 4000, 1};
        std::int64_t sequence = 0;
        recorder.accept({ticket.id, ticket.attempt, ++sequence, Evaluated{1, 1, 1, {row}}});
        recorder.accept({ticket.id, ticket.attempt, ++sequence, StatusChanged{RunStatus::done, {}, {}}});
        recorder.flush();
    }
    [[nodiscard]] std::vector<RunPlan> plans() const { return plan_runs(study).plans; }

    QTemporaryDir folder;
    Workspace workspace{folder.path().toStdString()};
    RunStore store{workspace};
    Recorder recorder{workspace};
    StudySpec study = claimingStudy();
};

QString textOf(const QWidget& page, const char* name) {
    const auto* label = page.findChild<QLabel*>(QLatin1String(name));
    return label == nullptr ? QString() : label->text();
}

} // namespace

class TestCompareDesk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void verdictsComeWhenTheLastRunEnds() {
        Bench bench;
        const std::vector<RunPlan> plans = bench.plans();
        QCOMPARE(plans.size(), std::size_t{6});
        for (std::size_t i = 0; i + 1 < plans.size(); ++i)
            bench.finish(plans[i]);
        OpenWorkspace workspace(bench.folder.path(), {});
        ComparePage page;
        const CompareDesk desk(workspace, page);
        page.show();
        QTRY_COMPARE(textOf(page, "verdict"), QStringLiteral("? undecided"));
        QCOMPARE(textOf(page, "reason"), QStringLiteral("No finished run of a/6."));
        QVERIFY(textOf(page, "claimsNotice").endsWith(QStringLiteral("are not finished: a (seed 6).")));
        bench.finish(plans.back());
        QTRY_COMPARE(textOf(page, "verdict"), QStringLiteral("✓ supported"));
    }
    void aStudyWithoutATextClaimsNothing() {
        Bench bench;
        RunPlan plan = bench.plans().front();
        plan.study = "other";
        bench.finish(plan);
        OpenWorkspace workspace(bench.folder.path(), {});
        ComparePage page;
        QSignalSpy answers(&workspace, &OpenWorkspace::claimsRead);
        const CompareDesk desk(workspace, page);
        page.show();
        QTRY_COMPARE(answers.size(), qsizetype{1});
        QVERIFY(!page.findChild<ClaimsPanel*>()->hasClaims());
    }
};

QTEST_MAIN(TestCompareDesk)
#include "test_compare_desk.moc"
