// SPDX-License-Identifier: GPL-3.0-or-later
// claims, as a person or a script calls it.
#include "ctl.h"

#include <QMap>
#include <QTest>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>

using namespace retort::test;
using nlohmann::json;

class TestClaimsCommand : public QObject {
    Q_OBJECT
    Ctl ctl_;

    /// Trainings of four steps over six seeds; one with a rate too small to learn.
    [[nodiscard]] QString study(const char* name, const json& claims,
                                const json& more = json::object()) const {
        json study = json::parse(R"({"retort": 1, "title": "?", "seeds": [1, 2, 3, 4, 5, 6], "base": {
            "task": "teacher", "data": {"corpus": "tiny", "context": 16, "tokenizer": {"vocab": 400}},
            "model": {"layers": 1, "width": 16, "heads": 2}, "optim": {"batch": 4, "tokens": 256, "lr": 0.02},
            "run": {"threads": 1, "eval_tokens": 64, "eval_every": 5, "checkpoint_every": 9}},
            "variants": {"fast": {}, "slow": {"optim": {"lr": 1e-9}}}})");
        study["name"] = name;
        study["claims"] = claims;
        study.update(more);
        return ctl_.write(QString::fromLatin1(name) + ".json", QByteArray::fromStdString(study.dump()));
    }
    [[nodiscard]] json claims_of(const QStringList& names) const {
        const CtlResult result =
            ctl_(ctl_.in_workspace(QStringList("claims") + names + QStringList("--json")));
        if (result.status != 0) qWarning("%s", result.error.constData());
        return json::parse(result.out.toStdString());
    }
    /// By run, to the four digits of the list of runs.
    [[nodiscard]] QMap<QString, double> losses() const {
        QMap<QString, double> found;
        const QString list = QString::fromUtf8(ctl_(ctl_.in_workspace({"runs"})).out);
        for (const QString& line : list.split(u'\n')) {
            const QStringList cells = line.split(u' ', Qt::SkipEmptyParts);
            if (cells.size() > 5) found[cells[0]] = cells[5].toDouble();
        }
        return found;
    }
    static const json& test_of(const json& claims, std::size_t claim, std::size_t test) {
        return claims[claim]["tests"][test];
    }

    /// Variance of the three increments of the four steps.
    [[nodiscard]] double unrest(const char* run) const {
        std::vector<double> curve;
        const QString metrics = QString::fromUtf8(ctl_(ctl_.in_workspace({"metrics", run})).out);
        for (const QString& line : metrics.split(u'\n'))
            if (line.section(u',', 3, 4) == QLatin1String("ce,"))
                curve.push_back(line.section(u',', 5, 5).toDouble());
        if (curve.size() != 4) return -1;
        const std::array<double, 3> rise = {curve[1] - curve[0], curve[2] - curve[1], curve[3] - curve[2]};
        const double mean = (curve[3] - curve[0]) / 3;
        return std::transform_reduce(rise.begin(), rise.end(), 0.0, std::plus<>(),
                                     [mean](double value) { return (value - mean) * (value - mean) / 2; });
    }

private Q_SLOTS:
    void initTestCase() {
        const json claims = json::parse(R"([
            {"id": "faster", "text": "A higher rate learns more.", "tests": [
                {"kind": "lower", "variant": "fast", "reference": "slow", "metric": "loss"},
                {"kind": "at_most", "variant": "fast", "metric": "loss.en", "value": 100}]},
            {"id": "same", "text": "The rate does not matter.", "tests": [
                {"kind": "alike", "variant": "fast", "reference": "slow", "margin": 0.01}]},
            {"id": "calm", "text": "It is calm.", "tests": [
                {"kind": "at_most", "variant": "fast", "metric": "ce_increment_variance", "value": 1000}]}])");
        const CtlResult result = ctl_(ctl_.in_workspace({"run", study("tiny-claims", claims)}));
        QVERIFY2(result.status == 0, result.error.constData());
    }
    void verdictsAreOfTheNewestRuns() {
        const json claims = claims_of({"tiny-claims"});
        QCOMPARE(claims.size(), std::size_t{3});
        for (const char* key : {"id", "study", "text", "verdict", "conclusions", "tests", "reason"})
            QVERIFY2(claims[0].contains(key), key);
        for (const char* key : {"kind", "variant", "reference", "metric", "effect", "low", "high", "n", "p",
                                "signed_rank_p", "verdict", "reason"})
            QVERIFY2(test_of(claims, 0, 0).contains(key), key);
        QCOMPARE(claims[0]["id"].get<std::string>(), std::string("faster"));
        QCOMPARE(claims[0]["verdict"].get<std::string>(), std::string("supported"));
        QCOMPARE(claims[1]["verdict"].get<std::string>(), std::string("contradicted"));
        QCOMPARE(claims[2]["verdict"].get<std::string>(), std::string("supported"));
        QVERIFY(claims[0]["conclusions"].get<bool>() && claims[0]["deviating"].empty());
    }
    void itsNumbersAreThoseOfTheRuns() {
        const json test = test_of(claims_of({"tiny-claims"}), 0, 0);
        const QMap<QString, double> loss = losses();
        double mean = 0;
        for (int seed = 1; seed <= 6; ++seed)
            mean += (loss.value(QStringLiteral("tiny-claims/fast/%1").arg(seed), 1e9) -
                     loss.value(QStringLiteral("tiny-claims/slow/%1").arg(seed), 1e9)) /
                    6;
        QVERIFY(std::abs(test["effect"].get<double>() - mean) < 1e-4);
        QVERIFY(mean < 0 && test["low"] < test["effect"] && test["effect"] < test["high"]);
        QCOMPARE(test["n"].get<int>(), 6);
        QCOMPARE(test["signed_rank_p"].get<double>(), 2.0 / 64);
    }
    void aPersonReadsALineForEachTest() {
        const CtlResult result = ctl_(ctl_.in_workspace({"claims"}));
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.contains("faster (tiny-claims): supported: A higher rate learns more.\n"));
        QVERIFY2(result.out.contains("  - loss of fast is lower than that of slow: supported; difference -"),
                 result.out.constData());
        QVERIFY(result.out.contains("  - loss.en of fast is at most 100: supported; mean "));
    }
    void runsThatAreMissingAreNamed() {
        const json claims = json::parse(R"([{"id": "x", "text": "More.", "tests": [
            {"kind": "lower", "variant": "fast", "reference": "slow"},
            {"kind": "at_most", "variant": "fast", "metric": "ce_increment_variance", "value": 0}]}])");
        const CtlResult run =
            ctl_(ctl_.in_workspace({"run", study("tiny-part", claims), "--variant", "fast", "--seed", "2"}));
        QVERIFY2(run.status == 0, run.error.constData());
        const json found = claims_of({"tiny-part"});
        QCOMPARE(found[0]["verdict"].get<std::string>(), std::string("undecided"));
        const std::string reason = found[0]["reason"].get<std::string>();
        QVERIFY(reason.find("fast/1, slow/1, slow/2") != std::string::npos);
        QCOMPARE(test_of(found, 0, 0)["n"].get<int>(), 0);
        QVERIFY(test_of(found, 0, 0)["effect"].is_null());
        QCOMPARE(test_of(found, 0, 1)["n"].get<int>(), 1);
        QVERIFY(std::abs(test_of(found, 0, 1)["effect"].get<double>() - unrest("tiny-part/fast/2")) < 1e-9);
    }
    void aQuickFormConcludesNothing() {
        const json claims = json::parse(R"([{"id": "x", "text": "Low.", "tests": [
            {"kind": "at_most", "variant": "slow", "value": 100}]}])");
        const QString file = study("tiny-quick", claims, {{"conclusions", false}, {"seeds", {1}}});
        const CtlResult run =
            ctl_(ctl_.in_workspace({"run", file, "--variant", "slow", "--set", "/optim/lr=1e-8"}));
        QVERIFY2(run.status == 0, run.error.constData());
        const json found = claims_of({"tiny-quick"});
        QCOMPARE(found[0]["deviating"].dump(), std::string(R"(["slow/1"])"));
        QVERIFY(!found[0]["conclusions"].get<bool>());
        QCOMPARE(found[0]["verdict"].get<std::string>(), std::string("undecided"));
        QVERIFY(ctl_(ctl_.in_workspace({"claims", "tiny-quick"}))
                    .out.contains("x (tiny-quick): no conclusions: Low."));
    }
    void anUnknownStudyIsAnError() {
        const CtlResult result = ctl_(ctl_.in_workspace({"claims", "nothing"}));
        QCOMPARE(result.status, 3);
        QVERIFY(result.error.contains("has no study nothing"));
    }
};

QTEST_GUILESS_MAIN(TestClaimsCommand)
#include "test_claims_command.moc"
