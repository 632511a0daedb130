// SPDX-License-Identifier: GPL-3.0-or-later
// Against SciPy, and against cases worked by hand.
#include "analysis/claims.h"
#include "tests/nn/python.h"

#include <QTest>
#include <cmath>
#include <limits>
#include <random>

using namespace retort;

namespace {

using Values = std::vector<double>;
using Seeds = std::vector<std::uint64_t>;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

bool is_near(const std::optional<double>& value, double wanted, double tolerance = 1e-8) {
    const bool is_so = value && std::abs(*value - wanted) <= tolerance * std::max(1.0, std::abs(wanted));
    if (!is_so) qWarning("%.15g is not %.15g", value.value_or(not_a_number), wanted);
    return is_so;
}

Seeds seeds_to(std::uint64_t last) {
    Seeds seeds;
    for (std::uint64_t seed = 1; seed <= last; ++seed)
        seeds.push_back(seed);
    return seeds;
}

/// Of seeds 1, 2, …
MetricValues values_of(const std::string& variant, const Values& values) {
    MetricValues all;
    for (std::size_t i = 0; i < values.size(); ++i)
        all[{variant, i + 1}] = values[i];
    return all;
}

ClaimTest test_of(ClaimKind kind, std::optional<double> number = {}, const char* metric = "") {
    ClaimTest test{kind, "a", compares_variants(kind) ? "b" : "", metric, {}, {}};
    (compares_variants(kind) ? test.margin : test.value) = number;
    return test;
}

ClaimResult assess(std::vector<ClaimTest> tests, const Values& a, const Values& b, std::uint64_t seeds = 6) {
    ClaimValues values;
    values["loss"] = values_of("a", a);
    values["loss"].merge(values_of("b", b));
    return assess_claim({"id", "text", std::move(tests)}, seeds_to(seeds), values);
}

Verdict verdict(ClaimKind kind, const Values& a, const Values& b, std::optional<double> number = {}) {
    return assess({test_of(kind, number)}, a, b).verdict;
}

const Values base = {3.46, 3.45, 3.37, 3.58, 3.55, 3.49};

/// base with something added that is near `shift` and differs from seed to seed.
Values near_base(double shift, double spread = 0.001) {
    Values values = base;
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] += shift + spread * (static_cast<double>(i) - 2.5);
    return values;
}

/// Claims of several tests each on random samples, whose differences are of the size of their spread.
struct RandomClaim {
    Claim claim;
    ClaimValues values;
    std::size_t seeds;
};

RandomClaim random_claim(std::mt19937& random) {
    const auto draw = [&random] { return static_cast<double>(random() % 2001) / 1000 - 1; };
    RandomClaim made{{"id", "text", {}}, {}, 6 + random() % 5};
    const std::size_t tests = 1 + random() % 5;
    for (std::size_t t = 0; t < tests; ++t) {
        const std::string metric = "loss.d" + std::to_string(t);
        const auto kind = static_cast<ClaimKind>(random() % 5);
        made.claim.tests.push_back(
            test_of(kind, kind == ClaimKind::alike ? 0.3 + std::abs(draw()) : draw(), metric.c_str()));
        if (kind == ClaimKind::lower || kind == ClaimKind::higher) made.claim.tests.back().margin.reset();
        const double shift = draw();
        for (std::uint64_t seed = 1; seed <= made.seeds; ++seed) {
            made.values[metric][{"b", seed}] = draw();
            made.values[metric][{"a", seed}] = made.values[metric][{"b", seed}] + shift + draw() / 2;
        }
    }
    return made;
}

nlohmann::json asked(const RandomClaim& made) {
    nlohmann::json question = nlohmann::json::array();
    for (const ClaimTest& test : made.claim.tests) {
        nlohmann::json one = {{"kind", std::string(name_of(test.kind))}, {"x", nlohmann::json::array()}};
        for (std::uint64_t seed = 1; seed <= made.seeds; ++seed) {
            one["x"].push_back(made.values.at(test.metric).at({"a", seed}));
            if (!test.value) one["y"].push_back(made.values.at(test.metric).at({"b", seed}));
        }
        if (test.value) one["y"] = *test.value;
        if (test.margin) one["margin"] = *test.margin;
        question.push_back(one);
    }
    return question;
}

} // namespace

class TestClaims : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void testsAgreeWithSciPy() {
        if (!test::python_has(QStringLiteral("scipy"))) QSKIP("python3-scipy, the judge, is not installed");
        std::mt19937 random(3);
        std::vector<RandomClaim> claims;
        nlohmann::json question = nlohmann::json::array();
        for (int i = 0; i < 60; ++i) {
            claims.push_back(random_claim(random));
            question.push_back(asked(claims.back()));
        }
        const auto judge =
            test::run_python({QStringLiteral(RETORT_SOURCE_DIR "/tests/reference/claims_reference.py"),
                              QString::fromStdString(question.dump())});
        QVERIFY2(judge.status == 0, qPrintable(judge.output));
        const auto wanted = nlohmann::json::parse(judge.output.toStdString());
        std::map<std::string, int> verdicts;
        for (std::size_t i = 0; i < claims.size(); ++i) {
            const ClaimResult result =
                assess_claim(claims[i].claim, seeds_to(claims[i].seeds), claims[i].values);
            for (std::size_t t = 0; t < result.tests.size(); ++t) {
                const ClaimTestResult& test = result.tests[t];
                QVERIFY(is_near(test.effect, wanted[i][t]["effect"]));
                QVERIFY(is_near(test.interval->low, wanted[i][t]["low"]));
                QVERIFY(is_near(test.interval->high, wanted[i][t]["high"]));
                QVERIFY(is_near(test.p, wanted[i][t]["p"]));
                QCOMPARE(std::string(verdict_word(test.verdict)), wanted[i][t]["verdict"].get<std::string>());
                ++verdicts[std::string(name_of(test.test.kind)) + wanted[i][t]["verdict"].get<std::string>()];
            }
        }
        QCOMPARE(verdicts.size(), std::size_t{15}); // each kind had each verdict
    }
    void verdictsByHand() {
        using enum Verdict;
        QCOMPARE(verdict(ClaimKind::lower, near_base(-0.1), base), supported);
        QCOMPARE(verdict(ClaimKind::lower, near_base(0.1), base), contradicted);
        QCOMPARE(verdict(ClaimKind::higher, near_base(0.1), base), supported);
        QCOMPARE(verdict(ClaimKind::higher, near_base(0, 0.1), base), undecided);
        QCOMPARE(verdict(ClaimKind::alike, near_base(0.004), base), supported); // to 0.01, the default
        QCOMPARE(verdict(ClaimKind::alike, near_base(0.1), base), contradicted);
        QCOMPARE(verdict(ClaimKind::alike, near_base(0.1), base, 0.2), supported);
        QCOMPARE(verdict(ClaimKind::alike, near_base(0, 0.05), base), undecided);
        QCOMPARE(verdict(ClaimKind::at_most, base, {}, 4), supported);
        QCOMPARE(verdict(ClaimKind::at_most, base, {}, 3), contradicted);
        QCOMPARE(verdict(ClaimKind::at_least, base, {}, 3), supported);
        QCOMPARE(verdict(ClaimKind::at_least, base, {}, 3.48), undecided);
    }
    void holmIsOverTheDirectedTestsOfTheClaim() {
        // Differences −0.1 with a deviation of √3.5 · 0.06: t = −0.1 / (√3.5 · 0.06 / √6), p between 0.01 and
        // 0.05.
        const Values a = near_base(-0.1, 0.045);
        const ClaimResult one = assess({test_of(ClaimKind::lower)}, a, base);
        QVERIFY(*one.tests[0].p > 0.0167 && *one.tests[0].p < 0.05);
        QCOMPARE(one.verdict, Verdict::supported);
        const ClaimResult three = assess({test_of(ClaimKind::lower), test_of(ClaimKind::lower),
                                          test_of(ClaimKind::lower), test_of(ClaimKind::at_most, 9)},
                                         a, base);
        QVERIFY(is_near(three.tests[0].p, 3 * *one.tests[0].p));
        QCOMPARE(three.tests[0].verdict, Verdict::undecided);
        QCOMPARE(three.tests[3].verdict, Verdict::supported);
        QVERIFY(is_near(three.tests[0].signed_rank_p, 4.0 / 64)); // the smallest of six is positive
    }
    void oneContradictionContradicts() {
        const ClaimTest supported = test_of(ClaimKind::lower), contradicted = test_of(ClaimKind::at_least, 9);
        const ClaimTest undecided = test_of(ClaimKind::at_least, 3.38);
        const Values a = near_base(-0.1);
        QCOMPARE(assess({supported, supported}, a, base).verdict, Verdict::supported);
        QCOMPARE(assess({supported, undecided}, a, base).verdict, Verdict::undecided);
        const ClaimResult result = assess({supported, undecided, contradicted}, a, base);
        QCOMPARE(result.verdict, Verdict::contradicted);
        QVERIFY(result.reason.find("1 of 3") != std::string::npos);
    }
    void missingRunsAreNamed() {
        Values fewer = near_base(-0.1);
        fewer.pop_back();
        const ClaimResult result = assess({test_of(ClaimKind::lower)}, fewer, base, 7);
        QCOMPARE(result.verdict, Verdict::undecided);
        QCOMPARE(result.reason, std::string("No finished run of a/6, a/7, b/7."));
        QCOMPARE(result.tests[0].n, std::size_t{5});
        QVERIFY(is_near(result.tests[0].effect, -0.1005)); // the last of the spread is not there
        const ClaimResult nothing =
            assess_claim({"id", "text", {test_of(ClaimKind::alike)}}, seeds_to(1), {});
        QCOMPARE(nothing.reason, std::string("No finished run of a/1, b/1."));
        QVERIFY(!nothing.tests[0].effect && !nothing.tests[0].p);
    }
    void aMissingRunIsNotLeftOut() { // else one that diverged would flatter its variant
        Values seven = near_base(-0.1);
        const ClaimResult result = assess({test_of(ClaimKind::lower)}, seven, base, 7);
        QCOMPARE(result.tests[0].n, std::size_t{6});
        QCOMPARE(result.verdict, Verdict::undecided);
    }
    void whatWasNotMeasuredIsNamed() {
        Values values = near_base(-0.1);
        values[2] = not_a_number;
        const ClaimResult result = assess({test_of(ClaimKind::lower)}, values, base);
        QCOMPARE(result.reason, std::string("No number for loss of a/3."));
        QCOMPARE(result.verdict, Verdict::undecided);
    }
    void fewSeedsDecideNothing() {
        const ClaimResult result =
            assess({test_of(ClaimKind::lower), test_of(ClaimKind::at_most, 9)}, near_base(-0.1), base, 5);
        QCOMPARE(result.verdict, Verdict::undecided);
        QVERIFY(result.reason.find("needs 6 seeds, and these are 5") != std::string::npos);
        QVERIFY(*result.tests[0].p < 1e-6);
        QCOMPARE(result.tests[1].verdict, Verdict::undecided);
    }
    void seedsThatAllAgreeAreDecidedByRanks() {
        using enum Verdict;
        const Values up(6, 3.5), down(6, 3.25), same(6, 3.5);
        const ClaimResult lower = assess({test_of(ClaimKind::lower)}, down, up);
        QCOMPARE(lower.verdict, supported);
        QVERIFY(is_near(lower.tests[0].p, 2.0 / 64)); // all of six to one side
        QVERIFY(is_near(lower.tests[0].interval->low, -0.25) &&
                is_near(lower.tests[0].interval->high, -0.25));
        QCOMPARE(verdict(ClaimKind::higher, down, up), contradicted);
        const ClaimResult alike = assess({test_of(ClaimKind::alike)}, same, up);
        QCOMPARE(alike.verdict, supported);
        QVERIFY(is_near(alike.tests[0].p, 1.0 / 64));
        QCOMPARE(verdict(ClaimKind::alike, down, up), contradicted);
        QCOMPARE(verdict(ClaimKind::alike, down, up, 0.5), supported);
        const ClaimResult nothing = assess({test_of(ClaimKind::lower)}, same, up);
        QCOMPARE(nothing.verdict, undecided);
        QVERIFY(nothing.reason.find("No seed shows a difference") != std::string::npos);
        QCOMPARE(verdict(ClaimKind::at_least, up, {}, 3.5), supported);
        QCOMPARE(verdict(ClaimKind::at_least, up, {}, 3.6), contradicted);
    }
    void aQuickFormConcludesNothing() {
        ClaimValues values;
        values["loss"] = values_of("a", base);
        const ClaimResult result =
            assess_claim({"id", "text", {test_of(ClaimKind::at_most, 4)}}, seeds_to(6), values, false);
        QCOMPARE(result.verdict, Verdict::undecided);
        QCOMPARE(result.tests[0].verdict, Verdict::undecided);
        QVERIFY(result.reason.find("without conclusions") != std::string::npos);
        QVERIFY(result.tests[0].effect && result.tests[0].p);
    }
};

QTEST_APPLESS_MAIN(TestClaims)
#include "test_claims.moc"
