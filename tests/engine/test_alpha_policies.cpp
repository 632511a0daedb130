// SPDX-License-Identifier: GPL-3.0-or-later
// Every policy on cases worked by hand, and on the cases that its paper or its code is known for.
#include "base/philox.h"
#include "engine/alpha/adaptive.h"
#include "engine/alpha/dynamic_weight_average.h"
#include "engine/alpha/schedule.h"
#include "engine/alpha/uncertainty.h"
#include "spec/run_spec_fields.h"

#include <QTest>
#include <cmath>

using namespace retort;

namespace {

bool close(double a, double b, double tolerance = 1e-12) {
    return std::abs(a - b) <= tolerance;
}

RunSpec spec_of(AlphaMode mode) {
    RunSpec spec;
    spec.task = Task::distill;
    spec.teacher.emplace();
    spec.distill.emplace();
    spec.distill->alpha.mode = mode;
    spec.optim.tokens = 1000 * tokens_per_step(spec);
    return spec;
}

LossPair noisy(std::uint64_t step) {
    const RandomStream stream(7, "test");
    const auto t = static_cast<double>(step);
    return {3 + 4 * std::exp(-t / 50) + 0.05 * stream.normal(0, step),
            3 + 3 * std::exp(-t / 80) + 0.05 * stream.normal(1, step)};
}

} // namespace

class TestAlphaPolicies : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void correctedGivesTheSlowerLossMore() {
        AdaptiveAlpha policy(0.3, 3);
        policy.complete_step({4, 9});
        policy.complete_step({3, 6});
        QCOMPARE(policy.weights(2).alpha, 0.3); // two of three steps are known
        policy.complete_step({2, 3});
        // CE: (2 − 4) / 3 = −2/3, w = 1/3. KD: (3 − 9) / 6 = −1, w = 0.
        QVERIFY(close(policy.weights(3).alpha, 1.0));
        policy.complete_step({3, 3}); // CE: (3 − 3) / (8/3) = 0, w = 1. KD: (3 − 6) / 4 = −3/4, w = 1/4.
        QVERIFY(close(policy.weights(4).alpha, 1 / 1.25));
        QVERIFY(close(policy.weights(4).alpha + policy.weights(4).beta, 1));
    }
    void correctedKeepsAlphaAtNothingByNothing() {
        AdaptiveAlpha policy(0.3, 2);
        policy.complete_step({9, 9});
        policy.complete_step({1, 1}); // both −8/5: clamped to −1, so both weights are 0
        QCOMPARE(policy.weights(2).alpha, 0.3);
        QCOMPARE(policy.undefined_count(), std::int64_t{1});
    }
    void aLossOfZeroDoesNotDivideByIt() {
        AdaptiveAlpha policy(0.5, 2);
        policy.complete_step({0, 1});
        policy.complete_step({0, 1});
        QCOMPARE(policy.weights(2).alpha, 0.5);
    }
    void paperGivesTheRisingLossLess() {
        PaperAdaptiveAlpha policy(0.5, 3);
        QVERIFY(policy.looks_at_current());
        QCOMPARE(policy.weigh_current({2, 2}).alpha, 0.5);
        QCOMPARE(policy.weigh_current({2, 2}).alpha, 0.5);
        // CE rises: (3 − 2) / (7/3) = 3/7, w = 4/7. KD falls: w = 1.
        const AppliedWeights weights = policy.weigh_current({3, 1});
        QVERIFY(close(weights.alpha, 4.0 / 11));
        policy.complete_step({100, 1}); // steps do not matter to it
        QCOMPARE(policy.weights(1), weights);
    }
    void paperIsHalfWhileLossesFall() { // paper.md B.2.5: both weights are 1
        PaperAdaptiveAlpha policy(0.2, 4);
        AppliedWeights weights;
        for (int i = 0; i < 20; ++i)
            weights = policy.weigh_current({5 - 0.1 * i, 3 - 0.05 * i});
        QCOMPARE(weights.alpha, 0.5);
    }
    void paperStaysNearHalfUnderNoise() { // as its simulation in paper.md: within 0.489 … 0.510
        PaperAdaptiveAlpha policy(0.5, 94);
        for (std::uint64_t step = 0; step < 9472; ++step) {
            const double alpha = policy.weigh_current(noisy(step)).alpha;
            QVERIFY(alpha > 0.47 && alpha < 0.53);
        }
    }
    void paperMeetsNothingByNothingWhereTheDomainGetsHarder() {
        PaperAdaptiveAlpha policy(0.5, 20);
        for (int i = 0; i < 32; ++i)
            policy.weigh_current({1.1, 1.1}); // python
        QCOMPARE(policy.undefined_count(), std::int64_t{0});
        AppliedWeights before = policy.weights(0);
        // English: 3.6. The window's mean is 1.225, the rise 2.5: both are clamped to 1 and weigh nothing.
        const AppliedWeights weights = policy.weigh_current({3.6, 3.6});
        QCOMPARE(weights, before);
        QCOMPARE(policy.undefined_count(), std::int64_t{1});
    }
    void dynamicWeightAverageIsASoftmaxOfRatios() {
        DynamicWeightAverage policy(0.5, 2, 2.0);
        for (const LossPair losses : {LossPair{4, 4}, {4, 2}, {4, 2}})
            policy.complete_step(losses);
        QCOMPARE(policy.weights(3).alpha, 0.5);
        policy.complete_step({2, 1});
        const double ce = 3.0 / 4, kd = 1.5 / 3; // newer two over older two
        QVERIFY(close(policy.weights(4).alpha, std::exp(ce / 2) / (std::exp(ce / 2) + std::exp(kd / 2))));
    }
    void uncertaintyFollowsItsGradient() {
        UncertaintyAlpha policy(0.5, 0.1);
        QVERIFY(close(policy.weights(0).alpha, 0.5));
        policy.complete_step({4, 1});
        const double s = std::log(2.0); // of a weight of 1/2
        const double ce = s - 0.1 * (1 - 0.5 * 4), kd = s - 0.1 * (1 - 0.5 * 1);
        QVERIFY(close(policy.weights(1).alpha, std::exp(-ce) / (std::exp(-ce) + std::exp(-kd))));
    }
    void uncertaintyComesToRestWhereBothContributeAlike() {
        UncertaintyAlpha policy(0.5, 0.05);
        for (int i = 0; i < 5000; ++i)
            policy.complete_step({4, 1});
        const AppliedWeights weights = policy.weights(0);
        QVERIFY(close(weights.alpha * 4, weights.beta * 1, 1e-9));
    }
    void schedules_data() {
        QTest::addColumn<int>("decay");
        QTest::addColumn<std::vector<double>>("alphas"); // at steps 0, 25, 50, 75, 100 of 101
        const auto row = [](const char* name, AlphaDecay decay, std::vector<double> alphas) {
            QTest::newRow(name) << static_cast<int>(decay) << alphas;
        };
        row("linear", AlphaDecay::linear, {0.8, 0.8, 0.8, 0.5, 0.2});
        row("cosine", AlphaDecay::cosine, {0.8, 0.8, 0.8, 0.5, 0.2});
        row("wsd", AlphaDecay::wsd, {0.2, 0.5, 0.8, 0.5, 0.2});
    }
    void schedules() {
        QFETCH(int, decay);
        QFETCH(std::vector<double>, alphas);
        AlphaSpec spec;
        spec.value = 0.8;
        spec.end = 0.2;
        spec.share = 0.5;
        spec.decay = static_cast<AlphaDecay>(decay);
        const ScheduledAlpha policy(spec, 101);
        for (std::size_t i = 0; i < alphas.size(); ++i)
            QVERIFY(close(policy.weights(static_cast<std::int64_t>(25 * i)).alpha, alphas[i]));
        QVERIFY(close(ScheduledAlpha(spec, 1).weights(0).alpha,
                      decay == static_cast<int>(AlphaDecay::wsd) ? 0.2 : 0.8));
    }
    void cosineIsNotLinear() {
        AlphaSpec spec;
        spec.value = 1;
        spec.end = 0;
        spec.share = 1;
        spec.decay = AlphaDecay::cosine;
        QVERIFY(close(ScheduledAlpha(spec, 5).weights(1).alpha, (1 + std::cos(M_PI / 4)) / 2));
    }
    void alternatingBeginsWithTheText() {
        RunSpec spec = spec_of(AlphaMode::fixed);
        spec.distill->combine = Combine::alternating;
        const auto policy = make_alpha_policy(spec);
        QCOMPARE(policy->weights(0), (AppliedWeights{1, 0}));
        QCOMPARE(policy->weights(1), (AppliedWeights{0, 1}));
        QCOMPARE(policy->weights(2), (AppliedWeights{1, 0}));
    }
    void theWindowIsTwentyOrAHundredthOfTheSteps() {
        RunSpec spec = spec_of(AlphaMode::adaptive);
        QCOMPARE(alpha_history(spec), std::int64_t{20});
        spec.optim.tokens *= 5;
        QCOMPARE(alpha_history(spec), std::int64_t{50});
        spec.distill->alpha.history = 7;
        QCOMPARE(alpha_history(spec), std::int64_t{7});
    }
    void stateGoesOnExactly_data() {
        QTest::addColumn<int>("mode");
        QTest::addColumn<bool>("paper");
        for (const auto& [mode, name] : EnumNames<AlphaMode>::values)
            QTest::newRow(std::string(name).c_str()) << static_cast<int>(mode) << false;
        QTest::newRow("the paper's") << static_cast<int>(AlphaMode::adaptive) << true;
    }
    void stateGoesOnExactly() {
        QFETCH(int, mode);
        QFETCH(bool, paper);
        RunSpec spec = spec_of(static_cast<AlphaMode>(mode));
        spec.distill->alpha.rule = paper ? AlphaRule::paper : AlphaRule::corrected;
        spec.distill->alpha.history = 5;
        const auto whole = make_alpha_policy(spec);
        std::string saved;
        for (std::uint64_t step = 0; step < 60; ++step) {
            const auto parts = make_alpha_policy(spec);
            if (step > 0) parts->restore(Json::parse(saved));
            for (AlphaPolicy* policy : {whole.get(), parts.get()}) {
                if (policy->looks_at_current()) (void)policy->weigh_current(noisy(step));
                policy->complete_step(noisy(step));
            }
            QCOMPARE(parts->weights(static_cast<std::int64_t>(step)),
                     whole->weights(static_cast<std::int64_t>(step)));
            saved = parts->state().dump();
        }
    }
};

QTEST_APPLESS_MAIN(TestAlphaPolicies)
#include "test_alpha_policies.moc"
