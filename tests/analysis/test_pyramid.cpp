// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/pyramid.h"

#include <QTest>
#include <cmath>
#include <random>

using namespace retort;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Noise with now and then a NaN, an infinity or a zero.
double sample(std::mt19937_64& random) {
    switch (random() % 97) {
    case 0:
        return std::nan("");
    case 1:
        return infinity;
    case 2:
        return -infinity;
    case 3:
        return 0;
    default:
        return std::normal_distribution<double>(1, 2)(random);
    }
}

Extent brute_force(std::span<const double> values) {
    Extent extent;
    for (const double value : values)
        extent.add(value);
    return extent;
}

bool same(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

struct Sample {
    MinMaxPyramid series;
    std::vector<double> positions;
};

/// Positions rise by 0 to 4, so that some columns are empty and some places hold several values.
Sample sample_series(std::mt19937_64& random, std::size_t size) {
    Sample made;
    double position = 0;
    for (std::size_t i = 0; i < size; ++i) {
        made.series.append(sample(random));
        made.positions.push_back(position += static_cast<double>(random() % 5));
    }
    return made;
}

} // namespace

class TestPyramid : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rangesEqualBruteForce() {
        std::mt19937_64 random(1);
        for (const std::size_t size : {1u, 15u, 16u, 17u, 256u, 257u, 5000u}) {
            const Sample made = sample_series(random, size);
            for (int trial = 0; trial < 200; ++trial) {
                const std::size_t begin = random() % size, end = begin + random() % (size - begin + 1);
                QVERIFY(made.series.extent(begin, end) ==
                        brute_force(made.series.values().subspan(begin, end - begin)));
            }
        }
    }
    void truncatingAndAppendingAgainEqualsBruteForce() {
        std::mt19937_64 random(2);
        MinMaxPyramid series;
        for (int round = 0; round < 300; ++round) {
            series.truncate(random() % (series.size() + 1));
            for (std::size_t i = random() % 600; i > 0; --i)
                series.append(sample(random));
            QVERIFY(series.extent(0, series.size()) == brute_force(series.values()));
            if (series.size() == 0) continue;
            const std::size_t begin = random() % series.size();
            QVERIFY(series.extent(begin, series.size()) == brute_force(series.values().subspan(begin)));
        }
    }
    void columnsHoldEachValueOfTheWindowOnce() {
        std::mt19937_64 random(3);
        for (int trial = 0; trial < 300; ++trial) {
            const Sample made = sample_series(random, 1 + random() % 3000);
            const double end = made.positions.back();
            const Window window{static_cast<double>(random() % 100), end * 0.9 + 1};
            if (window.to <= window.from) continue;
            std::size_t expected = 0;
            for (const double position : made.positions)
                expected += position >= window.from && position <= window.to;
            std::size_t seen = 0;
            for (const CurveColumn& column : query(made.series, made.positions, window, 1 + random() % 200))
                seen += column.end - column.begin;
            QCOMPARE(seen, expected);
        }
    }
    void columnsTellWhatTheyHold() {
        std::mt19937_64 random(4);
        const Sample made = sample_series(random, 20'000);
        const Window window{1000, 30'000};
        const double width = (window.to - window.from) / 800;
        for (const CurveColumn& column : query(made.series, made.positions, window, 800)) {
            const auto values = made.series.values().subspan(column.begin, column.end - column.begin);
            QVERIFY(column.extent == brute_force(values));
            QVERIFY(same(column.first, values.front()) && same(column.last, values.back()));
            QVERIFY(made.positions[column.end - 1] - made.positions[column.begin] <= width);
        }
    }
    void aWindowOutsideIsEmpty() {
        MinMaxPyramid series;
        QVERIFY(query(series, {}, {0, 1}, 10).empty());
        series.append(1);
        const std::vector<double> positions = {5};
        QVERIFY(query(series, positions, {6, 7}, 10).empty());
        QVERIFY(query(series, positions, {0, 4}, 10).empty());
        QCOMPARE(query(series, positions, {5, 5}, 10).size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestPyramid)
#include "test_pyramid.moc"
