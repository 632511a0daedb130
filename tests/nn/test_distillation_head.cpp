// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/philox.h"
#include "nn/distillation_head.h"
#include "nn/loss_rows.h"

#include <ATen/ATen.h>
#include <QTest>
#include <limits>

using namespace retort;

namespace {

constexpr std::int64_t rows = 37, width = 12, teacher_width = 20, vocab = 61;

struct Problem {
    at::Tensor hidden, weight, teacher_hidden, teacher_weight, targets;
};

at::Tensor normal(std::uint64_t seed, at::IntArrayRef sizes) {
    at::Tensor tensor = at::empty(sizes, at::kFloat);
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        tensor.data_ptr<float>()[i] =
            static_cast<float>(RandomStream(seed, "test").normal(0, static_cast<std::uint64_t>(i)));
    return tensor;
}

Problem problem() {
    return {normal(1, {rows, width}).requires_grad_(true), normal(2, {vocab, width}).requires_grad_(true),
            normal(3, {rows, teacher_width}), normal(4, {vocab, teacher_width}),
            at::arange(rows, at::kLong) * 7 % vocab};
}

std::vector<LossTerm> both(double alpha, double temperature, bool scale_t2) {
    LossTerm ce, kl;
    ce.weight = alpha;
    kl.weight = 1 - alpha;
    kl.divergence = Divergence::forward_kl;
    kl.temperature = temperature;
    kl.scale_t2 = scale_t2;
    return {ce, kl};
}

/// The same loss by full tensors and autograd, in double precision.
at::Tensor plain_loss(const Problem& p, const std::vector<LossTerm>& terms, double normaliser) {
    const at::Tensor z = at::mm(p.hidden.to(at::kDouble), p.weight.to(at::kDouble).t());
    const at::Tensor t = at::mm(p.teacher_hidden.to(at::kDouble), p.teacher_weight.to(at::kDouble).t());
    at::Tensor total = at::zeros({}, at::kDouble);
    for (const LossTerm& term : terms) {
        if (!term.divergence) {
            total =
                total + term.weight * at::nll_loss(at::log_softmax(z, -1), p.targets, {}, at::Reduction::Sum);
            continue;
        }
        const at::Tensor log_p = at::log_softmax(t / term.temperature, -1),
                         log_q = at::log_softmax(z / term.temperature, -1);
        const double t2 = term.scale_t2 ? term.temperature * term.temperature : 1;
        total = total + term.weight * t2 * (log_p.exp() * (log_p - log_q)).sum();
    }
    return total / normaliser;
}

HeadLoss head(const Problem& p, const std::vector<LossTerm>& terms, double normaliser) {
    const std::vector<HeadInput> teachers = {{p.teacher_hidden, p.teacher_weight}};
    return distillation_head({p.hidden, p.weight}, teachers, p.targets, terms, normaliser);
}

double relative(const at::Tensor& a, const at::Tensor& b) {
    return ((a.to(at::kDouble) - b.to(at::kDouble)).norm() / b.to(at::kDouble).norm()).item<double>();
}

} // namespace

class TestDistillationHead : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { set_head_chunk_bytes(16 << 20); }
    void agreesWithAutogradOverFullTensors_data() {
        QTest::addColumn<double>("alpha");
        QTest::addColumn<double>("temperature");
        QTest::addColumn<bool>("scale_t2");
        QTest::addColumn<int>("chunk_rows");
        QTest::newRow("half") << 0.5 << 1.0 << false << 1000;
        QTest::newRow("divergence alone") << 0.0 << 2.0 << false << 1000;
        QTest::newRow("T²") << 0.25 << 2.0 << true << 1000;
        QTest::newRow("chunks of 5") << 0.5 << 2.0 << true << 5;
        QTest::newRow("chunks of 1") << 0.5 << 1.0 << false << 1;
    }
    void agreesWithAutogradOverFullTensors() {
        QFETCH(double, alpha);
        QFETCH(double, temperature);
        QFETCH(bool, scale_t2);
        QFETCH(int, chunk_rows);
        set_head_chunk_bytes(chunk_rows * vocab * 4);
        const auto terms = both(alpha, temperature, scale_t2);
        const Problem mine = problem(), plain = problem();
        const HeadLoss loss = head(mine, terms, 2 * rows);
        loss.total.backward();
        const at::Tensor expected = plain_loss(plain, terms, 2 * rows);
        expected.backward();
        QVERIFY(std::abs(loss.total.item<double>() - expected.item<double>()) <
                1e-5 * expected.item<double>());
        QVERIFY(relative(mine.hidden.grad(), plain.hidden.grad()) < 1e-5);
        QVERIFY(relative(mine.weight.grad(), plain.weight.grad()) < 1e-5);
    }
    void theTeacherGetsNoGradient() {
        Problem p = problem();
        p.teacher_hidden.requires_grad_(true);
        p.teacher_weight.requires_grad_(true);
        head(p, both(0.5, 1, false), rows).total.backward();
        QVERIFY(!p.teacher_hidden.grad().defined());
        QVERIFY(!p.teacher_weight.grad().defined());
    }
    void accumulationAddsUpToOneBatch() {
        const auto terms = both(0.5, 2, false);
        const Problem whole = problem(), parts = problem();
        const double total = head(whole, terms, rows).total.item<double>();
        head(whole, terms, rows).total.backward();
        double sum = 0;
        for (const auto& [begin, end] : {std::pair<std::int64_t, std::int64_t>{0, 10}, {10, rows}}) {
            const Problem part = {parts.hidden.slice(0, begin, end), parts.weight,
                                  parts.teacher_hidden.slice(0, begin, end), parts.teacher_weight,
                                  parts.targets.slice(0, begin, end)};
            const HeadLoss loss = head(part, terms, rows);
            loss.total.backward();
            sum += loss.total.item<double>();
        }
        QVERIFY(std::abs(sum - total) < 1e-6 * total);
        QVERIFY(relative(parts.hidden.grad(), whole.hidden.grad()) < 1e-6);
        QVERIFY(relative(parts.weight.grad(), whole.weight.grad()) < 1e-6);
    }
    void aTermOfWeightZeroIsMeasuredAndPullsNothing() {
        const Problem a = problem(), b = problem();
        const HeadLoss with = head(a, both(1.0, 1, false), rows);
        with.total.backward();
        head(b, {LossTerm{}}, rows).total.backward();
        QVERIFY(with.sums[1] > 0);
        QVERIFY(a.hidden.grad().equal(b.hidden.grad()));
    }
    void theGeneralPathAgreesWithTheKernels() { // what a GPU computes, run here on double tensors
        const Problem p = problem();
        const at::Tensor z = at::mm(p.hidden, p.weight.t()).detach(),
                         t = at::mm(p.teacher_hidden, p.teacher_weight.t());
        for (const LossTerm& term : both(0.5, 2, true)) {
            const at::Tensor mine = at::zeros_like(z), general = at::zeros_like(z);
            const at::Tensor a = add_term(term, z, t, p.targets, 0.3, mine);
            const at::Tensor b = add_term_anywhere(term, z, t, p.targets, 0.3, general);
            QVERIFY(relative(a, b) < 1e-5);
            QVERIFY(relative(mine, general) < 1e-5);
        }
    }
    void scoresAreNegativeLogLikelihoodAndHits() {
        set_head_chunk_bytes(5 * vocab * 4);
        const Problem p = problem();
        const TokenScores scores = score_tokens({p.hidden.detach(), p.weight.detach()}, p.targets);
        const at::Tensor log_q = at::log_softmax(at::mm(p.hidden, p.weight.t()), -1).detach();
        QVERIFY(relative(scores.nll, -log_q.gather(1, p.targets.unsqueeze(1)).squeeze(1)) < 1e-5);
        QVERIFY(scores.correct.equal(log_q.argmax(-1).eq(p.targets)));
    }
    void aNaNReachesTheSums() {
        Problem p = problem();
        const at::NoGradGuard no_grad;
        p.hidden[3][2] = std::numeric_limits<double>::quiet_NaN();
        const HeadLoss loss = head(p, both(0.5, 1, false), rows);
        QVERIFY(std::isnan(loss.sums[0]) && std::isnan(loss.sums[1]));
    }
};

QTEST_GUILESS_MAIN(TestDistillationHead)
#include "test_distillation_head.moc"
