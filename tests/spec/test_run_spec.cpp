// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/run_spec_fields.h"
#include "spec/run_spec_json.h"

#include <QTest>
#include <functional>

using namespace retort;

class TestRunSpec : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundTripKeepsEveryField() {
        RunSpecReading reading = read_run_spec(Json::object());
        QVERIFY(reading.problems.empty());
        RunSpec spec = reading.spec;
        spec.optim.lr = 0.0123;
        spec.teacher->model.width = 64;
        spec.data.domains = {"a", "b"};
        spec.run.precision = Precision::bf16;
        spec.distill->scale_t2 = true;
        const RunSpecReading again = read_run_spec(to_json(spec));
        QCOMPARE(to_text(again.problems), "");
        QVERIFY(again.spec == spec);
    }
    void everyFieldOfTheFormIsInTheFile() {
        Json json = to_json(read_run_spec(Json::object()).spec);
        json.update(to_json(read_run_spec({{"task", "modular"}}).spec));
        int fields = 0;
        const std::function<void(const SectionInfo&)> visit = [&](const SectionInfo& section) {
            for (const FieldInfo& field : section.fields) {
                ++fields;
                QVERIFY2(json.contains(Json::json_pointer(field.pointer)), field.pointer.c_str());
                QVERIFY2(!field.label.empty(), field.pointer.c_str());
            }
            for (const SectionInfo& nested : section.sections)
                visit(nested);
        };
        visit(describe_run_spec());
        QVERIFY(fields > 40);
        QCOMPARE(json.flatten().size(), std::size_t(fields + 1 /* retort */ + 3 /* 4 domains */ +
                                                    2 /* betas twice */ + 4 /* settings of the grid */));
    }
    void aTaskHasItsOwnSectionsAlone() {
        const Json router = to_json(read_run_spec({{"task", "router"}}).spec);
        for (const char* section : {"teacher", "model", "distill", "schedule", "optim", "run", "best"})
            QVERIFY2(!router.contains(section), section);
        const RunSpecReading again = read_run_spec(router);
        QCOMPARE(to_text(again.problems), "");
        QVERIFY(again.spec.router && !again.spec.distill);
        QVERIFY(!to_json(read_run_spec(Json::object()).spec).contains("router"));
    }
    void badInputNamesTheFieldAndWhatToDo_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("problem");
        QTest::newRow("unknown key")
            << R"({"optim":{"learning":1}})"
            << "/optim/learning is not a known field; remove it or use one of accumulate, ";
        QTest::newRow("section of another task") << R"({"task":"router","optim":{"lr":1}})"
                                                 << "/optim does not belong to a run with the task router";
        QTest::newRow("too few domains") << R"({"task":"router","router":{"unknown":["en","fr","de"]}})"
                                         << "/router/unknown must leave at least two domains to tell apart.";
        QTest::newRow("unknown domain left out")
            << R"({"task":"router","router":{"unknown":["es"]}})"
            << "/router/unknown/0 must be one of the domains of the data, but is \"es\".";
        QTest::newRow("wrong type") << R"({"optim":{"lr":"fast"}})"
                                    << "/optim/lr must be a number, but is \"fast\".";
        QTest::newRow("fraction") << R"({"model":{"layers":1.5}})"
                                  << "/model/layers must be a whole number, but is 1.5.";
        QTest::newRow("negative size") << R"({"model":{"layers":-2}})"
                                       << "/model/layers must be at least 1 and at most 512, but is -2.";
        QTest::newRow("heads") << R"({"model":{"width":100,"heads":3}})"
                               << "/model/heads must divide the width 100, but is 3.";
        QTest::newRow("context 0") << R"({"data":{"context":0}})"
                                   << "/data/context must be at least 2 and at most 65536, but is 0.";
        QTest::newRow("choice") << R"({"schedule":{"kind":"best"}})"
                                << "/schedule/kind must be one of balanced, random, proportional, "
                                   "sequential, cyclic, but is \"best\".";
        QTest::newRow("no domains") << R"({"data":{"domains":[]}})"
                                    << "/data/domains must not be empty.";
        QTest::newRow("domain twice") << R"({"data":{"domains":["en","en"]}})"
                                      << "/data/domains/1 names the domain en twice; remove one.";
        QTest::newRow("path in a domain") << R"({"data":{"domains":["../x"]}})"
                                          << "/data/domains/0 must be made of letters";
        QTest::newRow("section") << R"({"optim":3})"
                                 << "/optim must be an object, but is 3.";
        QTest::newRow("no teacher in a teacher") << R"({"task":"teacher","teacher":{}})"
                                                 << "/teacher does not belong to a run with the task teacher";
        QTest::newRow("alpha") << R"({"distill":{"alpha":{"value":1.1}}})"
                               << "/distill/alpha/value must be at least 0 and at most 1, but is 1.1.";
        QTest::newRow("temperature 0") << R"({"distill":{"temperature":0}})"
                                       << "/distill/temperature must be above 0, but is 0.";
        QTest::newRow("betas") << R"({"optim":{"betas":[0.9,1.0]}})"
                               << "/optim/betas/1 must be at least 0 and below 1, but is 1.";
        QTest::newRow("best") << R"({"best":"it"})"
                              << "/best must be macro, worst, first or one of the domains, but is \"it\".";
        QTest::newRow("negative seed") << R"({"seed":-1})"
                                       << "/seed must be a whole number of at least 0, but is -1.";
        QTest::newRow("small balanced batch")
            << R"({"optim":{"batch":2}})"
            << "/schedule/kind cannot be balanced when a step has 2 sequences for 4 domains";
        QTest::newRow("remedy without stages") << R"({"remedies":{"replay":0.05}})"
                                               << "/remedies/replay needs domains that come one after the "
                                                  "other; set /schedule/kind to sequential";
        QTest::newRow("replay of all") << R"({"schedule":{"kind":"sequential"},"remedies":{"replay":1}})"
                                       << "/remedies/replay must be at least 0 and below 1, but is 1.";
        QTest::newRow("more frozen than there is")
            << R"({"schedule":{"kind":"sequential"},"remedies":{"freeze":{"layers":3}}})"
            << "/remedies/freeze/layers must be at most 2, the layers of the model.";
        QTest::newRow("a step for each domain")
            << R"({"schedule":{"kind":"sequential"},"optim":{"tokens":4096}})"
            << "/optim/tokens give 2 steps to 4 domains in turn; raise them or lower the batch.";
        QTest::newRow("array") << "[]"
                               << "The study must be an object";
    }
    void badInputNamesTheFieldAndWhatToDo() {
        QFETCH(QString, json);
        QFETCH(QString, problem);
        const std::string text = to_text(read_run_spec(Json::parse(json.toStdString())).problems);
        QVERIFY2(text.starts_with(problem.toStdString()), text.c_str());
    }
    void teacherIsUntouchedByTheStudent() {
        RunSpec student = read_run_spec(Json::object()).spec;
        const RunSpec teacher = teacher_run(student);
        student.seed = 9;
        student.optim.lr = 1;
        student.model.width = 8;
        student.schedule.kind = ScheduleKind::random;
        QVERIFY(teacher_run(student) == teacher);
        QCOMPARE(teacher.seed, std::uint64_t{1});
        QCOMPARE(teacher.optim.lr, 1e-3);
    }
    void stepsAreRoundedUp() {
        RunSpec spec;
        spec.data.context = 10;
        spec.optim.batch = 3;
        spec.optim.accumulate = 2;
        spec.optim.tokens = 61;
        QCOMPARE(tokens_per_step(spec), 60);
        QCOMPARE(total_steps(spec), 2);
    }
};

QTEST_APPLESS_MAIN(TestRunSpec)
#include "test_run_spec.moc"
