// SPDX-License-Identifier: GPL-3.0-or-later
// The row kernels against plain double-precision formulas and finite differences.
#include "nn/kernels_cpu.h"
#include "tests/nn/rows.h"

#include <QTest>

using namespace retort;
using namespace retort::test;

class TestKernels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void argmaxTakesTheFirstOfTies() {
        const Row ties = {1, 5, 5, 0};
        std::int64_t best = -1;
        kernels::argmax(ties.data(), 1, 4, &best);
        QCOMPARE(best, std::int64_t{1});
    }
    void causalSoftmaxAndItsGradient() {
        constexpr std::size_t n = 9;
        const Row scores = random_row(2 * n * n, 8), upstream = random_row(2 * n * n, 9);
        Row p = scores, gradient = upstream;
        kernels::causal_softmax(p.data(), 2, n, 0.5f);
        kernels::causal_softmax_backward(p.data(), gradient.data(), 2, n, 0.5f);
        for (std::size_t r = 0; r < 2 * n; ++r) {
            const std::size_t used = r % n + 1, at = r * n;
            const auto row = [&](const Row& all, std::size_t size) {
                return Row(all.begin() + at, all.begin() + at + size);
            };
            const auto weighted = [&](const Row& x) {
                const auto q = softmax(x, 2);
                double sum = 0;
                for (std::size_t i = 0; i < used; ++i)
                    sum += q[i] * upstream[at + i];
                return sum;
            };
            const auto q = softmax(row(scores, used), 2),
                       numeric = numeric_gradient(row(scores, used), weighted);
            for (std::size_t i = 0; i < n; ++i) {
                QVERIFY(close(p[at + i], i < used ? q[i] : 0, 1e-6));
                QVERIFY(close(gradient[at + i], i < used ? numeric[i] : 0, 1e-4));
            }
        }
    }
    void dropoutKeepsItsShareAndItsMask() {
        constexpr std::int64_t n = 100'003;
        const RandomStream stream(1, "dropout", "h.0");
        const Row in(n, 1.0f);
        Row out(n), again(n);
        std::vector<std::uint8_t> mask(n), mask_alone(n);
        constexpr std::uint32_t threshold = 6554; // 0.1
        kernels::dropout(in.data(), out.data(), mask.data(), n, threshold, stream, 3);
        kernels::dropout_mask(mask_alone.data(), n, threshold, stream, 3);
        QVERIFY(mask == mask_alone);
        const double kept = std::accumulate(mask.begin(), mask.end(), 0.0) / n;
        QVERIFY(std::abs(kept - 0.9) < 5 * std::sqrt(0.09 / n));
        for (std::size_t i = 0; i < n; ++i)
            QCOMPARE(out[i], mask[i] != 0 ? 65536.0f / (65536 - threshold) : 0.0f);
        kernels::dropout(in.data(), again.data(), mask_alone.data(), n, threshold, stream, 4);
        QVERIFY(mask != mask_alone);
    }
    void dropoutMaskIsPhiloxElementByElement() {
        const RandomStream stream(5, "dropout", "x");
        std::vector<std::uint8_t> mask(1000);
        kernels::dropout_mask(mask.data(), 1000, 30000, stream, 7);
        for (std::uint64_t i = 0; i < 1000; ++i) {
            const std::uint32_t word = stream.block(7, i / 8)[i % 8 / 2];
            QCOMPARE(mask[i] != 0, (i % 2 == 0 ? word & 0xFFFF : word >> 16) >= 30000);
        }
    }
    void adamwAgreesWithTheFormula() {
        Row w = random_row(10'000, 11), m(w.size(), 0), v(w.size(), 0);
        std::vector<double> dw(w.begin(), w.end()), dm(w.size(), 0), dv(w.size(), 0);
        const double lr = 1e-2, b1 = 0.9, b2 = 0.999, eps = 1e-8, decay = 0.05;
        for (int t = 1; t <= 5; ++t) {
            const Row g = random_row(w.size(), 20 + static_cast<std::uint64_t>(t));
            const double c1 = 1 - std::pow(b1, t), c2 = std::sqrt(1 - std::pow(b2, t));
            kernels::adamw({w.data(), g.data(), m.data(), v.data(), static_cast<std::int64_t>(w.size()), 0.5f,
                            static_cast<float>(1 - lr * decay), static_cast<float>(1 - b1),
                            static_cast<float>(b2), static_cast<float>(1 - b2), static_cast<float>(lr / c1),
                            static_cast<float>(c2), 1e-8f});
            for (std::size_t i = 0; i < w.size(); ++i) {
                const double x = 0.5 * g[i];
                dm[i] = b1 * dm[i] + (1 - b1) * x;
                dv[i] = b2 * dv[i] + (1 - b2) * x * x;
                dw[i] = dw[i] * (1 - lr * decay) - lr / c1 * dm[i] / (std::sqrt(dv[i]) / c2 + eps);
            }
        }
        for (std::size_t i = 0; i < w.size(); ++i) {
            QVERIFY(close(w[i], dw[i], 1e-6));
            QVERIFY(std::abs(v[i] - dv[i]) < 1e-6 * dv[i]); // 1 − 0.999f is 13e-6 less than 0.001
        }
    }
    void sumOfSquaresIsExactOnSmallIntegers() {
        Row row(10'001);
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = static_cast<float>(i % 7);
        double sum = 0;
        for (const float x : row)
            sum += static_cast<double>(x) * x;
        QCOMPARE(kernels::sum_of_squares(row.data(), static_cast<std::int64_t>(row.size())), sum);
    }
};

QTEST_APPLESS_MAIN(TestKernels)
#include "test_kernels.moc"
