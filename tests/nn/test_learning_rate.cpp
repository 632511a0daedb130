// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/learning_rate.h"

#include <QTest>
#include <cmath>

using namespace retort;

class TestLearningRate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void warmsUpAndFallsByHand() { // 10 steps, 2 of them warm-up, peak 1
        OptimSpec optim;
        optim.lr = 1;
        optim.warmup = 0.2;
        QCOMPARE(learning_rate(optim, 1, 10), 0.5);
        QCOMPARE(learning_rate(optim, 2, 10), 1.0);
        QCOMPARE(learning_rate(optim, 3, 10), 8.0 / 9);
        QCOMPARE(learning_rate(optim, 10, 10), 1.0 / 9);
        optim.decay = Decay::cosine;
        QCOMPARE(learning_rate(optim, 3, 10), 0.5 * (1 + std::cos(M_PI / 9)));
        optim.decay = Decay::constant;
        QCOMPARE(learning_rate(optim, 10, 10), 1.0);
    }
    void noUpdateIsMadeWithoutARate() {
        for (const Decay decay : {Decay::linear, Decay::cosine, Decay::constant})
            for (const double warmup : {0.0, 0.05, 1.0}) {
                OptimSpec optim;
                optim.decay = decay;
                optim.warmup = warmup;
                for (std::int64_t step = 1; step <= 37; ++step) {
                    QVERIFY(learning_rate(optim, step, 37) > 0);
                    QVERIFY(learning_rate(optim, step, 37) <= optim.lr);
                }
            }
    }
};

QTEST_APPLESS_MAIN(TestLearningRate)
#include "test_learning_rate.moc"
