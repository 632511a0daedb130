// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/comparison_report.h"

#include <QTest>
#include <cmath>

using namespace retort;

namespace {

/// Six seeds each; b is above a by 0.5 and a little.
std::vector<SeedCurve> curves_of_two() {
    std::vector<SeedCurve> curves;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const double noise = 0.01 * static_cast<double>(seed);
        curves.push_back({"a", seed, {10, 20}, {5.0, 4.0 + noise}});
        curves.push_back({"b", seed, {10, 20}, {5.5, 4.5 + noise + (seed % 2 == 0 ? 0.002 : 0.0)}});
    }
    return curves;
}

std::vector<ComparedVariant> two_variants() {
    return compare_variants(curves_of_two(), "a", Better::lower);
}

} // namespace

class TestComparisonReport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theNumbersAreThoseOfTheComparison() {
        const ReportTable table =
            comparison_table(two_variants(), {"Loss", "nats per token", Better::lower, "a"});
        QCOMPARE(table.rows.size(), std::size_t{2});
        QCOMPARE(table.rows[0].size(), table.columns.size());
        const auto& a = table.rows[0];
        QCOMPARE(a[0].text, "a");
        QCOMPARE(a[1].text, "6");
        QVERIFY(std::abs(*a[2].value - 4.035) < 1e-12); // 4 + mean of 0.01 … 0.06
        QVERIFY(std::abs(*a[2].spread - 0.018708286933869708) < 1e-12);
        QVERIFY(a[2].is_best && !table.rows[1][2].is_best);
        QCOMPARE(a[2].text, "4.035 ± 0.019");
        QCOMPARE(a[4].text, "–");
        const auto& b = table.rows[1];
        QVERIFY(std::abs(*b[4].value - 0.501) < 1e-12);
        QCOMPARE(b[4].mark, "*");
        QCOMPARE(b[5].text, "<0.001");
        QVERIFY(b[6].value.has_value()); // 2 / 2^6
        QVERIFY(std::abs(*b[6].value - 0.03125) < 1e-12);
    }
    /// Of two tests the smaller p counts twice.
    void bothTestsAreCorrected() {
        std::vector<SeedCurve> curves = curves_of_two();
        for (std::uint64_t seed = 1; seed <= 6; ++seed)
            curves.push_back({"c", seed, {10}, {5 + 0.02 * static_cast<double>(seed)}});
        const ReportTable table = comparison_table(compare_variants(curves, "a", Better::lower),
                                                   {"Loss", "nats per token", Better::lower, "a"});
        QCOMPARE(table.columns[6].key, "p_signed_rank_holm");
        QVERIFY(std::abs(*table.rows[1][6].value - 0.0625) < 1e-12);
        QVERIFY(std::abs(*table.rows[2][6].value - 0.0625) < 1e-12);
    }
    void theCaptionSaysWhatTheMarksMean() {
        const ReportTable table =
            comparison_table(two_variants(), {"Loss", "nats per token", Better::lower, "a"});
        for (const char* part :
             {"Loss (nats per token)", "6 seeds", "Bold: the best mean", "Differences to a", "* p < 0.05"})
            QVERIFY2(table.caption.find(part) != std::string::npos, part);
    }
    void ofThreeTheSecondIsUnderlined() {
        std::vector<SeedCurve> curves;
        for (const auto& [name, value] : {std::pair("a", 3.0), std::pair("b", 2.0), std::pair("c", 1.0)})
            curves.push_back({name, 1, {10}, {value}});
        const ReportTable table =
            comparison_table(compare_variants(curves, "", Better::higher), {"Score", "", Better::higher, ""});
        QVERIFY(table.rows[0][2].is_best && !table.rows[0][2].is_second);
        QVERIFY(table.rows[1][2].is_second && !table.rows[1][2].is_best);
        QVERIFY(!table.rows[2][2].is_best && !table.rows[2][2].is_second);
        QVERIFY(table.caption.find("Underlined: the second best") != std::string::npos);
    }
    void withoutAReferenceThereAreNoDifferences() {
        const ReportTable table = comparison_table(two_variants(), {"ce", "", Better::neither, ""});
        QCOMPARE(table.columns.size(), std::size_t{4});
        QVERIFY(!table.rows[0][2].is_best && !table.rows[1][2].is_best);
        QVERIFY(table.caption.find("Bold") == std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestComparisonReport)
#include "test_comparison_report.moc"
