// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/run_comparison.h"

#include <QTest>
#include <cmath>
#include <limits>

using namespace retort;

namespace {

using Steps = std::vector<std::int64_t>;
using Values = std::vector<double>;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

bool is_near(std::optional<double> value, double wanted) {
    return value && std::abs(*value - wanted) < 1e-9;
}

/// `count` seeds of "a" and of "b", at steps 10 and 20; the difference b - a of seed s is 0.1 + s / 1000.
std::vector<SeedCurve> seeds(std::uint64_t count) {
    std::vector<SeedCurve> curves;
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
        const double last = 3 + 0.05 * static_cast<double>(seed * 7 % 5);
        curves.push_back({"a", seed, {10, 20}, {5, last}});
        curves.push_back({"b", seed, {10, 20}, {5, last + 0.1 + static_cast<double>(seed) / 1000}});
    }
    return curves;
}

} // namespace

class TestRunComparison : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bandsByHand_data() {
        QTest::addColumn<int>("band");
        QTest::addColumn<double>("half");
        // Of 1, 2, 3: deviation 1, error 1/√3, t(0.975; 2) = 4.302652729911275.
        QTest::newRow("deviation") << int(Band::standard_deviation) << 1.0;
        QTest::newRow("error") << int(Band::standard_error) << 1 / std::sqrt(3.0);
        QTest::newRow("interval") << int(Band::t_interval) << 4.302652729911275 / std::sqrt(3.0);
        // One of 27 resamples is 1, 1, 1: more than 2.5 %.
        QTest::newRow("bootstrap") << int(Band::bootstrap) << 1.0;
        QTest::newRow("range") << int(Band::range) << 1.0;
    }
    void bandsByHand() {
        QFETCH(int, band);
        QFETCH(double, half);
        const std::vector<SeedCurve> curves = {{"a", 1, {10}, {1}}, {"a", 2, {10}, {3}}, {"a", 3, {10}, {2}}};
        const auto means = mean_curves(curves, static_cast<Band>(band));
        QCOMPARE(means.size(), std::size_t{1});
        QCOMPARE(means[0].n, std::size_t{3});
        QCOMPARE(means[0].means[0], 2.0);
        QVERIFY(is_near(means[0].low[0], 2 - half));
        QVERIFY(is_near(means[0].high[0], 2 + half));
    }
    void meansAreOverStepsThatAllSeedsHave() {
        const std::vector<SeedCurve> curves = {{"a", 2, {10, 20, 30}, {1, 2, 3}},
                                               {"b", 1, {5}, {7}},
                                               {"a", 1, {10, 25, 30, 40}, {3, 9, 5, 9}},
                                               {"a", 3, {}, {}}};
        const auto means = mean_curves(curves, Band::standard_deviation);
        QCOMPARE(means.size(), std::size_t{2});
        QCOMPARE(means[0].variant, std::string("a"));
        QCOMPARE(means[0].n, std::size_t{2});
        QCOMPARE(means[0].steps, (Steps{10, 30}));
        QCOMPARE(means[0].means, (Values{2, 4}));
        QCOMPARE(means[1].variant, std::string("b"));
        QCOMPARE(means[1].low, (Values{7}));
        QCOMPARE(means[1].high, (Values{7}));
    }
    void aSeedThatIsNotFiniteIsNotLeftOut() {
        const std::vector<SeedCurve> curves = {{"a", 1, {10, 20}, {1, not_a_number}},
                                               {"a", 2, {10, 20}, {3, 3}}};
        const auto means = mean_curves(curves, Band::range);
        QCOMPARE(means[0].means[0], 2.0);
        QVERIFY(std::isnan(means[0].means[1]) && std::isnan(means[0].low[1]) && std::isnan(means[0].high[1]));
        const auto variants = compare_variants(curves, "a", Better::lower);
        QCOMPARE(variants[0].step, std::optional(std::int64_t{20}));
        QVERIFY(!variants[0].last.mean);
        QVERIFY(is_near(variants[0].best.mean, 2)); // of 1 and 3
        QVERIFY(!variants[0].mean.mean);
    }
    void differencesArePairedBySeed() {
        std::vector<SeedCurve> curves = seeds(6);
        curves.push_back({"a", 9, {10, 20}, {9, 9}}); // no partner
        std::ranges::reverse(curves);
        const auto variants = compare_variants(curves, "a", Better::lower);
        QCOMPARE(variants.size(), std::size_t{2});
        QVERIFY(!variants[0].difference);
        QCOMPARE(variants[0].n, std::size_t{7});
        const VariantDifference& difference = *variants[1].difference;
        QCOMPARE(difference.seeds, (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6}));
        QCOMPARE(difference.step, std::int64_t{20});
        // The mean of 0.101 … 0.106; their deviation is √3.5 thousandths.
        QVERIFY(is_near(difference.difference.differences.mean, 0.1035));
        QVERIFY(is_near(difference.difference.differences.standard_deviation, std::sqrt(3.5) / 1000));
        QVERIFY(is_near(difference.ranks.p, 2.0 / 64));
        QVERIFY(is_near(difference.adjusted_rank_p, 2.0 / 64));
        // Of (5 + last) / 2, whose last ones are 3.1, 3.2, 3.05, 3.15, 3, 3.1 and 9 beside 9.
        QVERIFY(is_near(variants[0].mean.mean, (6 * 2.5 + (3.1 + 3.2 + 3.05 + 3.15 + 3 + 3.1) / 2 + 9) / 7));
        QCOMPARE(difference.is_better, std::optional(Verdict::contradicted));
        QCOMPARE(compare_variants(curves, "a", Better::higher)[1].difference->is_better,
                 std::optional(Verdict::supported));
        QVERIFY(!compare_variants(curves, "a", Better::neither)[1].difference->is_better);
    }
    void fewerThanSixPairsDecideNothing() {
        const auto variants = compare_variants(seeds(5), "a", Better::lower);
        const VariantDifference& difference = *variants[1].difference;
        QVERIFY(difference.difference.p && *difference.difference.p < 1e-4);
        QVERIFY(difference.ranks.is_too_small && !difference.adjusted_rank_p);
        QCOMPARE(difference.is_better, std::optional(Verdict::undecided));
    }
    void manyVariantsAreCorrectedFor() {
        std::vector<SeedCurve> curves = seeds(6);
        for (std::uint64_t seed = 1; seed <= 6; ++seed)
            curves.push_back({"c", seed, {20}, {seed % 2 == 0 ? 3.0 : 3.3}});
        const auto variants = compare_variants(curves, "a", Better::lower);
        const auto& b = *variants[1].difference;
        const auto& c = *variants[2].difference;
        QVERIFY(*b.difference.p < *c.difference.p);
        QVERIFY(is_near(b.adjusted_p, 2 * *b.difference.p));
        QVERIFY(is_near(c.adjusted_p, *c.difference.p));
        QVERIFY(*b.ranks.p < *c.ranks.p);
        QVERIFY(is_near(b.adjusted_rank_p, 2 * *b.ranks.p));
        QVERIFY(is_near(c.adjusted_rank_p, *c.ranks.p));
    }
    void unevenRunsAreComparedWhereAllAre() {
        const std::vector<SeedCurve> curves = {{"a", 1, {10, 20}, {5, 4}},
                                               {"a", 2, {10, 20}, {5, 4}},
                                               {"b", 1, {10, 20, 30}, {5, 3, 2}},
                                               {"b", 2, {10}, {4.5}}};
        const auto variants = compare_variants(curves, "a", Better::lower);
        QCOMPARE(variants[1].step, std::optional(std::int64_t{10}));
        QCOMPARE(variants[1].newest_step, std::int64_t{30});
        QVERIFY(is_near(variants[1].last.mean, 4.75));
        QVERIFY(is_near(variants[1].best.mean, 3.25));
        QCOMPARE(variants[1].difference->step, std::int64_t{10});
        QVERIFY(is_near(variants[1].difference->difference.differences.mean, -0.25));
    }
    void aRunThatTrainsNothingStandsAtEveryStep() {
        std::vector<SeedCurve> curves = seeds(6);
        for (std::uint64_t seed = 1; seed <= 6; ++seed) // of seeds() at step 20, less 0.1 + s / 1000
            curves.push_back(
                {"ple",
                 seed,
                 {0},
                 {2.9 + 0.05 * static_cast<double>(seed * 7 % 5) - static_cast<double>(seed) / 1000},
                 true});
        const auto variants = compare_variants(curves, "a", Better::lower);
        const ComparedVariant& ple = variants[2];
        QCOMPARE(ple.step, std::optional(std::int64_t{20}));
        QCOMPARE(ple.newest_step, std::int64_t{20});
        QCOMPARE(ple.difference->step, std::int64_t{20});
        QVERIFY(is_near(ple.difference->difference.differences.mean, -0.1035));
        QCOMPARE(ple.difference->is_better, std::optional(Verdict::supported));
        QVERIFY(is_near(ple.last.mean, *ple.best.mean));
        const auto others = compare_variants(curves, "ple", Better::lower);
        QCOMPARE(others[1].difference->step, std::int64_t{20});
        QVERIFY(is_near(others[0].difference->difference.differences.mean, 0.1035));
        const MeanCurve mean = mean_curves(curves, Band::range)[2];
        QCOMPARE(mean.steps, (Steps{10, 20}));
        QCOMPARE(mean.means[0], mean.means[1]);
    }
    void whatStandsGoesOverTheStepsOfAllOthers() {
        const std::vector<SeedCurve> curves = {{"p", 1, {0}, {7}, true},
                                               {"a", 1, {10, 30}, {5, 4}},
                                               {"b", 1, {10, 20}, {5, 4}},
                                               {"q", 1, {}, {}, true}};
        const auto extended = extend_standing(curves);
        QCOMPARE(extended[0].steps, (Steps{10, 20, 30}));
        QCOMPARE(extended[0].values, (Values{7, 7, 7}));
        QCOMPARE(extended[1].steps, (Steps{10, 30}));
        QVERIFY(extended[3].steps.empty());
        const auto variants = compare_variants(curves, "p", Better::lower);
        QCOMPARE(variants[1].difference->step, std::int64_t{30});
        QCOMPARE(variants[2].difference->step, std::int64_t{20});
        QCOMPARE(extend_standing(std::span(curves).first(1))[0].steps, (Steps{0}));
    }
    void nothingInCommonGivesNoDifference() {
        const std::vector<SeedCurve> curves = {{"a", 1, {10}, {5}}, {"b", 2, {10}, {4}}, {"c", 1, {11}, {4}}};
        for (const ComparedVariant& variant : compare_variants(curves, "a", Better::lower))
            QVERIFY(!variant.difference);
        QVERIFY(!compare_variants(seeds(6), "z", Better::lower)[1].difference);
        QVERIFY(compare_variants({}, "a", Better::lower).empty());
    }
};

QTEST_APPLESS_MAIN(TestRunComparison)
#include "test_run_comparison.moc"
