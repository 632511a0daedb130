// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/process_identity.h"
#include "store_fixture.h"

#include <QProcess>
#include <unistd.h>

using namespace retort;
namespace fs = std::filesystem;

namespace {

struct Ledger {
    TemporaryFolder folder;
    Workspace workspace{folder.path()};
    RunStore store{workspace};

    void set_status(const std::string& run, RunStatus status) {
        Recorder recorder(workspace);
        recorder.accept(event_of(run, StatusChanged{status, "", ""}));
    }
    /// Puts a run into the hands of another process.
    void give_to(const std::string& run, const ProcessIdentity& holder, const std::string& heartbeat) {
        alter(workspace.database(), "UPDATE run SET pid = " + std::to_string(holder.pid) +
                                        ", process_started = " + std::to_string(holder.started) +
                                        ", machine = '" + holder.machine + "', heartbeat = " + heartbeat +
                                        " WHERE id = '" + run + "'");
    }
};

constexpr const char* now = "unixepoch() * 1000";
constexpr const char* long_ago = "unixepoch() * 1000 - 60000";

/// The identity of a process that has ended.
ProcessIdentity dead_process() {
    QProcess process;
    process.start("true", {});
    ProcessIdentity identity = this_process();
    identity.pid = process.processId();
    process.waitForFinished();
    return identity;
}

} // namespace

class TestRunStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginningMakesARunThatThisProcessHolds() {
        Ledger l;
        RunPlan plan = plan_named("alpha", "adaptive", ~std::uint64_t{0});
        plan.spec.optim.lr = 0.25;
        const RunTicket ticket = l.store.begin(plan);
        QCOMPARE(ticket.attempt, 1);
        QVERIFY(!ticket.resume);
        QVERIFY(fs::is_directory(ticket.folder));
        QCOMPARE(ticket.folder, l.workspace.run_folder(ticket.id));
        const RunRecord run = l.store.run(ticket.id);
        QCOMPARE(run.label(), "alpha/adaptive/18446744073709551615");
        QCOMPARE(run.seed, plan.seed);
        QCOMPARE(run.task, Task::teacher);
        QCOMPARE(run.status, RunStatus::running);
        QCOMPARE(run.total_steps, total_steps(plan.spec));
        QCOMPARE(run.spec->dump(), to_json(plan.spec).dump());
        QVERIFY(!run.summary.loss && !run.summary.ce && !run.best);
    }
    void aNameMeansTheNewestAttempt() {
        Ledger l;
        const std::string first = l.store.begin(plan_named("alpha")).id;
        const RunTicket second = l.store.begin(plan_named("alpha"));
        QCOMPARE(second.attempt, 2);
        QCOMPARE(l.store.begin(plan_named("alpha", "base", 2)).attempt, 1);
        QCOMPARE(l.store.run("alpha/base/1").id, second.id);
        QCOMPARE(l.store.run(first).attempt, 1);
        const auto runs = l.store.runs();
        QCOMPARE(runs.size(), std::size_t{3});
        QCOMPARE(runs[0].id, second.id);
        QCOMPARE(runs[1].id, first);
    }
    void anIdMayBeShortened() {
        Ledger l;
        const std::string id = l.store.begin(plan_named("alpha")).id;
        QCOMPARE(l.store.run(id.substr(0, 6)).id, id);
        QCOMPARE(l.store.run(QString::fromStdString(id).toLower().toStdString()).id, id);
        const std::string other = l.store.begin(plan_named("beta")).id; // made in the same second or so
        const Thrown error = error_of([&] { (void)l.store.run(id.substr(0, 4)); });
        QVERIFY2(error.says("Several runs begin with"), error.sentence.c_str());
        QCOMPARE(l.store.run(other).study, "beta");
    }
    void anUnknownNameSaysHowToListRuns_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"", "x", "alpha/base/1", "alpha/base/", "alpha/base/x", "alpha/1", "/",
                                 "01J3TV5A2D0000000000000000", "%", "' OR 1"})
            QTest::newRow(name) << name;
    }
    void anUnknownNameSaysHowToListRuns() {
        QFETCH(QString, name);
        Ledger l;
        (void)l.store.begin(plan_named("beta"));
        const Thrown error = error_of([&] { (void)l.store.run(name.toStdString()); });
        QCOMPARE(error.kind, ErrorKind::data);
        QVERIFY2(error.says("`retortctl runs`"), error.sentence.c_str());
        QCOMPARE(error_of([&] { (void)l.store.series(name.toStdString()); }).kind, ErrorKind::data);
    }
    void onlyTheSameSpecificationIsFound() {
        Ledger l;
        RunPlan plan = plan_named("alpha");
        QVERIFY(!l.store.find(plan));
        const std::string id = l.store.begin(plan).id;
        QCOMPARE(l.store.find(plan).value().id, id);
        QVERIFY(!l.store.find(plan_named("alpha", "base", 2)));
        RunPlan changed = plan;
        changed.spec.optim.lr *= 2;
        QVERIFY(!l.store.find(changed));
        (void)l.store.begin(changed);
        QVERIFY(!l.store.find(plan)); // the name now means something else
        QVERIFY(l.store.find(changed));
    }
    void deletedRunsAreOutOfTheListsAndComeBack() {
        Ledger l;
        const RunPlan plan = plan_named("alpha");
        const std::string first = l.store.begin(plan).id, second = l.store.begin(plan).id;
        l.store.set_deleted(second, true);
        QCOMPARE(l.store.runs().size(), std::size_t{1});
        QCOMPARE(l.store.run("alpha/base/1").id, first);
        QCOMPARE(l.store.find(plan).value().id, first);
        QCOMPARE(l.store.run(second).id, second); // by its own name
        QCOMPARE(l.store.begin(plan).attempt, 3);
        l.store.set_deleted(second, false);
        QCOMPARE(l.store.runs().size(), std::size_t{3});
        QCOMPARE(error_of([&] { l.store.set_deleted("none", true); }).kind, ErrorKind::data);
    }
    void theBinIsEmptiedForGood() {
        Ledger l;
        const RunTicket kept = l.store.begin(plan_named("alpha")), gone = l.store.begin(plan_named("beta"));
        const SeriesKey series = train_series("ce");
        {
            Recorder recorder(l.workspace);
            recorder.accept(event_of(gone.id, step_of(1, {{series, 2.5}})));
            recorder.accept(event_of(kept.id, step_of(1, {{series, 3.5}})));
        }
        QVERIFY(l.store.bin().empty());
        l.store.set_deleted(gone.id, true);
        QCOMPARE(l.store.bin().size(), std::size_t{1});
        QVERIFY(error_of([&] { l.store.erase(gone.id); }).says("is in training"));
        l.set_status(gone.id, RunStatus::done);
        l.set_status(kept.id, RunStatus::done);
        QVERIFY(error_of([&] { l.store.erase(kept.id); }).says("is not in the bin"));
        l.store.erase(gone.id);
        QVERIFY(l.store.bin().empty());
        QVERIFY(!fs::exists(gone.folder));
        QVERIFY(fs::exists(kept.folder));
        QCOMPARE(look(l.workspace.database(), "SELECT group_concat(value) FROM point"), "3.5");
        QCOMPARE(error_of([&] { l.store.erase(gone.id); }).kind, ErrorKind::data);
    }
    void marksAreKeptAndTidied() {
        Ledger l;
        const std::string id = l.store.begin(plan_named("alpha")).id;
        QVERIFY(l.store.run(id).marks == RunMarks());
        const RunMarks marks{"The \"best\"", {" paper ", "baseline", "paper", ""}, true, "Größer\nnext"};
        l.store.mark(id, marks);
        const RunRecord run = l.store.runs().front();
        QCOMPARE(run.marks.tags, (std::vector<std::string>{"baseline", "paper"}));
        QCOMPARE(run.marks.name, marks.name);
        QCOMPARE(run.marks.note, marks.note);
        QVERIFY(run.marks.starred);
        QCOMPARE(run.title(), marks.name);
        QCOMPARE(run.label(), "alpha/base/1");
        QCOMPARE(error_of([&] { l.store.mark("none", marks); }).kind, ErrorKind::data);
    }
    void runsInTrainingAreListedByThemselves() {
        Ledger l;
        const std::string rests = l.store.begin(plan_named("alpha")).id;
        const std::string trains = l.store.begin(plan_named("beta")).id;
        l.set_status(rests, RunStatus::done);
        const std::vector<RunRecord> live = l.store.live_runs();
        QCOMPARE(live.size(), std::size_t{1});
        QCOMPARE(live.front().id, trains);
    }
    void resumingKeepsPlanAttemptAndFolder() {
        Ledger l;
        RunPlan plan = plan_named("alpha", "fixed", 5);
        plan.spec.model.layers = 3;
        (void)l.store.begin(plan);
        const RunTicket begun = l.store.begin(plan);
        l.set_status(begun.id, RunStatus::stopped);
        const RunTicket resumed = l.store.resume(begun.id);
        QVERIFY(resumed.resume);
        QCOMPARE(resumed.id, begun.id);
        QCOMPARE(resumed.attempt, 2);
        QCOMPARE(resumed.folder, begun.folder);
        QCOMPARE(resumed.plan.label(), plan.label());
        QVERIFY(resumed.plan.spec == plan.spec);
        QCOMPARE(l.store.run(begun.id).status, RunStatus::running);
    }
    void onlyWhatRestsCanBeResumed_data() {
        QTest::addColumn<RunStatus>("status");
        QTest::addColumn<QString>("refusal");
        QTest::newRow("running") << RunStatus::running << "is held by process";
        QTest::newRow("paused") << RunStatus::paused << "is held by process";
        QTest::newRow("done") << RunStatus::done << "is done and cannot be resumed";
        QTest::newRow("diverged") << RunStatus::diverged << "is diverged and cannot be resumed";
        QTest::newRow("failed") << RunStatus::failed << "";
        QTest::newRow("stopped") << RunStatus::stopped << "";
        QTest::newRow("interrupted") << RunStatus::interrupted << "";
    }
    void onlyWhatRestsCanBeResumed() {
        QFETCH(RunStatus, status);
        QFETCH(QString, refusal);
        Ledger l;
        const std::string id = l.store.begin(plan_named("alpha")).id;
        l.set_status(id, status);
        const Thrown error = error_of([&] { (void)l.store.resume(id); });
        QCOMPARE(error.sentence.empty(), refusal.isEmpty());
        if (refusal.isEmpty()) return;
        QCOMPARE(error.kind, ErrorKind::usage);
        QVERIFY2(error.says(refusal.toStdString()), error.sentence.c_str());
        if (is_live(status)) QVERIFY(error.says(std::to_string(::getpid())));
    }
    void aDeadProcessHoldsNothing() {
        Ledger l;
        const std::string id = l.store.begin(plan_named("alpha")).id;
        l.give_to(id, dead_process(), long_ago);
        QCOMPARE(l.store.run(id).status, RunStatus::interrupted);
        QCOMPARE(l.store.runs().at(0).status, RunStatus::interrupted);
        QCOMPARE(error_of([&] { l.store.request(id, RunCommand::stop); }).kind, ErrorKind::usage);
        QVERIFY(l.store.resume(id).resume);
        QCOMPARE(l.store.run(id).status, RunStatus::running);
    }
    void aPidOfAnotherLifeHoldsNothing() {
        Ledger l;
        const std::string id = l.store.begin(plan_named("alpha")).id;
        ProcessIdentity recycled = this_process();
        recycled.started -= 1;
        l.give_to(id, recycled, long_ago);
        QCOMPARE(l.store.run(id).status, RunStatus::interrupted);
    }
    void aLivingProcessHoldsHoweverLateItsHeartbeat() {
        Ledger l;
        const std::string id = l.store.begin(plan_named("alpha")).id;
        l.give_to(id, this_process(), long_ago);
        QCOMPARE(l.store.run(id).status, RunStatus::running);
    }
    void anotherMachineIsKnownByItsHeartbeat() {
        Ledger l;
        const std::string id = l.store.begin(plan_named("alpha")).id;
        l.give_to(id, {1, 1, "elsewhere"}, now);
        QCOMPARE(l.store.run(id).status, RunStatus::running);
        l.give_to(id, {1, 1, "elsewhere"}, long_ago);
        QCOMPARE(l.store.run(id).status, RunStatus::interrupted);
    }
    void anOldWishDoesNotStopAResumedRun() {
        Ledger l;
        const std::string id = l.store.begin(plan_named("alpha")).id;
        l.store.request(id, RunCommand::stop);
        l.give_to(id, dead_process(), long_ago);
        (void)l.store.resume(id);
        QCOMPARE(look(l.workspace.database(), "SELECT count(wish) FROM run"), "0");
    }
    void aStudysTextsAreKept() {
        Ledger l;
        const StudySpec study = read_study(R"({"retort": 1, "name": "alpha", "base": {}})").study;
        l.store.save_study(study, "first text");
        const std::string early = l.store.begin(plan_named("alpha")).id;
        l.store.save_study(study, "second text");
        l.store.save_study(study, "second text");
        QCOMPARE(l.store.studies().size(), std::size_t{1});
        QCOMPARE(l.store.studies()[0].text, "second text");
        QCOMPARE(l.store.studies()[0].spec.dump(), to_json(study).dump());
        QCOMPARE(look(l.workspace.database(), "SELECT count(*) FROM study"), "2");
        QCOMPARE(
            look(l.workspace.database(), "SELECT text FROM study JOIN run ON study_number = study.number "
                                         "WHERE id = '" +
                                             early + "'"),
            "first text");
    }
    void theQueueIsKeptInItsOrder() {
        Ledger l;
        RunPlan changed = plan_named("beta", "v", 9);
        changed.spec.optim.tokens = 77;
        l.store.save_queue({plan_named("alpha"), changed, plan_named("alpha")});
        const auto queue = RunStore(l.workspace).queue();
        QCOMPARE(queue.size(), std::size_t{3});
        QCOMPARE(queue[1].label(), "beta/v/9");
        QVERIFY(queue[1].spec == changed.spec);
        QCOMPARE(queue[2].label(), "alpha/base/1");
        l.store.save_queue({changed});
        QCOMPARE(l.store.queue().size(), std::size_t{1});
    }
    void specificationsThatDifferInTheirSeedAloneStayApart() {
        Ledger l;
        for (const std::uint64_t seed : {1u, 20u, 300u})
            (void)l.store.begin(plan_named("alpha", "base", seed));
        (void)l.store.begin(plan_named("beta", "base", 1));
        for (const RunRecord& run : l.store.runs())
            QCOMPARE(run.spec->dump(), to_json(plan_named(run.study, "base", run.seed).spec).dump());
    }
};

QTEST_GUILESS_MAIN(TestRunStore)
#include "test_run_store.moc"
