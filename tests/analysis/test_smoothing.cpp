// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/smoothing.h"

#include <QTest>
#include <limits>
#include <vector>

using namespace retort;

namespace {

/// The weighted mean written out: weights w^(t-i), which sum to (1 - w^t) / (1 - w).
double written_out(const std::vector<double>& values, double weight) {
    double sum = 0, weights = 0;
    for (const double value : values) {
        sum = weight * sum + value;
        weights = weight * weights + 1;
    }
    return sum / weights;
}

} // namespace

class TestSmoothing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalsTheWeightedMean() {
        const std::vector<double> values = {4, 1, -3, 8, 2.5};
        MovingAverage average(0.9);
        std::vector<double> seen;
        for (const double value : values) {
            seen.push_back(value);
            QVERIFY(std::abs(average.add(value) - written_out(seen, 0.9)) < 1e-12);
        }
    }
    void weightZeroReturnsTheValues() {
        MovingAverage average(0);
        QCOMPARE(average.add(3), 3.0);
        QCOMPARE(average.add(7), 7.0);
    }
    void passesWhatIsNotFinite() {
        MovingAverage average(0.5);
        QCOMPARE(average.add(2), 2.0);
        QVERIFY(std::isnan(average.add(std::nan(""))));
        QCOMPARE(average.add(std::numeric_limits<double>::infinity()),
                 std::numeric_limits<double>::infinity());
        QCOMPARE(average.add(2), 2.0);
    }
};

QTEST_APPLESS_MAIN(TestSmoothing)
#include "test_smoothing.moc"
