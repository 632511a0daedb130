// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/length_summary.h"

#include <QTest>
#include <cmath>

using namespace retort;

class TestLengthSummary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingHasNoLength() {
        const LengthSummary none = summarise_lengths({});
        QCOMPARE(none.count, std::int64_t{0});
        QVERIFY(none.bins.empty());
    }
    void numbersAreThoseByHand() {
        // numpy.quantile([3, 5, 8, 40, 100], [.05, .5, .95]) = [3.4, 8, 88]
        const LengthSummary summary = summarise_lengths({40, 3, 100, 8, 5});
        QCOMPARE(summary.count, std::int64_t{5});
        QCOMPARE(summary.total, std::int64_t{156});
        QCOMPARE(summary.shortest, std::int64_t{3});
        QCOMPARE(summary.longest, std::int64_t{100});
        QCOMPARE(summary.mean, 31.2);
        QCOMPARE(summary.low, 3.4);
        QCOMPARE(summary.median, 8.0);
        QCOMPARE(summary.high, 88.0);
    }
    void binsHoldTheirLengths() {
        const std::vector<std::int64_t> lengths = {0, 1, 2, 3, 4, 63, 64, 65, 1024, 1448, 1449, 4095, 4096};
        const LengthSummary summary = summarise_lengths(lengths);
        std::int64_t counted = 0;
        for (std::size_t i = 0; i < summary.bins.size(); ++i) {
            const LengthBin& bin = summary.bins[i];
            if (i > 0) QCOMPARE(bin.low, summary.bins[i - 1].high);
            QVERIFY(std::abs(bin.high / bin.low - std::sqrt(2.0)) < 1e-12);
            std::int64_t inside = 0;
            for (const std::int64_t length : lengths) {
                const auto value = static_cast<double>(std::max<std::int64_t>(1, length));
                inside += bin.low <= value && value < bin.high ? 1 : 0;
            }
            QCOMPARE(bin.count, inside);
            counted += bin.count;
        }
        QCOMPARE(counted, std::int64_t{13});
        QCOMPARE(summary.bins.front().low, 1.0);
        QCOMPARE(summary.bins.back().low, 4096.0); // a power of two begins a bin
    }
    void summariesShareTheirBorders() {
        const LengthSummary few = summarise_lengths({700}), many = summarise_lengths({1, 700, 90'000});
        QCOMPARE(few.bins.size(), std::size_t{1});
        const auto same = std::ranges::find(many.bins, few.bins.front().low, &LengthBin::low);
        QVERIFY(same != many.bins.end() && same->high == few.bins.front().high);
    }
};

QTEST_APPLESS_MAIN(TestLengthSummary)
#include "test_length_summary.moc"
