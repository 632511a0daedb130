// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/philox.h"
#include "nn/distillation_head.h"
#include "nn/loss_rows.h"
#include "tests/nn/divergence_rows.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <QTest>
#include <limits>

using namespace retort;
using test::add_divergences;

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

std::vector<LossTerm> both(double alpha, double temperature, bool scale_t2, double normaliser,
                           Divergence divergence = Divergence::forward_kl) {
    LossTerm ce, kd;
    ce.weight = alpha;
    kd.weight = 1 - alpha;
    kd.divergence = divergence;
    kd.temperature = temperature;
    kd.scale_t2 = scale_t2;
    ce.normaliser = kd.normaliser = normaliser;
    return {ce, kd};
}

/// The same loss by full tensors and autograd, in double precision.
at::Tensor plain_loss(const Problem& p, const std::vector<LossTerm>& terms) {
    const at::Tensor z = at::mm(p.hidden.to(at::kDouble), p.weight.to(at::kDouble).t());
    const at::Tensor t = at::mm(p.teacher_hidden.to(at::kDouble), p.teacher_weight.to(at::kDouble).t());
    at::Tensor total = at::zeros({}, at::kDouble);
    for (const LossTerm& term : terms) {
        const double scale = term.weight / term.normaliser;
        if (!term.divergence) {
            total = total + scale * at::nll_loss(at::log_softmax(z, -1), p.targets, {}, at::Reduction::Sum);
            continue;
        }
        const at::Tensor log_p = at::log_softmax(t / term.temperature, -1),
                         log_q = at::log_softmax(z / term.temperature, -1);
        const double t2 = term.scale_t2 ? term.temperature * term.temperature : 1;
        total = total + scale * t2 * (log_p.exp() * (log_p - log_q)).sum();
    }
    return total;
}

HeadTokens tokens_of(const Problem& p) {
    return {p.targets, p.targets.roll(1)};
}

HeadLoss head(const Problem& p, const std::vector<LossTerm>& terms) {
    std::vector<TeacherPass> teachers;
    teachers.emplace_back(HeadInput{p.teacher_hidden, p.teacher_weight}, p.targets, false);
    return distillation_head({p.hidden, p.weight}, teachers, tokens_of(p), terms);
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
        const auto terms = both(alpha, temperature, scale_t2, 2 * rows);
        const Problem mine = problem(), plain = problem();
        const HeadLoss loss = head(mine, terms);
        loss.total.backward();
        const at::Tensor expected = plain_loss(plain, terms);
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
        head(p, both(0.5, 1, false, rows)).total.backward();
        QVERIFY(!p.teacher_hidden.grad().defined());
        QVERIFY(!p.teacher_weight.grad().defined());
    }
    void chunksDoNotMatter_data() { add_divergences(); }
    void chunksDoNotMatter() {
        QFETCH(Divergence, divergence);
        const auto terms = both(0.5, 2, false, rows, divergence);
        const Problem whole = problem(), parts = problem();
        const HeadLoss at_once = head(whole, terms);
        at_once.total.backward();
        set_head_chunk_bytes(5 * vocab * 4);
        const HeadLoss in_parts = head(parts, terms);
        in_parts.total.backward();
        QVERIFY(std::abs(in_parts.values[1] - at_once.values[1]) < 1e-6 * std::abs(at_once.values[1]));
        QVERIFY(relative(parts.hidden.grad(), whole.hidden.grad()) < 1e-6);
        QVERIFY(relative(parts.weight.grad(), whole.weight.grad()) < 1e-6);
    }
    void accumulationAddsUpToOneBatch_data() { add_divergences(); }
    void accumulationAddsUpToOneBatch() {
        QFETCH(Divergence, divergence);
        const auto terms = both(0.5, 2, false, rows, divergence);
        const Problem whole = problem(), parts = problem();
        const double total = head(whole, terms).total.item<double>();
        head(whole, terms).total.backward();
        const HeadTokens tokens = tokens_of(parts);
        double sum = 0;
        for (const auto& [begin, end] : {std::pair<std::int64_t, std::int64_t>{0, 10}, {10, rows}}) {
            std::vector<TeacherPass> teachers;
            teachers.emplace_back(HeadInput{parts.teacher_hidden.slice(0, begin, end), parts.teacher_weight},
                                  parts.targets.slice(0, begin, end), false);
            const HeadLoss loss = distillation_head(
                {parts.hidden.slice(0, begin, end), parts.weight}, teachers,
                {tokens.targets.slice(0, begin, end), tokens.inputs.slice(0, begin, end)}, terms);
            loss.total.backward();
            sum += loss.total.item<double>();
        }
        QVERIFY(std::abs(sum - total) < 1e-6 * total);
        QVERIFY(relative(parts.hidden.grad(), whole.hidden.grad()) < 1e-6);
        QVERIFY(relative(parts.weight.grad(), whole.weight.grad()) < 1e-6);
    }
    void aTermOfWeightZeroIsMeasuredAndPullsNothing() {
        const Problem a = problem(), b = problem();
        const HeadLoss with = head(a, both(1.0, 1, false, rows));
        with.total.backward();
        LossTerm alone;
        alone.normaliser = rows;
        head(b, {alone}).total.backward();
        QVERIFY(with.values[1] > 0);
        QVERIFY(a.hidden.grad().equal(b.hidden.grad()));
    }
    void measuringGivesTheValuesOfTraining() {
        const Problem p = problem();
        const auto terms = both(0.5, 2, true, rows);
        std::vector<TeacherPass> teachers;
        teachers.emplace_back(HeadInput{p.teacher_hidden, p.teacher_weight}, p.targets, false);
        QVERIFY(measure_terms({p.hidden, p.weight}, teachers, tokens_of(p), terms) == head(p, terms).values);
    }
    void aMaskCountsTheInputsThatEndNoDocument() {
        const Problem p = problem();
        auto terms = both(0.5, 1, false, 1);
        terms[1].mask = DivergenceMask::inputs;
        HeadTokens tokens = tokens_of(p);
        tokens.inputs = at::full({rows}, 5, at::kLong);
        const at::Tensor ends = at::arange(rows, at::kLong).remainder(3).eq(0);
        tokens.inputs.masked_fill_(ends, end_of_document);
        const auto value = [&](const at::Tensor& inputs) {
            std::vector<TeacherPass> teachers;
            teachers.emplace_back(HeadInput{p.teacher_hidden, p.teacher_weight}, p.targets, false);
            return distillation_head({p.hidden, p.weight}, teachers, {p.targets, inputs}, terms).values;
        };
        const at::Tensor log_q = at::log_softmax(at::mm(p.hidden, p.weight.t()), -1),
                         log_p = at::log_softmax(at::mm(p.teacher_hidden, p.teacher_weight.t()), -1);
        const at::Tensor each = (log_p.exp() * (log_p - log_q)).sum(-1);
        const double expected = each.masked_fill(ends, 0).sum().item<double>();
        QVERIFY(std::abs(value(tokens.inputs)[1] - expected) < 1e-5 * expected);
        const auto none = value(at::full({rows}, end_of_document, at::kLong)); // 0 and no NaN
        QCOMPARE(none[1], 0.0);
        QVERIFY(none[0] > 0);
    }
    void theTeachersCrossEntropyIsMeasuredOnce() {
        const Problem p = problem();
        set_head_chunk_bytes(5 * vocab * 4);
        for (const bool keeps : {false, true}) {
            std::vector<TeacherPass> teachers;
            teachers.emplace_back(HeadInput{p.teacher_hidden, p.teacher_weight}, p.targets, keeps);
            const auto terms = both(0.5, 1, false, rows);
            const auto first = measure_terms({p.hidden, p.weight}, teachers, tokens_of(p), terms);
            QVERIFY(measure_terms({p.hidden, p.weight}, teachers, tokens_of(p), terms) == first);
            const at::Tensor log_p = at::log_softmax(at::mm(p.teacher_hidden, p.teacher_weight.t()), -1);
            const double expected = -log_p.gather(1, p.targets.unsqueeze(1)).sum().item<double>();
            QVERIFY(std::abs(teachers[0].cross_entropy() - expected) < 1e-5 * expected);
        }
    }
    void theGeneralPathAgreesWithTheKernels_data() { add_divergences(); }
    void theGeneralPathAgreesWithTheKernels() { // what a GPU computes
        QFETCH(Divergence, divergence);
        const Problem p = problem();
        const at::Tensor z = at::mm(p.hidden, p.weight.t()).detach(),
                         t = at::mm(p.teacher_hidden, p.teacher_weight.t());
        const RowContext context = {t, p.targets, p.targets.roll(1), at::arange(rows).remainder(4).ne(1)};
        auto terms = both(0.5, 2, true, 1, divergence);
        terms[1].mix = 0.3;
        for (const LossTerm& term : terms) {
            const at::Tensor mine = at::zeros_like(z), general = at::zeros_like(z);
            const at::Tensor a = add_term(term, z, context, 0.3, mine);
            const at::Tensor b = add_term_anywhere(term, z, context, 0.3, general);
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
        const HeadLoss loss = head(p, both(0.5, 1, false, rows));
        QVERIFY(std::isnan(loss.values[0]) && std::isnan(loss.values[1]));
    }
};

QTEST_GUILESS_MAIN(TestDistillationHead)
#include "test_distillation_head.moc"
