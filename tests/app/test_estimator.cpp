// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/estimator.h"

#include "analysis/model_size.h"

#include <QTest>
#include <cmath>

using namespace retort;

namespace {

constexpr double rate = 1e9;

RunSpec student(double alpha = 0.5) {
    RunSpec spec;
    spec.teacher.emplace();
    spec.distill.emplace();
    spec.distill->alpha.value = alpha;
    return spec;
}

RunPlan plan(const RunSpec& spec, const std::string& variant = "base") {
    return {"study", variant, spec.seed, spec};
}

RunRecord record(const RunPlan& plan, RunStatus status = RunStatus::done) {
    RunRecord run;
    run.study = plan.study;
    run.variant = plan.variant;
    run.seed = plan.seed;
    run.task = plan.spec.task;
    run.status = status;
    run.spec = to_json(plan.spec);
    return run;
}

/// A run that was measured at `operations` per second over its whole length.
RunRecord measured(const RunSpec& spec, double operations) {
    RunRecord run = record(plan(spec, "measured"), RunStatus::stopped);
    run.tokens = total_steps(spec) * tokens_per_step(spec);
    run.wall_seconds = training_flops(spec) / operations;
    return run;
}

} // namespace

class TestEstimator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsArithmeticAtTheAssumedRate() {
        const RunSpec spec = student(1.0);
        const StudyEstimate result = estimate(std::vector{plan(spec)}, {}, rate);
        QCOMPARE(result.runs, 1);
        QCOMPARE(result.teachers, 0);
        QVERIFY(!result.measured);
        QVERIFY(qFuzzyCompare(result.seconds, training_flops(spec) / rate));
        QVERIFY(qFuzzyCompare(result.memory, memory_bytes(spec).total()));
    }

    void routersTakeWhatTheirLikesTook() {
        RunSpec spec = read_run_spec({{"task", "router"}}).spec;
        spec.router->folds = 4;
        const StudyEstimate guess = estimate(std::vector{plan(spec)}, {}, rate);
        QCOMPARE(guess.seconds, 25.0); // five trainings
        QVERIFY(!toText(guess).contains(QStringLiteral("memory")));
        RunRecord like = record(plan(spec, "like"));
        like.wall_seconds = 7;
        RunSpec other = spec;
        other.router->classifier = Classifier::knn;
        RunRecord unlike = record(plan(other, "unlike"));
        unlike.wall_seconds = 70;
        const std::vector known = {unlike, like};
        QCOMPARE(estimate(std::vector{plan(spec)}, known, rate).seconds, 7.0);
    }

    void trainsEachTeacherOnce() {
        const RunSpec spec = student();
        RunSpec sibling = spec;
        sibling.seed = 2;
        sibling.optim.lr = 1e-4;
        sibling.run.checkpoint_every = 7; // of no concern to the teacher
        const StudyEstimate result = estimate(std::vector{plan(spec), plan(sibling, "other")}, {}, rate);
        QCOMPARE(result.runs, 2);
        QCOMPARE(result.teachers, 1);
        const double teacher = training_flops(teacher_run(spec)) / rate;
        QVERIFY(qFuzzyCompare(result.teacherSeconds, teacher));
        QVERIFY(
            qFuzzyCompare(result.seconds, teacher + (training_flops(spec) + training_flops(sibling)) / rate));
    }

    void aTeacherThatIsThereCostsNothing() {
        const RunSpec spec = student();
        const std::vector known = {record({"elsewhere", "teacher", 1, teacher_run(spec)})};
        QCOMPARE(estimate(std::vector{plan(spec)}, known, rate).teachers, 0);
        const std::vector failed = {
            record({"elsewhere", "teacher", 1, teacher_run(spec)}, RunStatus::failed)};
        QCOMPARE(estimate(std::vector{plan(spec)}, failed, rate).teachers, 1);
        RunSpec given = spec;
        given.teacher->path = "/models/gpt2";
        QCOMPARE(estimate(std::vector{plan(given)}, {}, rate).teachers, 0);
    }

    void aRunThatIsDoneCostsNothing() {
        const RunSpec spec = student(1.0);
        const std::vector plans = {plan(spec), plan(spec, "again")};
        const StudyEstimate result = estimate(plans, std::vector{record(plans.front())}, rate);
        QCOMPARE(result.done, 1);
        QCOMPARE(result.runs, 1);
        RunSpec changed = spec;
        changed.optim.lr = 1e-3;
        QCOMPARE(estimate(std::vector{plan(changed)}, std::vector{record(plans.front())}, rate).done, 0);
    }

    void takesTheMedianOfWhatWasMeasured() {
        const RunSpec spec = student(1.0);
        RunSpec large = student();
        large.model.width = 192;
        const std::vector known = {measured(spec, 1e10), measured(large, 4e10), measured(spec, 9e12)};
        const StudyEstimate result = estimate(std::vector{plan(spec)}, known, rate);
        QVERIFY(result.measured);
        QVERIFY(qFuzzyCompare(result.seconds, training_flops(spec) / 4e10));
    }

    void listensToRunsOfItsSize() {
        const RunSpec small = student(1.0);
        RunSpec large = small;
        large.model.width = 768;
        std::vector<RunRecord> known;
        for (int i = 0; i < 3; ++i) {
            known.push_back(measured(small, 1e10));
            known.push_back(measured(large, 1e12));
        }
        QVERIFY(qFuzzyCompare(estimate(std::vector{plan(small)}, known, rate).seconds,
                              training_flops(small) / 1e10));
        QVERIFY(qFuzzyCompare(estimate(std::vector{plan(large)}, known, rate).seconds,
                              training_flops(large) / 1e12));
    }

    void aSmallRunDoesNotSlowDownALargeOne() {
        RunSpec tiny = student(1.0);
        tiny.model = {.layers = 1, .width = 16, .heads = 2};
        tiny.data.tokenizer.vocab = 300;
        const RunSpec spec = student(1.0);
        const std::vector known = {measured(tiny, rate / 100)};
        QVERIFY(qFuzzyCompare(estimate(std::vector{plan(spec)}, known, rate).seconds,
                              training_flops(spec) / rate));
        const std::vector fast = {measured(tiny, rate * 100)};
        QVERIFY(estimate(std::vector{plan(spec)}, fast, rate).seconds < 0.02 * training_flops(spec) / rate);
    }

    void aRunThatEndedEarlyCountsForWhatItDid() {
        const RunSpec spec = student(1.0);
        RunRecord half = measured(spec, 1e10);
        half.tokens /= 2;
        const StudyEstimate result = estimate(std::vector{plan(spec)}, std::vector{half}, rate);
        QVERIFY(std::abs(result.seconds - training_flops(spec) / 5e9) < 1e-6 * result.seconds);
    }

    void saysWhatItKnows() {
        StudyEstimate result{
            .runs = 6, .done = 2, .teachers = 1, .seconds = 720, .teacherSeconds = 240, .memory = 4e8};
        QString text = toText(result);
        for (const char* part : {"6 runs", "12 min", "4 min", "2 runs done", "No run measured yet"})
            QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
        result.measured = true;
        QVERIFY(!toText(result).contains(QStringLiteral("guess")));
        QVERIFY(toText({}).isEmpty());
    }
    void expertsOfPleAreCounted() {
        RunSpec ple = student(1.0);
        ple.task = Task::modular;
        ple.modular.emplace().architecture = Architecture::ple;
        ple.router.emplace();
        ple.evaluation.emplace().route = RouteBy::label;
        const StudyEstimate fresh = estimate(std::vector{plan(ple, "ple")}, {}, rate);
        double flops = 0;
        for (const std::string& expert : ple.data.domains)
            flops += training_flops(expert_run(ple, expert));
        QVERIFY(std::abs(fresh.seconds - flops / rate) < 1e-6 * fresh.seconds);
        QCOMPARE(fresh.runs, 1);
        std::vector<RunRecord> done;
        for (const std::string& expert : ple.data.domains)
            done.push_back(record(plan(expert_run(ple, expert), "expert-" + expert)));
        QCOMPARE(estimate(std::vector{plan(ple, "ple")}, done, rate).seconds, 0.0);
    }
};

QTEST_GUILESS_MAIN(TestEstimator)
#include "test_estimator.moc"
