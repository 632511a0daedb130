// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/philox.h"

#include <QTest>
#include <cmath>
#include <set>

using namespace retort;

class TestPhilox : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Known answers of the authors' Random123 distribution, kat_vectors: philox4x32-10.
    void agreesWithKnownAnswers() {
        QVERIFY(
            (philox({0, 0, 0, 0}, {0, 0}) == PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
        constexpr std::uint32_t ones = 0xffffffff;
        QVERIFY((philox({ones, ones, ones, ones}, {ones, ones}) ==
                 PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
        QVERIFY((philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
                 PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
    }
    void streamsOfDifferentNamesDiffer() {
        const std::set<std::uint64_t> first = {
            RandomStream(1, "init", "a").bits(0, 0), RandomStream(2, "init", "a").bits(0, 0),
            RandomStream(1, "data", "a").bits(0, 0), RandomStream(1, "init", "b").bits(0, 0),
            RandomStream(1, "inita", "").bits(0, 0), RandomStream(1, "init", "a").bits(1, 0),
            RandomStream(1, "init", "a").bits(0, 1)};
        QCOMPARE(first.size(), std::size_t{7});
    }
    void normalHasMeanZeroAndVarianceOne() {
        const RandomStream stream(3, "test");
        double sum = 0, squares = 0;
        constexpr int n = 100'000;
        for (int i = 0; i < n; ++i) {
            const double x = stream.normal(0, static_cast<std::uint64_t>(i));
            sum += x;
            squares += x * x;
        }
        QVERIFY(std::abs(sum / n) < 5 / std::sqrt(n));
        QVERIFY(std::abs(squares / n - 1) < 5 * std::sqrt(2.0 / n));
    }
    void belowStaysBelowAndReachesAll() {
        const RandomStream stream(4, "test");
        std::set<std::uint64_t> seen;
        for (std::uint64_t i = 0; i < 1000; ++i)
            seen.insert(stream.below(7, 0, i));
        QCOMPARE(seen.size(), std::size_t{7});
        QCOMPARE(*seen.rbegin(), std::uint64_t{6});
    }
};

QTEST_APPLESS_MAIN(TestPhilox)
#include "test_philox.moc"
