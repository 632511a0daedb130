// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/run_exchange.h"

#include "analysis/evaluation.h"
#include "store_fixture.h"

#include <cmath>
#include <limits>

using namespace retort;

namespace {

const double inf = std::numeric_limits<double>::infinity();

ImportedRun imported(std::string variant = "fixed") {
    ImportedRun run{{"logs", std::move(variant), 3}, "/home/logs", "tensorboard", {}};
    run.curves.began = 1'722'097'270.125; // 2024-07-27T16:21:10.125Z
    run.curves.curves = {{{"ce", {}, {}, {}, "train"}, {1, 2, 3}, {3, std::nan(""), 2.5}},
                         {{"eval/loss", {}, {}, {}, "valid"}, {2}, {-inf}}};
    run.curves.clock = {{1, 0, 0.5}, {2, 0, std::nan("")}, {3, 96, 2}};
    return run;
}

std::size_t runs_of(const Workspace& workspace) {
    return RunStore(workspace).runs().size();
}

} // namespace

class TestRunExchange : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsImportedIsARunThatIsDone() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        const ImportOutcome outcome = import_run(workspace, imported(), {"The tail was cut off."});
        QVERIFY(outcome.is_new);
        RunStore store(workspace);
        const RunRecord run = store.run("logs/fixed/3");
        QCOMPARE(run.id, outcome.run);
        QCOMPARE(run.status, RunStatus::done);
        QVERIFY(is_imported(run));
        QCOMPARE(std::string(task_name(run)), "imported");
        QCOMPARE(run.created, "2024-07-27T16:21:10.125Z");
        const Json& origin = run.spec;
        QCOMPARE(origin["imported"]["from"].get<std::string>(), "/home/logs");
        QCOMPARE(run.steps, 3);
        QCOMPARE(run.total_steps, 3);
        QCOMPARE(run.tokens, 96);
        QCOMPARE(run.wall_seconds, 2.0);
        QCOMPARE(run.summary.ce, std::optional(2.5));
        QCOMPARE(store.series(run.id).size(), 2U);
        QVERIFY(std::isnan(store.series(run.id, "ce").front().values[1]));
        QCOMPARE(store.series(run.id, "eval/loss").front().values, (std::vector{-inf}));
        QCOMPARE(store.clock(run.id)[1].wall_seconds, 0.5); // as last known
        QCOMPARE(store.log(run.id).size(), 1U);
    }
    void theSameCurvesAreThereOnce() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        const ImportOutcome first = import_run(workspace, imported());
        const ImportOutcome again = import_run(workspace, imported());
        QVERIFY(!again.is_new);
        QCOMPARE(again.run, first.run);
        QCOMPARE(runs_of(workspace), 1U);
        QVERIFY(import_run(workspace, imported("other")).is_new);
        ImportedRun grown = imported();
        grown.curves.curves[0].steps.push_back(4);
        grown.curves.curves[0].values.push_back(2);
        QVERIFY(import_run(workspace, grown).is_new);
        QCOMPARE(RunStore(workspace).run("logs/fixed/3").attempt, 2);
    }
    void aStudyIsNeverTakenForDoneByAnImport() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        RunStore store(workspace);
        const RunPlan plan = plan_named("logs", "fixed", 3);
        const std::string trained = store.begin(plan).id;
        {
            Recorder recorder(workspace);
            recorder.accept(event_of(trained, StatusChanged{RunStatus::done, "", ""}));
        }
        QVERIFY(import_run(workspace, imported()).is_new);
        QCOMPARE(store.find(plan).value().id, trained);
        QCOMPARE(store.newest_done("logs", "fixed", 3).value().id, trained);
    }
    void anImportCannotBeGoneOnWith() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        const std::string id = import_run(workspace, imported()).run;
        RunStore store(workspace);
        QCOMPARE(error_of([&] { (void)store.resume(id); }).kind, ErrorKind::usage);
    }
    void evaluationsGoOutAndComeBack() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        RunStore store(workspace);
        const std::string id = store.begin(plan_named("alpha")).id;
        EvaluationRow expert = row_of("fr", 250, 77);
        expert.expert = "de";
        expert.setting = "uniform";
        {
            Recorder recorder(workspace);
            recorder.accept(event_of(id, Evaluated{0, 0, 0, {row_of("en", 700), row_of("fr", 800, 250)}}));
            recorder.accept(event_of(id, step_of(1, {{train_series("ce"), 5}, {train_series("tokens"), 7}})));
            recorder.accept(
                event_of(id, Evaluated{1, 100, 0.5, {row_of("en", 500), row_of("fr", inf), expert}}));
            recorder.accept(event_of(id, StatusChanged{RunStatus::done, "", ""}));
        }
        const RunRecord trained = store.run(id);
        const RunCurves out = read_run_curves(store, trained);
        QCOMPARE(out.curves.size(), 2U + 3 * 6);
        const std::string copy = import_run(workspace, {{"other", "base", 1}, "", "csv", out}).run;
        const auto before = store.evaluations(id), after = store.evaluations(copy);
        QCOMPARE(after.size(), before.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
            QCOMPARE(after[i].step, before[i].step);
            QCOMPARE(after[i].row.domain, before[i].row.domain);
            QCOMPARE(after[i].row.expert, before[i].row.expert);
            QCOMPARE(after[i].row.nll, before[i].row.nll);
            QCOMPARE(after[i].row.tokens, before[i].row.tokens);
            QCOMPARE(after[i].row.bytes, before[i].row.bytes);
            QCOMPARE(after[i].row.correct, before[i].row.correct);
        }
        const RunRecord run = store.run(copy);
        QCOMPARE(run.summary.loss, trained.summary.loss);
        QCOMPARE(run.summary.perplexity, trained.summary.perplexity);
        QCOMPARE(run.best->step, trained.best->step);
        QCOMPARE(store.series(copy).size(), 2U); // ce, and the curve that happens to be named tokens
        QCOMPARE(store.clock(copy).back().wall_seconds, 0.5);
    }
    void partOfAnEvaluationStaysCurves() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        ImportedRun run = imported();
        run.curves.curves = {{{"nll", "fr", {}, {}, "valid"}, {1, 2}, {3, 2}},
                             {{"tokens", "fr", {}, {}, "valid"}, {1, 2}, {64, 64}}};
        const std::string id = import_run(workspace, run).run;
        RunStore store(workspace);
        QVERIFY(store.evaluations(id).empty());
        QCOMPARE(store.series(id).size(), 2U);
    }
};

QTEST_GUILESS_MAIN(TestRunExchange)
#include "test_run_exchange.moc"
