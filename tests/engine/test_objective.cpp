// SPDX-License-Identifier: GPL-3.0-or-later
// The terms, scales and turns of a run, and the paper's quirks number by number (paper.md B.2).
#include "engine/objective.h"

#include <ATen/ATen.h>
#include <QTest>

using namespace retort;

namespace {

constexpr std::int64_t batch = 2, context = 4, accumulate = 2;

RunSpec spec_of(const DistillSpec& distill) {
    RunSpec spec;
    spec.task = Task::distill;
    spec.teacher.emplace();
    spec.distill = distill;
    spec.data.context = context;
    spec.optim.batch = batch;
    spec.optim.accumulate = accumulate;
    spec.optim.tokens = 1'000'000;
    return spec;
}

Batch batch_of(std::int64_t ends) {
    at::Tensor inputs = at::full({batch, context}, 5, at::kLong);
    inputs.view({-1}).slice(0, 0, ends).fill_(end_of_document);
    return {inputs, at::full({batch * context}, 6, at::kLong)};
}

Objective begun(const DistillSpec& distill) {
    Objective objective(spec_of(distill));
    objective.begin_step();
    return objective;
}

/// One step of micro-batches with these values of CE and KD.
StepLosses step(Objective& objective, const std::vector<std::vector<double>>& micros) {
    objective.begin_step();
    for (const auto& values : micros) {
        std::vector<LossTerm> terms = objective.terms(batch_of(0));
        if (objective.looks_at_current()) objective.reweigh(values, terms);
        objective.add(terms, std::span(values).first(terms.size()), {});
    }
    return objective.finish_step();
}

DistillSpec adaptive_of_paper(std::int64_t history) {
    DistillSpec distill;
    distill.alpha.mode = AlphaMode::adaptive;
    distill.alpha.rule = AlphaRule::paper;
    distill.alpha.history = history;
    return distill;
}

} // namespace

class TestObjective : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scales_data() {
        QTest::addColumn<int>("divergence");
        QTest::addColumn<bool>("masks_inputs");
        QTest::addColumn<double>("normaliser");
        const auto row = [](const char* name, Divergence divergence, bool masks, double normaliser) {
            QTest::newRow(name) << static_cast<int>(divergence) << masks << normaliser;
        };
        // Two micro-batches of two sequences of four tokens, of which three end a document.
        row("mean per target", Divergence::forward_kl, false, 16);
        row("mean per counted input", Divergence::forward_kl, true, 5 * 2);
        row("the paper's inverse KL: a masked mean", Divergence::paper_inverse_kl, true, 5 * 2);
        row("the paper's normal KL: batchmean", Divergence::paper_normal_kl, false, 2 * 2);
        row("the paper's label difference: a sum", Divergence::paper_label_difference, false, 2);
    }
    void scales() {
        QFETCH(int, divergence);
        QFETCH(bool, masks_inputs);
        QFETCH(double, normaliser);
        DistillSpec distill;
        distill.divergence = static_cast<Divergence>(divergence);
        distill.mask = masks_inputs ? DivergenceMask::inputs : DivergenceMask::targets;
        const auto terms = begun(distill).terms(batch_of(3));
        QCOMPARE(terms[0].normaliser, 16.0);
        QCOMPARE(terms[1].normaliser, normaliser);
    }
    void aMicroBatchWithoutCountedInputsDividesByNoZero() {
        DistillSpec distill;
        distill.mask = DivergenceMask::inputs;
        QVERIFY(begun(distill).terms(batch_of(batch * context))[1].normaliser > 0);
    }
    void twoKindsOfThePaperHaveNoMask() {
        for (const Divergence divergence :
             {Divergence::paper_normal_kl, Divergence::paper_label_difference}) {
            DistillSpec distill;
            distill.divergence = divergence;
            distill.mask = DivergenceMask::inputs;
            QCOMPARE(begun(distill).terms(batch_of(3))[1].mask, DivergenceMask::targets);
        }
    }
    void eachMixtureHasItsOwnShare() {
        DistillSpec distill;
        distill.beta = 0.7;
        distill.skew = 0.2;
        distill.divergence = Divergence::jsd;
        QCOMPARE(begun(distill).terms(batch_of(0))[1].mix, 0.7);
        distill.divergence = Divergence::skew_reverse_kl;
        QCOMPARE(begun(distill).terms(batch_of(0))[1].mix, 0.2);
    }
    void combinedLosses() {
        DistillSpec distill;
        distill.alpha.value = 0.25;
        Objective objective(spec_of(distill));
        const StepLosses losses = step(objective, {{1, 2}, {3, 4}});
        QCOMPARE(losses.ce, 4.0);
        QCOMPARE(*losses.kd, 6.0);
        QCOMPARE(losses.weights, (AppliedWeights{0.25, 0.75}));
        QCOMPARE(losses.loss, 0.25 * 4 + 0.75 * 6);
    }
    void aStudentOfTextAloneHasOneTerm() {
        DistillSpec distill;
        distill.alpha.value = 1;
        Objective objective(spec_of(distill));
        QVERIFY(!objective.wants_teacher());
        const StepLosses losses = step(objective, {{1}, {2}});
        QVERIFY(!losses.kd);
        QCOMPARE(losses.weights, (AppliedWeights{1, 0}));
        QCOMPARE(losses.loss, 3.0);
    }
    void alternatingByStepAsksNoTeacherOnItsFirst() {
        DistillSpec distill;
        distill.combine = Combine::alternating;
        Objective objective(spec_of(distill));
        QVERIFY(!objective.wants_teacher());
        const StepLosses text = step(objective, {{1}, {2}});
        QVERIFY(!text.kd);
        QCOMPARE(text.loss, 3.0);
        QVERIFY(objective.wants_teacher());
        const StepLosses taught = step(objective, {{1, 5}, {2, 6}});
        QCOMPARE(*taught.kd, 11.0);
        QCOMPARE(taught.weights, (AppliedWeights{0, 1}));
        QCOMPARE(taught.loss, 11.0);
    }
    void alternatingByMicroBatchIsHalfOfEachStep() { // paper.md B.2.6: fixed alpha 1/2 in expectation
        DistillSpec distill;
        distill.combine = Combine::alternating;
        distill.alternate_per = AlternatePer::micro_batch;
        Objective objective(spec_of(distill));
        const StepLosses losses = step(objective, {{1}, {2, 6}}); // CE, then KD
        QCOMPARE(losses.ce, 3.0);
        QCOMPARE(*losses.kd, 12.0); // the mean of the micro-batches that have it
        QCOMPARE(losses.weights, (AppliedWeights{0.5, 0.5}));
        QCOMPARE(losses.loss, 1.0 + 6.0);
        QVERIFY(!objective.wants_teacher()); // four micro-batches later the turn is the text's again
    }
    void thePapersAlphaIsSetByTheMicroBatchItWeighs() {
        const DistillSpec distill = adaptive_of_paper(2);
        Objective objective(spec_of(distill));
        QVERIFY(objective.looks_at_current());
        // The second micro-batch's CE doubles: (2 − 1) / 1.5 = 2/3, w = 1/3; KD falls: w = 1. alpha = 1/4.
        const StepLosses losses = step(objective, {{1, 2}, {2, 1}});
        QCOMPARE(losses.weights.alpha, (0.5 + 0.25) / 2);
        QCOMPARE(losses.loss, 0.5 * 1 + 0.5 * 2 + 0.25 * 2 + 0.75 * 1);
    }
    void undefinedWeightsAreCounted() {
        const DistillSpec distill = adaptive_of_paper(2);
        Objective objective(spec_of(distill));
        QCOMPARE(step(objective, {{1, 1}, {9, 9}}).undefined, std::int64_t{1});
        QCOMPARE(step(objective, {{9, 9}, {9, 9}}).undefined, std::int64_t{0});
    }
    void anAbandonedStepLeavesNoTrace() {
        const DistillSpec distill = adaptive_of_paper(3);
        Objective whole(spec_of(distill)), torn(spec_of(distill));
        (void)step(whole, {{5, 4}, {4, 3}});
        (void)step(torn, {{5, 4}, {4, 3}});
        torn.begin_step();
        std::vector<LossTerm> terms = torn.terms(batch_of(0));
        torn.reweigh(std::vector<double>{7, 7}, terms);
        torn.add(terms, std::vector<double>{7, 7}, {});
        torn.abandon_step();
        Objective resumed(spec_of(distill));
        resumed.restore(Json::parse(torn.state().dump()));
        const StepLosses expected = step(whole, {{3, 3}, {6, 2}});
        QCOMPARE(step(torn, {{3, 3}, {6, 2}}).loss, expected.loss);
        QCOMPARE(step(resumed, {{3, 3}, {6, 2}}).loss, expected.loss);
    }
};

QTEST_APPLESS_MAIN(TestObjective)
#include "test_objective.moc"
