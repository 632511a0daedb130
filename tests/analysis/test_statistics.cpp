// SPDX-License-Identifier: GPL-3.0-or-later
// Against SciPy, and against cases worked by hand.
#include "analysis/mean_bootstrap.h"
#include "analysis/paired_tests.h"
#include "analysis/student_t.h"
#include "spec/run_spec_json.h"
#include "tests/nn/python.h"

#include <QTest>
#include <cmath>
#include <limits>

using namespace retort;

namespace {

using Values = std::vector<double>;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

bool is_near(std::optional<double> value, double wanted, double tolerance = 1e-10) {
    const bool is_so = value && std::abs(*value - wanted) <= tolerance * std::max(std::abs(wanted), 1e-3);
    if (!is_so) qWarning("%.15g is not %.15g", value.value_or(not_a_number), wanted);
    return is_so;
}

struct Pair {
    Values x, y;
    double margin;
};

const std::vector<Values> samples = {
    {3.41, 3.44, 3.39}, {1, 2}, {-0.3, 12.5, 1e-9, 4, 4, 4, 7.25, -8}, {3.5001, 3.5002, 3.5003, 3.5001}};
// The second and third have ties, the third zeros too.
const std::vector<Pair> pairs = {
    {{3.41, 3.44, 3.39, 3.52, 3.47, 3.40, 3.45}, {3.46, 3.45, 3.37, 3.58, 3.55, 3.49, 3.48}, 0.05},
    {{1, 2, 3, 4, 5, 6, 7}, {2, 1, 5, 2, 8, 3, 11}, 2},
    {{1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 3, 2, 4, 7, 4, 6, 5, 5}, 0.5},
    {{0.1, 0.25, 0.33, 0.47, 0.5, 0.9}, {0, 0, 0, 0, 0, 0}, 0.7}};
const std::vector<std::pair<double, double>> quantiles = {{0.975, 1},     {0.975, 2},  {0.975, 4.5},
                                                          {0.025, 9},     {0.6, 3},    {0.5, 7},
                                                          {0.9999999, 2}, {1e-10, 40}, {0.95, 1e6}};

nlohmann::json asked() {
    nlohmann::json question = {
        {"samples", samples}, {"quantiles", quantiles}, {"pairs", nlohmann::json::array()}};
    for (const Pair& pair : pairs)
        question["pairs"].push_back({pair.x, pair.y, pair.margin});
    return question;
}

} // namespace

class TestStatistics : public QObject {
    Q_OBJECT
private:
    nlohmann::json m_scipy; ///< null: not installed

private Q_SLOTS:
    void initTestCase() {
        if (!test::python_has(QStringLiteral("scipy"))) return;
        const auto judge =
            test::run_python({QStringLiteral(RETORT_SOURCE_DIR "/tests/reference/statistics_reference.py"),
                              QString::fromStdString(asked().dump())});
        QVERIFY2(judge.status == 0, qPrintable(judge.output));
        m_scipy = nlohmann::json::parse(judge.output.toStdString());
    }
    void summariesAgreeWithSciPy() {
        if (m_scipy.is_null()) QSKIP("python3-scipy, the judge, is not installed");
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const SampleSummary summary = summarise(samples[i]);
            const auto& wanted = m_scipy["samples"][i];
            QVERIFY(is_near(summary.mean, wanted["mean"]));
            QVERIFY(is_near(summary.standard_deviation, wanted["sd"]));
            QVERIFY(is_near(summary.standard_error, wanted["se"]));
            QVERIFY(is_near(summary.interval->low, wanted["low"]));
            QVERIFY(is_near(summary.interval->high, wanted["high"]));
        }
    }
    void bootstrapAgreesWithSciPyWithinItsNoise() {
        if (m_scipy.is_null()) QSKIP("python3-scipy, the judge, is not installed");
        for (const std::size_t i : {std::size_t{0}, std::size_t{2}}) {
            const auto interval = bootstrap_interval(samples[i], 0.95, 40'000);
            const auto& wanted = m_scipy["samples"][i];
            const double noise = 0.03 * wanted["se"].get<double>();
            QVERIFY(std::abs(interval->low - wanted["boot_low"].get<double>()) < noise);
            QVERIFY(std::abs(interval->high - wanted["boot_high"].get<double>()) < noise);
        }
    }
    void bootstrapIsTheSameEachTime() {
        const auto first = bootstrap_interval(samples[2]), again = bootstrap_interval(samples[2]);
        QCOMPARE(first->low, again->low);
        QCOMPARE(first->high, again->high);
        QVERIFY(bootstrap_interval(samples[2], 0.95, 100, 2)->low !=
                bootstrap_interval(samples[2], 0.95, 100)->low);
        // Of two values 1 resample in 4 is all of the lower and 1 in 4 all of the upper one.
        QCOMPARE(bootstrap_interval(Values{1, 2})->low, 1.0);
        QCOMPARE(bootstrap_interval(Values{1, 2})->high, 2.0);
    }
    void bootstrapByHand() {
        // Of 0, 3, 6 a resample in 27 is all 0 (3.7 %), and three more have the sum 3: in all 14.8 %.
        const Interval most = *bootstrap_interval(Values{0, 3, 6}, 0.95);
        QCOMPARE(most.low, 0.0);
        QCOMPARE(most.high, 6.0);
        const Interval less = *bootstrap_interval(Values{0, 3, 6}, 0.9);
        QCOMPARE(less.low, 1.0);
        QCOMPARE(less.high, 5.0);
        // How often the 1 is drawn is binomial: of six with 1/6, P(4 or more) = 0.0087 and P(3) = 0.0536; of
        // eight with 1/8, which are too many to weigh all, P(4 or more) = 0.0113 and P(3) = 0.0561.
        QCOMPARE(bootstrap_interval(Values{0, 0, 0, 0, 0, 1})->high, 0.5);
        QCOMPARE(bootstrap_interval(Values{0, 0, 0, 0, 0, 1})->low, 0.0);
        QCOMPARE(bootstrap_interval(Values{0, 0, 0, 0, 0, 0, 0, 1})->high, 3.0 / 8);
        QCOMPARE(bootstrap_interval(Values{1, 0, 0, 0, 0, 0, 0, 0})->low, 0.0);
    }
    void quantilesAndTailsAgreeWithSciPy() {
        if (m_scipy.is_null()) QSKIP("python3-scipy, the judge, is not installed");
        for (std::size_t i = 0; i < quantiles.size(); ++i) {
            const auto [p, df] = quantiles[i];
            const double t = student_t_quantile(p, df);
            QVERIFY(is_near(t, m_scipy["quantiles"][i], 1e-9));
            QVERIFY(is_near(student_t_two_sided(t, df), m_scipy["two_sided"][i], 1e-9));
            QVERIFY(is_near(1 - student_t_tail(t, df), p, 1e-9));
        }
    }
    void quantilesOfKnownForm() {
        // One degree of freedom is Cauchy's distribution, tan(π (p - 1/2)); two have 2 (p - 1/2) √(2 / (4 p
        // (1 - p))).
        QVERIFY(is_near(student_t_quantile(0.75, 1), 1));
        QVERIFY(is_near(student_t_quantile(0.8, 2), 0.6 * std::sqrt(2 / 0.64)));
        QCOMPARE(student_t_two_sided(infinity, 3), 0.0);
        // I_x(1, b) = 1 - (1 - x)^b
        QVERIFY(is_near(regularized_incomplete_beta(1, 3, 0.25), 1 - std::pow(0.75, 3)));
    }
    void pairedTestsAgreeWithSciPy() {
        if (m_scipy.is_null()) QSKIP("python3-scipy, the judge, is not installed");
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const auto& [x, y, margin] = pairs[i];
            const auto& wanted = m_scipy["pairs"][i];
            const PairedDifference difference = paired_difference(x, y);
            QVERIFY(is_near(difference.t, wanted["t"], 1e-9));
            QVERIFY(is_near(difference.p, wanted["p"], 1e-9));
            QVERIFY(is_near(difference.effect_size, wanted["d"], 1e-9));
            QVERIFY(is_near(test_equivalence(x, y, margin).p, wanted["tost"], 1e-9));
            const SignedRank ranks = signed_rank_test(x, y);
            QVERIFY(is_near(ranks.positive, wanted["positive"]));
            QVERIFY(is_near(ranks.p, wanted["rank_p"]));
        }
    }
    void pairedTestByHand() {
        // Differences 1, 2, 3: mean 2, deviation 1, error 1/√3, t = 2√3; p of t² = 12 with 2 degrees of
        // freedom is 1 - √(12 / 14).
        const PairedDifference difference = paired_difference(Values{2, 4, 6}, Values{1, 2, 3});
        QCOMPARE(difference.n, std::size_t{3});
        QVERIFY(is_near(difference.t, 2 * std::sqrt(3.0)));
        QVERIFY(is_near(difference.p, 1 - std::sqrt(12.0 / 14)));
        QVERIFY(is_near(difference.effect_size, 2));
        QVERIFY(is_near(difference.differences.interval->high - 2, 4.302652729911275 / std::sqrt(3.0)));
    }
    void signedRanksByHand() {
        // All of six positive: 1 of 64 assignments is as far to each side.
        const Values zeros(6, 0.0);
        QVERIFY(is_near(signed_rank_test(Values{1, 2, 3, 4, 5, 6}, zeros).p, 2.0 / 64));
        // Sizes 1 1 1 1 1 1 share rank 3.5; five positive: 1 + 6 of 64 are as far to each side.
        const SignedRank tied = signed_rank_test(Values{1, 1, -1, 1, 1, 1}, zeros);
        QCOMPARE(tied.positive, 17.5);
        QVERIFY(is_near(tied.p, 14.0 / 64));
        const SignedRank few = signed_rank_test(Values{1, 2, 3, 4, 5, 0}, zeros);
        QCOMPARE(few.n, std::size_t{5});
        QVERIFY(few.is_too_small && !few.p);
        QVERIFY(!signed_rank_test(Values{-1, 2, -3, 4, -5, 6}, zeros).is_too_small);
        QVERIFY(signed_rank_test(zeros, zeros).is_too_small);
    }
    void holmByHand() {
        // 0.01 × 4, 0.02 × 3, 0.03 × 2 held up to the one before, 0.9 × 1
        const Values adjusted = holm_adjusted(Values{0.03, 0.9, 0.01, 0.02});
        const Values wanted = {0.06, 0.9, 0.04, 0.06};
        for (std::size_t i = 0; i < wanted.size(); ++i)
            QVERIFY(is_near(adjusted[i], wanted[i]));
        QCOMPARE(holm_adjusted(Values{0.7, 0.6}), (Values{1, 1}));
        QVERIFY(holm_adjusted({}).empty());
    }
    void verdictsNeedPairsAndEvidence() {
        const Values y = {3.46, 3.45, 3.37, 3.58, 3.55, 3.49};
        Values lower = y, unsure = y;
        for (std::size_t i = 0; i < y.size(); ++i) {
            lower[i] -= 0.05 + 0.001 * static_cast<double>(i);
            unsure[i] += i % 2 == 0 ? 0.1 : -0.09;
        }
        const auto verdict = [](const Values& x, const Values& reference) {
            const PairedDifference difference = paired_difference(x, reference);
            return is_lower(difference, difference.p);
        };
        QCOMPARE(verdict(lower, y), Verdict::supported);
        QCOMPARE(verdict(y, lower), Verdict::contradicted);
        QCOMPARE(verdict(unsure, y), Verdict::undecided);
        const auto five = [](const Values& values) { return Values(values.begin(), values.end() - 1); };
        QCOMPARE(verdict(five(lower), five(y)), Verdict::undecided);
        QCOMPARE(is_lower(paired_difference(lower, y), 0.05), Verdict::undecided);
        QCOMPARE(test_equivalence(lower, y, 0.06).verdict, Verdict::supported);
        QCOMPARE(test_equivalence(lower, y, 0.04).verdict, Verdict::contradicted);
        QCOMPARE(test_equivalence(unsure, y, 0.05).verdict, Verdict::undecided);
        QCOMPARE(test_equivalence(five(lower), five(y), 0.06).verdict, Verdict::undecided);
        QCOMPARE(QByteArray(verdict_word(Verdict::undecided).data()), QByteArray("undecided"));
    }
    void fewValuesSayLittle() {
        QVERIFY(!summarise({}).mean);
        const SampleSummary one = summarise(Values{3});
        QCOMPARE(one.mean, std::optional(3.0));
        QVERIFY(!one.standard_deviation && !one.standard_error && !one.interval);
        QVERIFY(!bootstrap_interval(Values{3}));
        QVERIFY(!paired_difference(Values{3}, Values{2}).p);
        QCOMPARE(paired_difference(Values{3}, Values{2}).differences.mean, std::optional(1.0));
    }
    void whatDoesNotVaryHasNoTest() {
        // 0.1 more each time, but for the rounding of the last bit.
        const PairedDifference same =
            paired_difference(Values{1.1, 2.1, 3.1, 4.1, 5.1, 6.1}, Values{1, 2, 3, 4, 5, 6});
        QVERIFY(is_near(same.differences.mean, 0.1));
        QVERIFY(!same.t && !same.p && !same.effect_size && !same.differences.interval);
        QVERIFY(!test_equivalence(Values{1, 2}, Values{1, 2}, 0.01).p);
    }
    void aValueThatIsNotFiniteEmptiesItsSample() {
        for (const double bad : {not_a_number, infinity, -infinity}) {
            const Values x = {1, bad, 3, 4, 5, 6, 7}, y = {2, 3, 4, 6, 6, 7, 9};
            QCOMPARE(summarise(x).n, std::size_t{7});
            QVERIFY(!summarise(x).mean && !summarise(x).interval && !bootstrap_interval(x));
            QVERIFY(!paired_difference(x, y).p && !paired_difference(y, x).differences.mean);
            QVERIFY(!test_equivalence(x, y, 1).p);
            QVERIFY(!signed_rank_test(x, y).p);
        }
    }
};

QTEST_APPLESS_MAIN(TestStatistics)
#include "test_statistics.moc"
