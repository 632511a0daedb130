// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/run_fields.h"

#include <QTest>
#include <cmath>

using namespace retort;

namespace {

RunRecord sample() {
    RunRecord run;
    run.id = "01J3TV5A2D0000000000000000";
    run.study = "alpha";
    run.variant = "fixed";
    run.seed = 7;
    run.status = RunStatus::running;
    run.created = "2026-11-20T18:30:00.000Z";
    run.steps = 100;
    run.total_steps = 400;
    run.wall_seconds = 50;
    run.summary.loss = 3;
    run.summary.perplexity = {{"de", 38.5}};
    run.summary.accuracy = {{"de", 0.25}};
    run.best = BestEvaluation{80, 2.5};
    run.marks.tags = {"baseline", "paper"};
    RunSpec spec;
    spec.teacher.emplace();
    spec.distill.emplace().alpha.mode = AlphaMode::adaptive;
    spec.best = "worst";
    run.spec = to_json(spec);
    return run;
}

std::string text_at(const RunRecord& run, const std::string& name) {
    const RunFields fields = RunFields::of(std::vector{run});
    const RunField* field = fields.find(name).field;
    return field == nullptr ? "(no field)" : value_text(field->read(run));
}

} // namespace

class TestRunFields : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyValueHasAName_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::newRow("study") << "study"
                               << "alpha";
        QTest::newRow("seed") << "seed"
                              << "7.0";
        QTest::newRow("status") << "status"
                                << "running";
        QTest::newRow("tags") << "tag"
                              << "baseline, paper";
        QTest::newRow("not starred") << "starred"
                                     << "false";
        QTest::newRow("loss") << "loss"
                              << "3.0";
        QTest::newRow("no divergence yet") << "kd"
                                           << "";
        QTest::newRow("best loss") << "best"
                                   << "2.5";
        QTest::newRow("what best means") << "criterion"
                                         << "worst";
        QTest::newRow("domain") << "perplexity.de"
                                << "38.5";
        QTest::newRow("accuracy") << "accuracy.de"
                                  << "0.25";
        QTest::newRow("progress") << "progress"
                                  << "0.25";
        QTest::newRow("time left: 300 of 400 steps, 0.5 s each") << "left"
                                                                 << "150.0";
        QTest::newRow("path") << "distill.alpha.mode"
                              << "adaptive";
        QTest::newRow("end of a path") << "alpha.mode"
                                       << "adaptive";
        QTest::newRow("JSON pointer") << "/distill/alpha/mode"
                                      << "adaptive";
        QTest::newRow("list") << "data.domains"
                              << "en, fr, de, py";
        QTest::newRow("pair") << "optim.betas"
                              << "0.9, 0.999";
        QTest::newRow("the run's own") << "optim.lr"
                                       << "0.0005";
        QTest::newRow("which is meant by its end") << "lr"
                                                   << "0.0005";
        QTest::newRow("the teacher's") << "teacher.optim.lr"
                                       << "0.001";
        QTest::newRow("section that the run lacks") << "modular.architecture"
                                                    << "";
    }
    void everyValueHasAName() {
        QFETCH(QString, name);
        QFETCH(QString, text);
        QCOMPARE(text_at(sample(), name.toStdString()), text.toStdString());
    }
    void namesAreThereOnce() {
        std::set<std::string> paths;
        const RunFields fields;
        for (const RunField& field : fields.all()) {
            QVERIFY2(paths.insert(field.path).second, field.path.c_str());
            QVERIFY2(!field.label.empty(), field.path.c_str());
        }
        QVERIFY(paths.size() > 100);
    }
    void everyFieldOfTheSpecificationIsRead() {
        // The paths that the sample's own JSON has, found without the fields' descriptions.
        const RunRecord run = sample();
        const std::function<void(const Json&, const std::string&)> walk = [&](const Json& json,
                                                                              const std::string& pointer) {
            for (const auto& [key, value] : json.items()) {
                const std::string inner = pointer + "/" + key;
                if (value.is_object())
                    walk(value, inner);
                else if (inner != "/retort" && inner != "/task" && inner != "/seed" && inner != "/best")
                    QVERIFY2(text_at(run, inner) == (value.is_array()    ? text_at(run, inner)
                                                     : value.is_string() ? value.get<std::string>()
                                                     : value.is_number() ? Json(value.get<double>()).dump()
                                                                         : value.dump()),
                             inner.c_str());
            }
        };
        walk(run.spec, "");
    }
    void anUnknownNameFindsItsNeighbours() {
        const RunFields fields = RunFields::of(std::vector{sample()});
        QCOMPARE(fields.find("perplexty.de").candidates, (std::vector<std::string>{"perplexity.de"}));
        QCOMPARE(fields.find("alpha.mod").candidates, (std::vector<std::string>{"distill.alpha.mode"}));
        QVERIFY(fields.find("nonsense.altogether").candidates.empty());
        QVERIFY(!fields.find("perplexity.es").field); // no run was evaluated on it
        const RunFields::Search kinds = fields.find("kind");
        QVERIFY(kinds.is_ambiguous && !kinds.field);
        QVERIFY(std::ranges::count(kinds.candidates, "schedule.kind") == 1);
        QVERIFY(std::ranges::count(kinds.candidates, "data.tokenizer.kind") == 1);
    }
    void timeIsLeftToRunsInTrainingAlone() {
        RunRecord run = sample();
        QCOMPARE(seconds_left(run), std::optional(150.0));
        run.steps = 0;
        QVERIFY(!seconds_left(run));
        run = sample();
        run.status = RunStatus::done;
        QVERIFY(!seconds_left(run));
    }
    void numbersWithoutAnEndAreSpelledOut() {
        QCOMPARE(value_text(std::nan("")), "NaN");
        QCOMPARE(value_text(-INFINITY), "-Infinity");
        QCOMPARE(value_text(true), "true");
        QCOMPARE(value_text({}), "");
    }
};

QTEST_APPLESS_MAIN(TestRunFields)
#include "test_run_fields.moc"
