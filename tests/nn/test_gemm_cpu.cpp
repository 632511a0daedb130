// SPDX-License-Identifier: GPL-3.0-or-later
// The product of matrices against sums in double precision, over shapes that leave every kind of rest, with
// factors as they are and rounded to bf16.
#include "nn/gemm_cpu.h"
#include "tests/nn/rows.h"

#include <QTest>
#include <bit>

using namespace retort;
using namespace retort::test;
using kernels::MatrixView;

namespace {

double rounded(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t low = bits & 0xFFFF, high = bits & 0xFFFF0000;
    const bool up = low > 0x8000 || (low == 0x8000 && (high & 0x10000) != 0);
    return std::bit_cast<float>(up ? high + 0x10000 : high);
}

using Multiply = void (*)(const kernels::Product&);

double element(const MatrixView& x, std::int64_t i, std::int64_t j) {
    return static_cast<double>(x.data[i * x.row_stride + j * x.column_stride]);
}

/// Rows of `columns` floats in a wider matrix, or the same turned.
MatrixView view_of(const Row& data, std::int64_t rows, std::int64_t columns, bool is_turned) {
    const MatrixView straight = {data.data(), (is_turned ? rows : columns) + 3, 1};
    return is_turned ? straight.transposed() : straight;
}

} // namespace

class TestGemmCpu : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isTheSumOfProducts_data() {
        QTest::addColumn<int>("m");
        QTest::addColumn<int>("n");
        QTest::addColumn<int>("k");
        QTest::addColumn<bool>("rounds");
        QTest::addColumn<Multiply>("multiply");
        for (const auto& [m, n, k] : {std::array{1, 1, 1},
                                      {6, 16, 8},
                                      {7, 17, 9},
                                      {13, 31, 300},
                                      {171, 40, 65},
                                      {20, 270, 530},
                                      {343, 33, 2},
                                      {25, 65, 1031},
                                      {5, 128, 600}}) {
            QTest::addRow("%d x %d x %d", m, n, k) << m << n << k << false << Multiply(kernels::gemm);
            QTest::addRow("bf16, %d x %d x %d", m, n, k) << m << n << k << true << Multiply(kernels::gemm);
            QTest::addRow("rounded, %d x %d x %d", m, n, k)
                << m << n << k << true << Multiply(kernels::gemm_of_rounded);
        }
    }
    void isTheSumOfProducts() {
        if (!kernels::has_gemm()) QSKIP("not for this processor");
        QFETCH(int, m);
        QFETCH(int, n);
        QFETCH(int, k);
        QFETCH(bool, rounds);
        QFETCH(Multiply, multiply);
        const auto factor = [&](const MatrixView& x, std::int64_t i, std::int64_t j) {
            const double exact = element(x, i, j);
            return rounds ? rounded(static_cast<float>(exact)) : exact;
        };
        const auto size = static_cast<std::size_t>((std::max(m, k) + 3) * (std::max({m, n, k}) + 3));
        const Row a = random_row(size, 1, 1), b = random_row(size, 2, 1), bias = random_row(size, 3, 1);
        for (const int kind : {0, 1, 2, 3, 4, 5, 6, 7}) {
            const MatrixView left = view_of(a, m, k, kind & 1), right = view_of(b, k, n, kind & 2);
            const bool adds = kind & 4;
            const std::int64_t stride = n + 2;
            const Row before = random_row(static_cast<std::size_t>(m * stride), 4, 1);
            Row c = before;
            multiply({left, right, m, n, k, c.data(), stride, adds ? nullptr : bias.data(), adds,
                      rounds ? kernels::Factors::bf16 : kernels::Factors::fp32});
            for (std::int64_t i = 0; i < m; ++i)
                for (std::int64_t j = 0; j < stride; ++j) {
                    const auto at = static_cast<std::size_t>(i * stride + j);
                    if (j >= n) {
                        QCOMPARE(c[at], before[at]); // nothing beyond the columns
                        continue;
                    }
                    double sum = adds ? before[at] : bias[static_cast<std::size_t>(j)];
                    for (std::int64_t r = 0; r < k; ++r)
                        sum += factor(left, i, r) * factor(right, r, j);
                    QVERIFY2(std::abs(c[at] - sum) < 1e-6 * (5 + k), qPrintable(QString::number(kind)));
                }
        }
    }
    void aNanStaysInItsRow() {
        if (!kernels::has_gemm()) QSKIP("not for this processor");
        Row a(4, 1), b(4, 1), c(4, 0);
        a[0] = std::numeric_limits<float>::quiet_NaN();
        for (const kernels::Factors factors : {kernels::Factors::fp32, kernels::Factors::bf16}) {
            kernels::gemm({.a = {a.data(), 2, 1},
                           .b = {b.data(), 2, 1},
                           .m = 2,
                           .n = 2,
                           .k = 2,
                           .c = c.data(),
                           .c_stride = 2,
                           .factors = factors});
            QVERIFY(std::isnan(c[0]) && std::isnan(c[1]));
            QCOMPARE(c[2], 2.0f);
            QCOMPARE(c[3], 2.0f);
        }
    }
};

QTEST_APPLESS_MAIN(TestGemmCpu)
#include "test_gemm_cpu.moc"
