// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/trainee.h"

#include <ATen/ATen.h>
#include <QTest>
#include <atomic>
#include <stdexcept>
#include <thread>

using namespace retort;

namespace {

constexpr Gpt2Shape small = {2, 16, 2, 50, 12, true};

/// Gradients and values of one micro-batch of seven sequences, cut for so many threads.
struct Computed {
    std::vector<NamedTensor> gradients;
    std::vector<double> values;
};

Computed compute(int threads, bool reweighs = false) {
    ShareTeam team(threads);
    Trainee trainee(small, OptimSpec{}, 3, at::kFloat, at::kCPU);
    const at::Tensor windows = at::arange(7 * 13, at::kLong).view({7, 13}) * 11 % small.vocab;
    std::vector<BatchShare> shares = cut_batch(windows, team, at::kCPU);
    const Gpt2 teacher = frozen(Gpt2(small, 9), at::kFloat, at::kCPU);
    for (BatchShare& share : shares)
        share.teachers.emplace_back(
            HeadInput{teacher.hidden(share.batch.inputs, {}).flatten(0, 1), teacher.head_weight()},
            share.batch.targets, false);
    std::vector<LossTerm> terms(2);
    terms[1].divergence = Divergence::reverse_kl;
    for (LossTerm& term : terms)
        term.normaliser = 7 * 12, term.weight = 0.5;
    ForwardContext context;
    context.dropout = 0.3;
    context.seed = 4;
    Trainee::Micro micro{team, shares, terms, context};
    if (reweighs)
        micro.reweigh = [](std::span<const double> values, std::span<LossTerm> all) {
            all[0].weight = values[1] / (values[0] + values[1]); // of the whole micro-batch, not of a share
            all[1].weight = 1 - all[0].weight;
        };
    std::vector<double> values = trainee.accumulate(micro);
    return {trainee.gradients(), std::move(values)};
}

double difference(const Computed& a, const Computed& b) {
    double worst = 0;
    for (std::size_t i = 0; i < a.gradients.size(); ++i)
        worst = std::max(
            worst, ((a.gradients[i].tensor - b.gradients[i].tensor).norm() / a.gradients[i].tensor.norm())
                       .item<double>());
    for (std::size_t k = 0; k < a.values.size(); ++k)
        worst = std::max(worst, std::abs(a.values[k] - b.values[k]) / a.values[k]);
    return worst;
}

} // namespace

class TestShareTeam : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cutsWithoutHolesAndWithoutEmptyShares() {
        for (const int threads : {1, 2, 3, 8}) {
            const ShareTeam team(threads);
            for (const std::int64_t sequences : {1, 2, 5, 16}) {
                const auto ranges = team.cut(sequences);
                QCOMPARE(std::ssize(ranges), std::min<std::int64_t>(threads, sequences));
                std::int64_t at = 0;
                for (const ShareRange& range : ranges) {
                    QCOMPARE(range.begin, at);
                    QVERIFY(range.size() >= 1 && range.size() <= (sequences + threads - 1) / threads);
                    at = range.end;
                }
                QCOMPARE(at, sequences);
            }
        }
    }
    void eachShareHasAThreadOfItsOwn() {
        ShareTeam team(3);
        for (int round = 0; round < 50; ++round) {
            std::vector<std::thread::id> threads(3);
            team.run(3, [&](std::size_t share) { threads[share] = std::this_thread::get_id(); });
            QCOMPARE(threads[0], std::this_thread::get_id());
            QVERIFY(threads[1] != threads[0] && threads[2] != threads[1] && threads[2] != threads[0]);
            team.run(2, [&](std::size_t share) { QVERIFY(share < 2); });
        }
    }
    void allEndBeforeTheFirstThrowIsHeard() {
        ShareTeam team(3);
        std::atomic<int> ended = 0;
        try {
            team.run(3, [&](std::size_t share) {
                ++ended;
                if (share > 0) throw std::runtime_error("share " + std::to_string(share));
            });
            QFAIL("nothing was thrown");
        } catch (const std::runtime_error& error) {
            QCOMPARE(QString(error.what()), QString("share 1"));
        }
        QCOMPARE(ended.load(), 3);
        team.run(3, [&](std::size_t) { ++ended; }); // the team goes on
        QCOMPARE(ended.load(), 6);
    }
    void gradientsDoNotDependOnTheCut_data() {
        QTest::addColumn<bool>("reweighs");
        QTest::newRow("weights given") << false;
        QTest::newRow("weights from the values") << true;
    }
    void gradientsDoNotDependOnTheCut() {
        QFETCH(bool, reweighs);
        QVERIFY(can_be_cut(small, 12));
        const Computed whole = compute(1, reweighs);
        for (const int threads : {2, 3, 7, 9})
            QVERIFY(difference(whole, compute(threads, reweighs)) < 1e-5); // dropout masks included
        QCOMPARE(difference(compute(3, reweighs), compute(3, reweighs)), 0.0);
    }
    void gradientsAreThoseOfTheWholeGraph_data() {
        QTest::addColumn<bool>("tied");
        QTest::newRow("tied") << true;
        QTest::newRow("untied") << false;
    }
    /// The embedding's are left row by row, and what comes first becomes the sum: LibTorch's own graph of the
    /// same loss does neither.
    void gradientsAreThoseOfTheWholeGraph() {
        QFETCH(bool, tied);
        Gpt2Shape shape = small;
        shape.tied = tied;
        const at::Tensor windows = at::arange(7 * 13, at::kLong).view({7, 13}) * 11 % shape.vocab;
        ShareTeam team(3);
        Trainee trainee(shape, OptimSpec{}, 3, at::kFloat, at::kCPU);
        LossTerm cross_entropy;
        cross_entropy.normaliser = 7 * 12;
        for (int micro = 0; micro < 2; ++micro) {
            std::vector<BatchShare> shares = cut_batch(windows, team, at::kCPU);
            (void)trainee.accumulate({team, shares, {&cross_entropy, 1}, {}});
        }
        Gpt2 model(shape, 3);
        model.convert([](const at::Tensor& tensor) { return tensor.detach().requires_grad_(true); });
        const Batch batch = split_windows(windows, at::kCPU);
        const at::Tensor logits = model.hidden(batch.inputs, {}).flatten(0, 1).matmul(model.head_weight().t());
        (2 * at::cross_entropy_loss(logits, batch.targets)).backward();
        const std::vector<NamedTensor> expected = model.parameters(), got = trainee.gradients();
        QCOMPARE(got.size(), expected.size());
        for (std::size_t i = 0; i < got.size(); ++i) {
            const at::Tensor& gradient = expected[i].tensor.grad();
            const double away = (got[i].tensor - gradient).norm().item<double>();
            QVERIFY2(away < 1e-5 * gradient.norm().item<double>(), got[i].name.c_str());
        }
        trainee.drop_gradients();
        QCOMPARE(trainee.gradient_norm(), 0.0);
    }
    void oddSizesAreNotCut() { QVERIFY(!can_be_cut({1, 9, 3, 50, 5, true}, 5)); }
};

QTEST_GUILESS_MAIN(TestShareTeam)
#include "test_share_team.moc"
