// SPDX-License-Identifier: GPL-3.0-or-later
// The row kernels against plain double-precision formulas and finite differences.
#include "nn/kernels_cpu.h"

#include <QTest>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

using namespace retort;

namespace {

using Row = std::vector<float>;
constexpr float infinity = std::numeric_limits<float>::infinity();

Row random_row(std::size_t size, std::uint64_t seed, double spread = 3) {
    const RandomStream stream(seed, "test");
    Row row(size);
    for (std::size_t i = 0; i < size; ++i)
        row[i] = static_cast<float>(spread * stream.normal(0, i));
    return row;
}

std::vector<double> softmax(const Row& z, double temperature) {
    const double largest = *std::ranges::max_element(z);
    std::vector<double> p;
    for (const float x : z)
        p.push_back(std::exp((x - largest) / temperature));
    const double sum = std::accumulate(p.begin(), p.end(), 0.0);
    for (double& x : p)
        x /= sum;
    return p;
}

double plain_cross_entropy(const Row& z, std::int64_t target) {
    return -std::log(softmax(z, 1)[static_cast<std::size_t>(target)]);
}

double plain_forward_kl(const Row& z, const Row& t, double temperature) {
    const auto p = softmax(t, temperature), q = softmax(z, temperature);
    double sum = 0;
    for (std::size_t v = 0; v < p.size(); ++v)
        if (p[v] > 0) sum += p[v] * (std::log(p[v]) - std::log(q[v]));
    return sum;
}

float kernel_forward_kl(const Row& z, const Row& t, float temperature, float weight, float* gradient) {
    float loss = 0;
    kernels::forward_kl(
        {z.data(), t.data(), 1, static_cast<std::int64_t>(z.size()), temperature, weight, gradient, &loss});
    return loss;
}

float kernel_cross_entropy(const Row& z, std::int64_t target, float weight, float* gradient) {
    float loss = 0;
    kernels::cross_entropy(
        {z.data(), &target, 1, static_cast<std::int64_t>(z.size()), weight, gradient, &loss});
    return loss;
}

/// dL/dz by central differences of the plain formula.
template <class Loss>
std::vector<double> numeric_gradient(Row z, const Loss& loss) {
    std::vector<double> gradient;
    for (float& x : z) {
        const float kept = x;
        const double h = 1.0 / 1024;
        x = static_cast<float>(kept + h);
        const double up = loss(z);
        x = static_cast<float>(kept - h);
        gradient.push_back((up - loss(z)) / (2 * h));
        x = kept;
    }
    return gradient;
}

bool close(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance * (1 + std::abs(b));
}

} // namespace

class TestKernels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void crossEntropyAndItsGradient() {
        for (const std::size_t vocab : {1u, 7u, 64u, 1003u}) {
            const Row z = random_row(vocab, vocab);
            const auto target = static_cast<std::int64_t>(vocab / 2);
            Row gradient(vocab, 0.5f); // the kernel adds
            const float loss = kernel_cross_entropy(z, target, 2.0f, gradient.data());
            QVERIFY(close(loss, plain_cross_entropy(z, target), 1e-6));
            const auto numeric =
                numeric_gradient(z, [&](const Row& x) { return plain_cross_entropy(x, target); });
            for (std::size_t v = 0; v < vocab; ++v)
                QVERIFY(close(gradient[v], 0.5 + 2 * numeric[v], 2e-5));
        }
    }
    void forwardKlAndItsGradient_data() {
        QTest::addColumn<double>("temperature");
        QTest::newRow("1") << 1.0;
        QTest::newRow("2") << 2.0;
        QTest::newRow("half") << 0.5;
    }
    void forwardKlAndItsGradient() {
        QFETCH(double, temperature);
        for (const std::size_t vocab : {2u, 33u, 1003u}) {
            const Row z = random_row(vocab, 1), t = random_row(vocab, 2);
            Row gradient(vocab, 0.0f);
            const float loss =
                kernel_forward_kl(z, t, static_cast<float>(temperature), 1.0f, gradient.data());
            QVERIFY(close(loss, plain_forward_kl(z, t, temperature), 1e-5));
            QCOMPARE(kernel_forward_kl(z, t, static_cast<float>(temperature), 1.0f, nullptr), loss);
            const auto numeric =
                numeric_gradient(z, [&](const Row& x) { return plain_forward_kl(x, t, temperature); });
            for (std::size_t v = 0; v < vocab; ++v)
                QVERIFY(close(gradient[v], numeric[v], 2e-5));
        }
    }
    void forwardKlIsCrossEntropyToTheTeacherLessItsEntropy() {
        const Row z = random_row(50, 5), t = random_row(50, 6);
        const auto p = softmax(t, 1), q = softmax(z, 1);
        double cross = 0, entropy = 0;
        for (std::size_t v = 0; v < p.size(); ++v)
            cross -= p[v] * std::log(q[v]), entropy -= p[v] * std::log(p[v]);
        QVERIFY(close(kernel_forward_kl(z, t, 1, 1, nullptr), cross - entropy, 1e-5));
    }
    void equalDistributionsHaveNoDivergenceAndNoGradient() {
        const Row z = random_row(100, 7);
        Row gradient(100, 0.0f);
        QVERIFY(std::abs(kernel_forward_kl(z, z, 1, 1, gradient.data())) < 1e-6f);
        for (const float g : gradient)
            QVERIFY(std::abs(g) < 1e-7f);
    }
    void edges() {
        const Row far = {0, 300, -300, 1};
        QVERIFY(close(kernel_cross_entropy(far, 1, 1, nullptr), 0, 1e-6));
        QVERIFY(close(kernel_cross_entropy(far, 2, 1, nullptr), 600, 1e-6));
        const Row none = {0, -infinity, 1}; // an impossible token: 0 · log 0 = 0
        QVERIFY(close(kernel_forward_kl({0, 0.5f, 1}, none, 1, 1, nullptr),
                      plain_forward_kl({0, 0.5f, 1}, none, 1), 1e-6));
        const Row nan = {0, std::nanf(""), 1};
        QVERIFY(std::isnan(kernel_cross_entropy(nan, 0, 1, nullptr)));
        QVERIFY(std::isnan(kernel_forward_kl(nan, {0, 1, 2}, 1, 1, nullptr)));
        QVERIFY(std::isnan(kernel_forward_kl({0, 1, 2}, nan, 1, 1, nullptr)));
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
                            static_cast<float>(1 - lr * decay), 0.9f, 0.999f, static_cast<float>(lr / c1),
                            static_cast<float>(c2), 1e-8f});
            for (std::size_t i = 0; i < w.size(); ++i) {
                const double x = 0.5 * g[i];
                dm[i] = b1 * dm[i] + (1 - b1) * x;
                dv[i] = b2 * dv[i] + (1 - b2) * x * x;
                dw[i] = dw[i] * (1 - lr * decay) - lr / c1 * dm[i] / (std::sqrt(dv[i]) / c2 + eps);
            }
        }
        for (std::size_t i = 0; i < w.size(); ++i)
            QVERIFY(close(w[i], dw[i], 2e-5));
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
