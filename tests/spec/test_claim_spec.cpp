// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/study_spec.h"

#include <QTest>

using namespace retort;

namespace {

/// Variants `seq` (sequential), `joint`, `moe` (modular) and `router`.
Json study_of(const char* claims) {
    Json study = Json::parse(R"({"retort": 1, "name": "s", "base": {"task": "teacher"}, "variants": {
        "seq": {"schedule": {"kind": "sequential"}}, "joint": {}, "moe": {"task": "modular",
        "modular": {"architecture": "moe-ce"}, "evaluation": {"grid": ["all"]}}, "router": {"task": "router"}}})");
    study["claims"] = Json::parse(claims);
    return study;
}

Json with_test(const char* test) {
    Json study = study_of(R"([{"id": "c", "text": "It is so.", "tests": []}])");
    study["claims"][0]["tests"].push_back(Json::parse(test));
    return study;
}

std::string problems_of(const Json& study) {
    return to_text(read_study(study.dump()).problems);
}

} // namespace

class TestClaimSpec : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void claimsAreReadAndWrittenAsTheyAre() {
        const Json study = study_of(R"([{"id": "1", "text": "Alike.", "tests": [
            {"kind": "alike", "variant": "seq", "reference": "joint"},
            {"kind": "alike", "variant": "seq", "reference": "joint", "metric": "loss.fr", "margin": 0.5}]},
            {"id": "2", "text": "Sure.", "tests": [
            {"kind": "at_least", "variant": "router", "metric": "router.f1@64", "value": 0.5}]}])");
        const StudyReading reading = read_study(study.dump());
        QCOMPARE(to_text(reading.problems), "");
        const std::vector<Claim>& claims = reading.study.claims;
        QCOMPARE(claims.size(), std::size_t{2});
        QCOMPARE(metric_of(claims[0].tests[0]), "loss");
        QVERIFY(!claims[0].tests[0].margin && claims[0].tests[1].margin == 0.5);
        QVERIFY(claims[1].tests[0].kind == ClaimKind::at_least && claims[1].tests[0].value == 0.5);
        QCOMPARE(to_json(reading.study)["claims"].dump(), study["claims"].dump());
    }
    void withoutClaimsNothingIsWritten() {
        Json study = study_of("[]");
        study.erase("claims");
        const Json written = to_json(read_study(study.dump()).study);
        QVERIFY(!written.contains("claims") && !written.contains("conclusions"));
        study["conclusions"] = false;
        QCOMPARE(to_json(read_study(study.dump()).study)["conclusions"].dump(), "false");
        study["conclusions"] = "no";
        QVERIFY(problems_of(study).starts_with("/conclusions must be true or false"));
    }
    void metricsHaveForms() {
        using enum ClaimMetric::Kind;
        const auto is = [](const char* text, ClaimMetric metric) { return parse_metric(text) == metric; };
        QVERIFY(is("loss", {loss, "", 0}) && is("loss.fr", {domain_loss, "fr", 0}));
        QVERIFY(is("loss@top1(en+fr)+common", {setting_loss, "top1(en+fr)+common", 0}));
        QVERIFY(is("forgetting", {forgetting, "", 0}) && is("bwt", {bwt, "", 0}));
        QVERIFY(is("router.recall", {ClaimMetric::Kind::router, "recall", 0}));
        QVERIFY(is("router.f1@1024", {ClaimMetric::Kind::router, "f1", 1024}));
        for (const char* text : {"", "los", "loss.", "loss@", "lossy", "router", "router.f2", "router.f1@",
                                 "router.f1@0", "router.f1@1x", "BWT"})
            QVERIFY2(!parse_metric(text), text);
    }
    void faultsPointIntoTheFile_data() {
        QTest::addColumn<QString>("test");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* name, const char* test, const char* problem) {
            QTest::newRow(name) << test << problem;
        };
        row("no object", R"(1)", " must be an object with kind");
        row("kind", R"({"kind": "same", "variant": "seq"})", "/kind must be one of alike, lower");
        row("unknown key", R"({"kind": "alike", "variant": "seq", "reference": "joint", "x": 1})",
            "/x is not a known field");
        row("type", R"({"kind": "alike", "variant": "seq", "reference": "joint", "margin": "x"})", "/margin");
        row("no variant", R"({"kind": "at_most", "value": 1})", "/variant must name a variant");
        row("unknown variant", R"({"kind": "at_most", "variant": "x", "value": 1})",
            "/variant names no variant of the study, which has seq, joint, moe, router.");
        row("no reference", R"({"kind": "lower", "variant": "seq"})", "/reference must name a variant");
        row("itself", R"({"kind": "lower", "variant": "seq", "reference": "seq"})",
            "/reference must be another");
        row("margin 0", R"({"kind": "alike", "variant": "seq", "reference": "joint", "margin": 0})",
            "/margin must be above 0, but is 0.");
        row("margin of lower", R"({"kind": "lower", "variant": "seq", "reference": "joint", "margin": 1})",
            "/margin belongs to alike");
        row("value of lower", R"({"kind": "lower", "variant": "seq", "reference": "joint", "value": 1})",
            "/value belongs to at_most");
        row("no value", R"({"kind": "at_least", "variant": "seq"})", "/value must be the number");
        row("reference of a bound",
            R"({"kind": "at_most", "variant": "seq", "reference": "joint", "value": 1})",
            "/reference belongs to alike");
        row("metric", R"({"kind": "at_most", "variant": "seq", "metric": "lost", "value": 1})",
            "/metric must be loss, loss.DOMAIN");
        row("domain", R"({"kind": "at_most", "variant": "seq", "metric": "loss.xx", "value": 1})",
            "/metric names the domain xx");
        row("bwt without stages",
            R"({"kind": "lower", "variant": "seq", "reference": "joint", "metric": "bwt"})",
            "/metric needs a sequential schedule of two domains or more. The variant is joint.");
        row("loss of a router", R"({"kind": "at_most", "variant": "router", "value": 1})",
            "/metric is not measured by runs with the task router");
        row("f1 of a student", R"({"kind": "at_most", "variant": "seq", "metric": "router.f1", "value": 1})",
            "/metric is of runs with the task router");
        row("setting of a student",
            R"({"kind": "at_most", "variant": "seq", "metric": "loss@common", "value": 1})",
            "/metric is of modular runs");
        row("setting", R"({"kind": "at_most", "variant": "moe", "metric": "loss@common", "value": 1})",
            "/metric names a setting that is not in /evaluation/grid");
    }
    void faultsPointIntoTheFile() {
        QFETCH(QString, test);
        QFETCH(QString, problem);
        const std::string found = problems_of(with_test(test.toUtf8().constData()));
        QVERIFY2(found.starts_with("/claims/0/tests/0" + problem.toStdString()), found.c_str());
    }
    void settingsOfTheGridAreMetrics() {
        QCOMPARE(problems_of(with_test(
                     R"-({"kind": "at_most", "variant": "moe", "metric": "loss@top1(all)", "value": 1})-")),
                 "");
    }
    void aClaimHasAnIdATextAndTests() {
        QVERIFY(problems_of(study_of("[]")).starts_with("/claims must be a list of one or more claims"));
        QVERIFY(problems_of(study_of("{}")).starts_with("/claims must be a list"));
        QVERIFY(problems_of(study_of("[1]")).starts_with("/claims/0 must be an object"));
        const std::string empty = problems_of(study_of(R"([{"id": "", "text": "", "tests": []}])"));
        QVERIFY(empty.find("/claims/0/id must") != std::string::npos);
        QVERIFY(empty.find("/claims/0/text must") != std::string::npos);
        QVERIFY(empty.find("/claims/0/tests must be a list of one or more tests") != std::string::npos);
        const char* one =
            R"({"id": "a", "text": "t", "tests": [{"kind": "at_most", "variant": "seq", "value": 1}]})";
        QVERIFY(problems_of(study_of((std::string("[") + one + "," + one + "]").c_str()))
                    .starts_with("/claims/1/id is the id of another"));
        QVERIFY(problems_of(study_of(R"([{"id": "a", "text": "t", "why": 1, "tests": []}])"))
                    .starts_with("/claims/0/why is not a known field"));
    }
};

QTEST_APPLESS_MAIN(TestClaimSpec)
#include "test_claim_spec.moc"
