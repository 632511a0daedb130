// SPDX-License-Identifier: GPL-3.0-or-later
// The parts that fit what has no closed form: Newton's method, the logistic objective, Platt's scale; and
// that threads change no bit.
#include "base/error.h"
#include "router/logistic.h"
#include "router/newton.h"
#include "router/parts.h"
#include "router/platt.h"
#include "router/random_forest.h"
#include "router/stochastic_gradient.h"
#include "router/tfidf.h"
#include "synthetic_texts.h"

#include <QTest>

using namespace retort;

namespace {

using Values = std::vector<double>;

SparseRows rows_of(const test::Texts& texts) {
    return Tfidf({}).fit(texts.sequences());
}

std::vector<std::uint8_t> fitted(ClassifierModel& model, const SparseRows& rows, const test::Texts& texts) {
    model.fit({rows, texts.labels, 4}, 1, {});
    return nlohmann::json::to_cbor(model.state());
}

/// Minimum 0 at (1, 1), at the end of a bent valley.
struct Rosenbrock : CurvedFunction {
    Values scales = {1, 1};
    int left = 1000; ///< evaluations until it throws
    double x0 = 0, x1 = 0;

    double operator()(std::span<const double> x, std::span<double> gradient) override {
        if (--left == 0) throw Error(ErrorKind::interrupted, "stopped");
        x0 = x[0];
        x1 = x[1];
        const double along = 1 - x0, across = x1 - x0 * x0;
        gradient[0] = -2 * along - 400 * across * x0;
        gradient[1] = 200 * across;
        return along * along + 100 * across * across;
    }
    void multiply_hessian(std::span<const double> v, std::span<double> product) override {
        product[0] = (1200 * x0 * x0 - 400 * x1 + 2) * v[0] - 400 * x0 * v[1];
        product[1] = -400 * x0 * v[0] + 200 * v[1];
    }
    void diagonal(std::span<double> out) const override { std::ranges::copy(scales, out.begin()); }
};

} // namespace

class TestOptimisation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rosenbrocksValley() {
        for (const bool is_scaled : {false, true}) {
            Rosenbrock function;
            function.scales = is_scaled ? Values{400, 200} : Values{1, 1};
            Values x = {-1.2, 1};
            NewtonOptions options;
            options.tolerance = 1e-9;
            const NewtonResult result = minimise(function, x, options);
            QVERIFY(result.has_converged && result.value < 1e-15);
            QVERIFY(std::abs(x[0] - 1) < 1e-8 && std::abs(x[1] - 1) < 1e-8);
            QVERIFY(result.evaluations < 100);
        }
    }
    void aMinimumIsLeftAlone() {
        Rosenbrock function;
        Values x = {1, 1};
        const NewtonResult result = minimise(function, x, {});
        QVERIFY(result.has_converged);
        QCOMPARE(result.evaluations, 1);
        QCOMPARE(x, (Values{1, 1}));
    }
    void aGapEndsTheMinimisation() {
        // Σ i x² / 2 + 1, from ones; it curves by at least 1, and its minimum is 1.
        struct Bowl : CurvedFunction {
            double operator()(std::span<const double> x, std::span<double> gradient) override {
                double value = 1;
                for (std::size_t i = 0; i < x.size(); ++i) {
                    gradient[i] = static_cast<double>(i + 1) * x[i];
                    value += gradient[i] * x[i] / 2;
                }
                return value;
            }
            void multiply_hessian(std::span<const double> direction, std::span<double> product) override {
                for (std::size_t i = 0; i < direction.size(); ++i)
                    product[i] = static_cast<double>(i + 1) * direction[i];
            }
            void diagonal(std::span<double> out) const override { std::ranges::fill(out, 1.0); }
        } bowl;
        int evaluations = 0;
        for (const double gap : {1e-2, 1e-6, 1e-12}) {
            Values x(50, 1.0);
            NewtonOptions options;
            options.tolerance = 0;
            options.convexity = 1;
            options.gap = gap;
            const NewtonResult result = minimise(bowl, x, options);
            QVERIFY(result.has_converged);
            QVERIFY(result.value - 1 <= gap * result.value);
            QVERIFY(result.evaluations > evaluations); // no more exact than was asked
            evaluations = result.evaluations;
        }
    }
    void gradientOfTheLogisticObjective() {
        for (const std::int32_t domains : {1, 2, 3, 4, 5, 8}) { // some have code of their own
            test::TextMaker maker;
            maker.words = 30;
            maker.domains = domains;
            const test::Texts texts = maker.make(40, 1, 30, "train");
            const SparseRows rows = rows_of(texts);
            LogisticObjective objective({rows, texts.labels, domains}, 0.7);
            const RandomStream stream(1, "test");
            Values x(objective.variables()), gradient(x.size()), unused(x.size());
            for (std::size_t i = 0; i < x.size(); ++i)
                x[i] = stream.normal(0, i);
            (void)objective(x, gradient);
            for (std::size_t i = 0; i < x.size(); ++i) {
                constexpr double step = 1e-5;
                const double at = x[i];
                x[i] = at + step;
                const double above = objective(x, unused);
                x[i] = at - step;
                const double below = objective(x, unused);
                x[i] = at;
                QVERIFY(std::abs((above - below) / (2 * step) - gradient[i]) < 1e-7);
            }
        }
    }
    void hessianOfTheLogisticObjective() {
        // Against differences of the gradient, which the test above proves; products have single precision.
        for (const std::int32_t domains : {1, 2, 3, 4, 5, 8}) {
            test::TextMaker maker;
            maker.words = 30;
            maker.domains = domains;
            const test::Texts texts = maker.make(40, 1, 30, "train");
            const SparseRows rows = rows_of(texts);
            LogisticObjective objective({rows, texts.labels, domains}, 0.7);
            const RandomStream stream(1, "test");
            constexpr double step = 1e-5;
            Values x(objective.variables()), direction(x.size()), product(x.size());
            Values above(x.size()), below(x.size()), unused(x.size());
            for (std::size_t i = 0; i < x.size(); ++i) {
                x[i] = stream.normal(0, i);
                direction[i] = stream.normal(1, i);
            }
            const auto gradient_at = [&](double length, Values& gradient) {
                Values at = x;
                for (std::size_t i = 0; i < x.size(); ++i)
                    at[i] += length * direction[i];
                (void)objective(at, gradient);
            };
            gradient_at(step, above);
            gradient_at(-step, below);
            gradient_at(0, unused);
            objective.multiply_hessian(direction, product);
            for (std::size_t i = 0; i < x.size(); ++i)
                QVERIFY(std::abs((above[i] - below[i]) / (2 * step) - product[i]) <
                        1e-6 * (1 + std::abs(product[i])));
        }
    }
    void logisticByHand() {
        // At 0 each of two classes has 1/2: n ln 2, and the gradient of an intercept is n/2 − n_k.
        const test::Texts texts{{{10}, {20}, {20}}, {0, 1, 1}};
        const SparseRows rows = rows_of(texts);
        LogisticObjective objective({rows, texts.labels, 2}, 1);
        Values gradient(6);
        QCOMPARE(objective(Values(6), gradient), 3 * std::log(2.0));
        QCOMPARE(gradient, (Values{-0.5, 0.5, 1, -1, 0.5, -0.5}));
        Values diagonal(6);
        objective.diagonal(diagonal);
        QCOMPARE(diagonal, (Values{1.25, 1.25, 1.5, 1.5, 0.75, 0.75}));
    }
    void threadsChangeNothing() {
        const test::TextMaker maker;
        const test::Texts texts = maker.make(600, 50, 400, "train");
        const SparseRows rows = rows_of(texts);
        QVERIFY(rows.values.size() > 50'000); // logistic regression has one thread for fewer
        Logistic logistic(1, 1), logistic_by_three(1, 3);
        QVERIFY(fitted(logistic, rows, texts) == fitted(logistic_by_three, rows, texts));
        StochasticGradient gradient(1e-4, 1), gradient_by_three(1e-4, 3);
        QVERIFY(fitted(gradient, rows, texts) == fitted(gradient_by_three, rows, texts));
        RandomForest forest(4, 1), forest_by_three(4, 3);
        QVERIFY(fitted(forest, rows, texts) == fitted(forest_by_three, rows, texts));
    }
    void whatAFunctionThrowsPassesThrough() {
        Rosenbrock function;
        function.left = 3;
        Values x = {-1.2, 1};
        QVERIFY_EXCEPTION_THROWN(minimise(function, x, {}), Error);
        QCOMPARE(function.left, 0);
    }
    void whatAPartThrowsPassesThrough() {
        PartWorkers workers(3, 4);
        std::vector<int> done(4);
        const auto work = [&](std::size_t part) {
            done[part] = 1;
            if (part > 1) throw Error(ErrorKind::data, std::to_string(part));
        };
        for (int round = 0; round < 100; ++round) {
            done.assign(4, 0);
            try {
                workers.for_each_part(4, work);
                QFAIL("nothing was thrown");
            } catch (const Error& error) {
                QCOMPARE(std::string(error.what()), std::string("2"));
            }
            QCOMPARE(done, std::vector<int>(4, 1));
        }
    }
    void plattFindsTheScaleThatMadeTheLabels() {
        // P(y | f) = 1 / (1 + e^(−3 f + 1)), of 20 000 margins from −2 to 2.
        const RandomStream stream(1, "test");
        Values margins;
        std::vector<char> labels;
        for (std::uint64_t i = 0; i < 20'000; ++i) {
            margins.push_back(-2 + 4 * static_cast<double>(i) / 20'000);
            const double p = 1 / (1 + std::exp(-3 * margins.back() + 1));
            labels.push_back(static_cast<double>(stream.below(1'000'000, 0, i)) < p * 1e6 ? 1 : 0);
        }
        const PlattScale scale = fit_platt(margins, labels);
        QVERIFY(std::abs(scale.a + 3) < 0.1 && std::abs(scale.b - 1) < 0.1);
        QVERIFY(std::abs(std::exp(scale.log_probability(1)) - 1 / (1 + std::exp(scale.a + scale.b))) < 1e-12);
    }
    void plattNeverTurnsTheOrderAround() {
        const PlattScale scale = fit_platt(Values{-1, -0.5, 0.5, 1}, std::vector<char>{1, 1, 0, 0});
        QVERIFY(scale.a < 0);
        QVERIFY(scale.log_probability(2) > scale.log_probability(-2));
        QVERIFY(fit_platt({}, {}).a < 0);
        // Two positives and two negatives: targets 3/4 and 1/4, which margins of ±1 meet with a = −ln 3, b =
        // 0.
        const PlattScale even = fit_platt(Values{-1, -1, 1, 1}, std::vector<char>{0, 0, 1, 1});
        QVERIFY(std::abs(even.a + std::log(3.0)) < 1e-6 && std::abs(even.b) < 1e-6);
    }
};

QTEST_APPLESS_MAIN(TestOptimisation)
#include "test_optimisation.moc"
