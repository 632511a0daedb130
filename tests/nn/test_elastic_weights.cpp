// SPDX-License-Identifier: GPL-3.0-or-later
// Elastic weight consolidation against numeric derivatives.
#include "nn/elastic_weights.h"

#include <ATen/ATen.h>
#include <QTest>
#include <cmath>

using namespace retort;

namespace {

constexpr std::int64_t vocab = 11, context = 5;

Trainee tiny_trainee() {
    return {Gpt2Shape{1, 8, 2, vocab, context, true}, {}, 4, at::kFloat, at::kCPU};
}

/// [N, context + 1]
at::Tensor windows_of(std::int64_t sequences) {
    return (at::arange(sequences * (context + 1)).mul(7).add(3) % vocab)
        .view({sequences, context + 1})
        .to(at::kLong);
}

/// Σ_t −log p over one window, in double from fp32 logits.
double nll_of(const Trainee& trainee, const at::Tensor& window) {
    const Batch batch = split_windows(window, at::kCPU);
    const TokenScores scores = score_tokens(trainee.score_input({batch.inputs}, {}), batch.targets);
    return scores.nll.sum(at::kDouble).item<double>();
}

/// Of element `i` of a weight, by a central difference.
double numeric_slope(Trainee& trainee, const at::Tensor& weight, std::int64_t i, const at::Tensor& window) {
    constexpr float h = 5e-3F;
    float& element = weight.detach().view({-1}).data_ptr<float>()[i];
    const float kept = element;
    element = kept + h;
    const double above = nll_of(trainee, window);
    element = kept - h;
    const double below = nll_of(trainee, window);
    element = kept;
    return (above - below) / (2.0 * static_cast<double>(h));
}

} // namespace

class TestElasticWeights : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFisherIsTheMeanOfNumericSquares() {
        Trainee trainee = tiny_trainee();
        const at::Tensor windows = windows_of(3);
        const auto fisher = empirical_fisher(trainee, windows, {}, at::kCPU, {});
        const auto weights = trainee.weights();
        QCOMPARE(fisher.size(), weights.size());
        int compared = 0;
        for (std::size_t k = 0; k < weights.size(); ++k) {
            QCOMPARE(fisher[k].name, weights[k].name);
            const at::Tensor flat = fisher[k].tensor.view({-1});
            for (const std::int64_t i : {std::int64_t{0}, flat.numel() / 2, flat.numel() - 1}) {
                double expected = 0;
                for (std::int64_t n = 0; n < 3; ++n) {
                    const double slope =
                        numeric_slope(trainee, weights[k].tensor, i, windows.slice(0, n, n + 1));
                    expected += slope * slope / context / 3;
                }
                const double found = flat[i].item<double>();
                QVERIFY2(std::abs(found - expected) < 2e-2 * expected + 1e-5,
                         qPrintable(QString("%1[%2]: %3 for %4")
                                        .arg(QString::fromStdString(weights[k].name))
                                        .arg(i)
                                        .arg(found)
                                        .arg(expected)));
                compared += expected > 1e-4 ? 1 : 0;
            }
        }
        QVERIFY(compared > 20); // most of them are no comparison of nothing with nothing
    }
    void itIsNotTheSquareOfTheSum() {
        Trainee trainee = tiny_trainee();
        const auto one = empirical_fisher(trainee, windows_of(1), {}, at::kCPU, {});
        const at::Tensor twice = at::cat({windows_of(1), windows_of(1)});
        const auto two = empirical_fisher(trainee, twice, {}, at::kCPU, {});
        for (std::size_t k = 0; k < one.size(); ++k)
            QVERIFY(at::allclose(one[k].tensor, two[k].tensor, 1e-5, 1e-9));
    }
    void itLeavesNoGradientBehind() {
        Trainee trainee = tiny_trainee();
        (void)empirical_fisher(trainee, windows_of(2), {}, at::kCPU, {});
        QCOMPARE(trainee.gradient_norm(), 0.0);
        for (const bool rests : trainee.resting())
            QVERIFY(rests);
    }
    void thePullIsTheSlopeOfThePenalty() { // by hand: 3 / 2 · Σ 2 · 0.5² and 3 · 2 · 0.5
        Trainee trainee = tiny_trainee();
        const at::Tensor window = windows_of(1);
        std::vector<BatchShare> share = {{split_windows(window, at::kCPU)}};
        ShareTeam team(1);
        LossTerm term;
        const ForwardContext plain;
        (void)trainee.accumulate({team, share, {&term, 1}, plain}); // so that every weight moves
        std::vector<NamedTensor> before, fisher;
        std::vector<at::Tensor> gradients;
        std::int64_t elements = 0;
        for (const NamedTensor& weight : trainee.weights()) {
            before.push_back({weight.name, weight.tensor.detach() - 0.5});
            fisher.push_back({weight.name, at::full_like(weight.tensor.detach(), 2.0)});
            elements += weight.tensor.numel();
        }
        for (const NamedTensor& gradient : trainee.gradients())
            gradients.push_back(gradient.tensor.clone());
        const double penalty = add_elastic_pull(trainee, 3.0, fisher, before);
        QVERIFY(std::abs(penalty - 1.5 * 2 * 0.25 * static_cast<double>(elements)) < 1e-4 * penalty);
        const auto pulled = trainee.gradients();
        for (std::size_t k = 0; k < pulled.size(); ++k)
            QVERIFY(at::allclose(pulled[k].tensor, gradients[k] + 3.0, 1e-5, 1e-5));
    }
    void whatRestsIsNotPulled() {
        Trainee trainee = tiny_trainee(); // nothing was read, so that everything rests
        std::vector<NamedTensor> before, fisher;
        for (const NamedTensor& weight : trainee.weights()) {
            before.push_back({weight.name, at::zeros_like(weight.tensor.detach())});
            fisher.push_back({weight.name, at::ones_like(weight.tensor.detach())});
        }
        QVERIFY(add_elastic_pull(trainee, 1.0, fisher, before) > 0);
        QCOMPARE(trainee.gradient_norm(), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestElasticWeights)
#include "test_elastic_weights.moc"
