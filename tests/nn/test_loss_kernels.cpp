// SPDX-License-Identifier: GPL-3.0-or-later
// Every loss against its formula in double precision and against finite differences of that.
#include "nn/loss_kernels.h"
#include "nn/row_math.h"
#include "tests/nn/divergence_rows.h"
#include "tests/nn/rows.h"

#include <QTest>

using namespace retort;
using namespace retort::test;

namespace {

using Distribution = std::vector<double>;

double plain_cross_entropy(const Row& z, std::int64_t target) {
    return -std::log(softmax(z, 1)[static_cast<std::size_t>(target)]);
}

/// Σ a log(a / b) with 0 · log 0 = 0.
double kl(const Distribution& a, const Distribution& b) {
    double sum = 0;
    for (std::size_t v = 0; v < a.size(); ++v)
        if (a[v] > 0) sum += a[v] * (std::log(a[v]) - std::log(b[v]));
    return sum;
}

double entropy_to(const Distribution& p, const Distribution& q) {
    double sum = 0;
    for (std::size_t v = 0; v < p.size(); ++v)
        if (p[v] > 0) sum -= p[v] * std::log(q[v]);
    return sum;
}

Distribution mixed(const Distribution& a, double share, const Distribution& b) {
    Distribution m;
    for (std::size_t v = 0; v < a.size(); ++v)
        m.push_back(share * a[v] + (1 - share) * b[v]);
    return m;
}

double distance(const Distribution& a, const Distribution& b) {
    double sum = 0;
    for (std::size_t v = 0; v < a.size(); ++v)
        sum += std::abs(a[v] - b[v]);
    return sum;
}

struct Case {
    Divergence divergence = Divergence::forward_kl;
    double temperature = 1;
    double mix = 0.5;
    std::int64_t input = 0;
};

/// The formulas of spec/distill_spec.h. `held` is the q of a mixture through which no gradient flows.
double plain(const Case& c, const Row& z, const Row& t, const Distribution& held) {
    const double temperature = has_temperature(c.divergence) ? c.temperature : 1;
    const Distribution p = softmax(t, temperature), q = softmax(z, temperature);
    switch (c.divergence) {
    case Divergence::forward_kl:
    case Divergence::paper_normal_kl:
        return kl(p, q);
    case Divergence::reverse_kl:
        return kl(q, p);
    case Divergence::jsd:
        return c.mix * kl(p, mixed(p, c.mix, q)) + (1 - c.mix) * kl(q, mixed(p, c.mix, q));
    case Divergence::skew_kl:
        return kl(p, mixed(p, c.mix, q));
    case Divergence::skew_reverse_kl:
        return kl(q, mixed(held, c.mix, p));
    case Divergence::tvd:
        return distance(p, q) / 2;
    case Divergence::teacher_ce:
    case Divergence::paper_inverse_kl:
        return entropy_to(p, q);
    case Divergence::paper_label_difference: {
        Distribution label(p.size(), 0);
        label[static_cast<std::size_t>(c.input)] = 1;
        return distance(p, label) * distance(p, q);
    }
    }
    return std::nan("");
}

float kernel(const Case& c, const Row& z, const Row& t, float* gradient, float weight = 1) {
    float loss = 0;
    kernels::divergence({c.divergence, z.data(), t.data(), &c.input, nullptr, 1,
                         static_cast<std::int64_t>(z.size()), static_cast<float>(c.temperature),
                         static_cast<float>(c.mix), weight, gradient, &loss});
    return loss;
}

float kernel_cross_entropy(const Row& z, std::int64_t target, float weight, float* gradient) {
    float loss = 0;
    kernels::cross_entropy(
        {z.data(), &target, 1, static_cast<std::int64_t>(z.size()), weight, gradient, &loss});
    return loss;
}

} // namespace

class TestLossKernels : public QObject {
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
    void divergencesAndTheirGradients_data() { add_divergences(); }
    void divergencesAndTheirGradients() {
        QFETCH(Divergence, divergence);
        for (const double temperature : {1.0, 2.0, 0.5})
            for (const double mix : {0.5, 0.1, 0.9})
                for (const std::size_t vocab : {2u, 33u, 301u}) {
                    const Case c = {divergence, temperature, mix, static_cast<std::int64_t>(vocab / 3)};
                    const Row z = random_row(vocab, 1), t = random_row(vocab, 2);
                    const Distribution held = softmax(z, temperature);
                    Row gradient(vocab, 0.25f);
                    const float loss = kernel(c, z, t, gradient.data(), 2);
                    QVERIFY(close(loss, plain(c, z, t, held), 1e-5));
                    QCOMPARE(kernel(c, z, t, nullptr), loss);
                    const auto numeric =
                        numeric_gradient(z, [&](const Row& x) { return plain(c, x, t, held); });
                    for (std::size_t v = 0; v < vocab; ++v)
                        QVERIFY(close(gradient[v], 0.25 + 2 * numeric[v], 1e-4));
                }
    }
    void forwardKlIsCrossEntropyToTheTeacherLessItsEntropy() {
        const Row z = random_row(50, 5), t = random_row(50, 6);
        const Distribution p = softmax(t, 1);
        QVERIFY(close(kernel({Divergence::forward_kl}, z, t, nullptr),
                      kernel({Divergence::teacher_ce}, z, t, nullptr) - entropy_to(p, p), 1e-5));
    }
    void theDirectionsDiffer() {
        const Row z = random_row(50, 5), t = random_row(50, 6);
        const float forward = kernel({Divergence::forward_kl}, z, t, nullptr),
                    reverse = kernel({Divergence::reverse_kl}, z, t, nullptr);
        QVERIFY(std::abs(forward - reverse) > 0.1f);
        QVERIFY(close(reverse, kernel({Divergence::forward_kl}, t, z, nullptr), 1e-5));
    }
    void jsdNearItsEndsIsHalfOfEachDirection() { // JSD_β / (1 − β) → reverse KL as β → 1, JSD_β / β → forward
                                                 // as β → 0
        const Row z = random_row(20, 5, 1), t = random_row(20, 6, 1);
        const double small = 1.0 / 1024;
        QVERIFY(close(kernel({Divergence::jsd, 1, 1 - small}, z, t, nullptr) / small,
                      kernel({Divergence::reverse_kl}, z, t, nullptr), 0.01));
        QVERIFY(close(kernel({Divergence::jsd, 1, small}, z, t, nullptr) / small,
                      kernel({Divergence::forward_kl}, z, t, nullptr), 0.01));
    }
    void equalDistributionsHaveNoDivergenceAndNoGradient_data() { add_divergences(); }
    void equalDistributionsHaveNoDivergenceAndNoGradient() {
        QFETCH(Divergence, divergence);
        const Row z = random_row(100, 7);
        Row gradient(100, 0.0f);
        const float loss = kernel({divergence}, z, z, gradient.data());
        const bool has_entropy =
            divergence == Divergence::teacher_ce || divergence == Divergence::paper_inverse_kl;
        const double entropy = has_entropy ? entropy_to(softmax(z, 1), softmax(z, 1)) : 0;
        QVERIFY(close(loss, entropy, 1e-6));
        for (const float g : gradient)
            QVERIFY(std::abs(g) < 1e-6f);
    }
    void anImpossibleTokenOfTheTeacherIsNoNaN_data() { add_divergences(); }
    void anImpossibleTokenOfTheTeacherIsNoNaN() {
        QFETCH(Divergence, divergence);
        const Row z = {0, 0.5f, 1, -1}, t = {0, -infinity, 1, 2};
        const Case c = {divergence, 1, 0.3, 2};
        Row gradient(4, 0.0f);
        const float loss = kernel(c, z, t, gradient.data());
        QVERIFY(!std::isnan(loss));
        if (divergence == Divergence::reverse_kl) {
            QVERIFY(std::isinf(loss)); // the student gives weight to what the teacher excludes
            return;
        }
        QVERIFY(close(loss, plain(c, z, t, softmax(z, 1)), 1e-5));
        for (const float g : gradient)
            QVERIFY(std::isfinite(g));
    }
    void excludedByBothCountsNothing_data() { add_divergences(); }
    void excludedByBothCountsNothing() {
        QFETCH(Divergence, divergence);
        const Row z = {0, -infinity, 1, -1}, t = {0, -infinity, 1, 2};
        const Case c = {divergence, 1, 0.3, 2};
        Row gradient(4, 0.0f), shorter(3, 0.0f);
        const float loss = kernel(c, z, t, gradient.data());
        const float without = kernel({divergence, 1, 0.3, 1}, {0, 1, -1}, {0, 1, 2}, shorter.data());
        QVERIFY(close(loss, without, 1e-6));
        QCOMPARE(gradient[1], 0.0f);
        QVERIFY(close(gradient[2], shorter[1], 1e-6));
    }
    void farApartStaysFinite_data() { add_divergences(); }
    void farApartStaysFinite() {
        QFETCH(Divergence, divergence);
        const Row z = {0, 300, -300, 1}, t = {250, 0, 1, -300};
        Row gradient(4, 0.0f);
        QVERIFY(std::isfinite(kernel({divergence, 1, 0.3, 2}, z, t, gradient.data())));
        for (const float g : gradient)
            QVERIFY(std::isfinite(g));
    }
    void aNaNStaysOne_data() { add_divergences(); }
    void aNaNStaysOne() {
        QFETCH(Divergence, divergence);
        const Row nan = {0, std::nanf(""), 1}, good = {0, 1, 2};
        QVERIFY(std::isnan(kernel({divergence}, nan, good, nullptr)));
        QVERIFY(std::isnan(kernel({divergence}, good, nan, nullptr)));
        QVERIFY(std::isnan(kernel_cross_entropy(nan, 0, 1, nullptr)));
    }
    void tiesOfTotalVariationPullNothing() {
        const Row same = {1, 1, 1, 1};
        Row gradient(4, 0.0f);
        QCOMPARE(kernel({Divergence::tvd}, same, same, gradient.data()), 0.0f);
        QVERIFY(gradient == Row(4, 0.0f));
    }
    void rowsThatDoNotCountAreLeftAlone() {
        const Row z = random_row(30, 1), t = random_row(30, 2);
        const bool counts[] = {false, true, false};
        Row gradient(30, 0.0f), losses(3, 9.0f);
        kernels::divergence({Divergence::reverse_kl, z.data(), t.data(), nullptr, counts, 3, 10, 1, 0.5f, 1,
                             gradient.data(), losses.data()});
        QCOMPARE(losses[0], 0.0f);
        QVERIFY(losses[1] > 0);
        QCOMPARE(losses[2], 0.0f);
        for (std::size_t v = 0; v < 30; ++v)
            QCOMPARE(gradient[v] == 0.0f, v < 10 || v >= 20);
    }
    void crossEntropyOfFarLogits() {
        const Row far = {0, 300, -300, 1};
        QVERIFY(close(kernel_cross_entropy(far, 1, 1, nullptr), 0, 1e-6));
        QVERIFY(close(kernel_cross_entropy(far, 2, 1, nullptr), 600, 1e-6));
    }
    void logarithm() {
        for (double x = 1e-37; x < 1e38; x *= 1.37)
            QVERIFY(close(kernels::fast_log(static_cast<float>(x)), std::log(static_cast<float>(x)), 2e-7));
        QCOMPARE(kernels::fast_log(1.0f), 0.0f);
        QCOMPARE(kernels::fast_log(0.0f), -infinity);
        QCOMPARE(kernels::fast_log(infinity), infinity);
        QVERIFY(std::isnan(kernels::fast_log(std::nanf(""))) && std::isnan(kernels::fast_log(-1.0f)));
    }
};

QTEST_APPLESS_MAIN(TestLossKernels)
#include "test_loss_kernels.moc"
