// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/study_spec.h"

#include <QTest>

using namespace retort;

namespace {
constexpr auto study_text = R"({"retort": 1, "name": "alpha", "title": "?", "seeds": [3, 1],
    "base": {"optim": {"lr": 0.1}}, "variants": {"b": {}, "a": {"optim": {"lr": 0.2, "clip": 0}}}})";
}

class TestStudySpec : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void variantsAndSeedsMakeRunsInTheOrderOfTheFile() {
        const StudyReading reading = read_study(study_text);
        QCOMPARE(to_text(reading.problems), "");
        const PlanReading plans = plan_runs(reading.study);
        std::vector<std::string> labels;
        for (const RunPlan& plan : plans.plans)
            labels.push_back(plan.label());
        QVERIFY((labels == std::vector<std::string>{"alpha/b/3", "alpha/b/1", "alpha/a/3", "alpha/a/1"}));
        QCOMPARE(plans.plans[0].spec.optim.lr, 0.1);
        QCOMPARE(plans.plans[2].spec.optim.lr, 0.2);
        QCOMPARE(plans.plans[1].spec.seed, std::uint64_t{1});
    }
    void overridesComeAfterTheVariant() {
        const StudySpec study = read_study(study_text).study;
        const PlanReading plans = plan_runs(study, {*parse_override("/optim/lr=0.3")}, "a", 7);
        QCOMPARE(plans.plans.size(), std::size_t{1});
        QCOMPARE(plans.plans[0].spec.optim.lr, 0.3);
        QCOMPARE(plans.plans[0].spec.optim.clip, 0.0);
        QCOMPARE(plans.plans[0].label(), "alpha/a/7");
        QVERIFY(!plan_runs(study, {}, "none").problems.empty());
        QVERIFY(!plan_runs(study, {*parse_override("/optim/nothing=1")}).problems.empty());
        QVERIFY(!parse_override("lr=1").has_value());
        QVERIFY(!parse_override("/lr").has_value());
        QCOMPARE(parse_override("/data/corpus=mine")->value.get<std::string>(), "mine");
    }
    void roundTrip() {
        const StudySpec study = read_study(study_text).study;
        QCOMPARE(to_json(read_study(to_json(study).dump()).study).dump(), to_json(study).dump());
    }
    void problemsPointIntoTheFile_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problem");
        QTest::newRow("no JSON") << "{\"retort\": 1,\n oops}"
                                 << "The study is no JSON: parse error at line 2";
        QTest::newRow("empty") << ""
                               << "The study is no JSON";
        QTest::newRow("newer") << R"({"retort": 99})"
                               << "/retort is version 99, but this Retort reads up to 1";
        QTest::newRow("no version") << R"({})"
                                    << "/retort must be the version";
        QTest::newRow("in base") << R"({"retort":1,"name":"x","base":{"model":{"heads":0}}})"
                                 << "/base/model/heads must be at least 1";
        QTest::newRow("in a variant")
            << R"({"retort":1,"name":"x","base":{},"variants":{"v":{"model":{"heads":0}}}})"
            << "/variants/v/model/heads must be";
        QTest::newRow("name") << R"({"retort":1,"name":"../x","base":{}})"
                              << "/name must be a name";
        QTest::newRow("no base") << R"({"retort":1,"name":"x"})"
                                 << "/base must be an object";
        QTest::newRow("seeds") << R"({"retort":1,"name":"x","base":{},"seeds":[]})"
                               << "/seeds must be a list";
        QTest::newRow("unknown") << R"({"retort":1,"name":"x","base":{},"optim":{}})"
                                 << "/optim is not a known field of a study";
    }
    void problemsPointIntoTheFile() {
        QFETCH(QString, text);
        QFETCH(QString, problem);
        const std::string found = to_text(read_study(text.toStdString()).problems);
        QVERIFY2(found.starts_with(problem.toStdString()), found.c_str());
    }
};

QTEST_APPLESS_MAIN(TestStudySpec)
#include "test_study_spec.moc"
