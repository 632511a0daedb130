// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/model_size.h"

#include <QTest>

using namespace retort;

namespace {

RunSpec distillation() {
    RunSpec spec;
    spec.teacher.emplace();
    spec.distill.emplace();
    return spec;
}

} // namespace

class TestModelSize : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // The published counts of Hugging Face's gpt2, gpt2-medium, gpt2-large and gpt2-xl.
    void countsArePublishedOnes_data() {
        QTest::addColumn<int>("layers");
        QTest::addColumn<int>("width");
        QTest::addColumn<qint64>("total");
        QTest::newRow("gpt2") << 12 << 768 << Q_INT64_C(124439808);
        QTest::newRow("gpt2-medium") << 24 << 1024 << Q_INT64_C(354823168);
        QTest::newRow("gpt2-large") << 36 << 1280 << Q_INT64_C(774030080);
        QTest::newRow("gpt2-xl") << 48 << 1600 << Q_INT64_C(1557611200);
    }
    void countsArePublishedOnes() {
        QFETCH(int, layers);
        QFETCH(int, width);
        QFETCH(qint64, total);
        const ModelSize size = parameter_count({.layers = layers, .width = width, .heads = 1}, 50257, 1024);
        QCOMPARE(size.total, total);
        QCOMPARE(size.embedding + size.non_embedding, total);
    }
    void anUntiedHeadHasItsOwnTable() {
        const ModelSpec tied = {.layers = 1, .width = 2, .heads = 1};
        ModelSpec untied = tied;
        untied.tied = false;
        // By hand: wte 5×2, wpe 3×2; attention 2×6 + 6 + 2×2 + 2; MLP 2×8 + 8 + 8×2 + 2; three norms of 4.
        QCOMPARE(parameter_count(tied, 5, 3), (ModelSize{16 + 24 + 42 + 12, 16, 24 + 42 + 12}));
        QCOMPARE(parameter_count(untied, 5, 3).embedding, std::int64_t{16 + 10});
    }
    void headsDoNotChangeTheCount() {
        QCOMPARE(parameter_count({.width = 96, .heads = 4}, 100, 8),
                 parameter_count({.width = 96, .heads = 12}, 100, 8));
    }
    void operationsOfATinyModelByHand() {
        // Products with one token: 2·(2×6 + 2×2 + 2×8 + 8×2) + head 2·(2×5); scores and their sum over three
        // places: 2·(3×2) each.
        const FlopCount flops = flops_per_token({.layers = 1, .width = 2, .heads = 1}, 5, 3);
        QCOMPARE(flops.forward, 2.0 * 48 + 2.0 * 10 + 2 * 2.0 * 6);
        QCOMPARE(flops.training, 3 * flops.forward);
    }
    void aRunAsksItsTeacherOncePerToken() {
        RunSpec spec = distillation();
        spec.optim.tokens = 1;
        const auto tokens = static_cast<double>(tokens_per_step(spec));
        const double student = flops_per_token(spec.model, 4000, 128).training;
        const double teacher = flops_per_token(spec.teacher->model, 4000, 128).forward;
        QCOMPARE(training_flops(spec), tokens * (student + teacher));
        spec.distill->alpha.value = 1;
        QCOMPARE(training_flops(spec), tokens * student);
    }
    void memoryCountsWhatTrainingKeeps() {
        RunSpec spec = distillation();
        const auto student = static_cast<double>(parameter_count(spec.model, 4000, 128).total);
        const auto teacher = static_cast<double>(parameter_count(spec.teacher->model, 4000, 128).total);
        const TrainingMemory memory = memory_bytes(spec);
        QCOMPARE(memory.weights + memory.gradients + memory.optimiser, 16 * student);
        QCOMPARE(memory.teacher, 4 * teacher + (16 << 20)); // and a chunk of its logits
        QCOMPARE(memory.total(), 16 * student + memory.activations + memory.teacher);
        spec.distill->alpha.value = 1;
        QCOMPARE(memory_bytes(spec).teacher, 0.0);
    }
    void activationsGrowWithTheMicroBatchAlone() {
        RunSpec spec = distillation();
        const double one = memory_bytes(spec).activations;
        spec.optim.accumulate = 8;
        QCOMPARE(memory_bytes(spec).activations, one);
        const double chunks =
            2.0 * (16 << 20); // of logits and their gradient: no more however large the batch
        spec.optim.batch *= 2;
        QCOMPARE(memory_bytes(spec).activations - chunks, 2 * (one - chunks));
    }
    void theTeacherRestsOnHalfOfAlternatingSteps() {
        RunSpec spec = distillation();
        const double always = training_flops(spec);
        spec.distill->combine = Combine::alternating;
        const double teacher = flops_per_token(spec.teacher->model, 4000, 128).forward *
                               static_cast<double>(total_steps(spec) * tokens_per_step(spec));
        QCOMPARE(training_flops(spec), always - teacher / 2);
        spec.distill->alternate_per = AlternatePer::micro_batch; // one micro-batch a step: all the same
        QCOMPARE(training_flops(spec), always - teacher / 2);
    }
    void keptHiddenStatesTakeTwoBytesAnElement() {
        RunSpec spec = distillation();
        QCOMPARE(hidden_cache_bytes(spec), 0.0);
        spec.run.teacher = TeacherMode::cached;
        QCOMPARE(
            hidden_cache_bytes(spec),
            2.0 * static_cast<double>(total_steps(spec) * tokens_per_step(spec) * spec.teacher->model.width));
    }
    void halfPrecisionOfAGpuKeepsItsCopyAndHalvesTheBlocks() {
        RunSpec spec = distillation();
        const TrainingMemory full = memory_bytes(spec);
        spec.run.precision = Precision::bf16;
        spec.run.device = DeviceKind::cpu;
        QCOMPARE(memory_bytes(spec).weights, full.weights); // there it is the factors of products alone
        spec.run.device = DeviceKind::cuda;
        const TrainingMemory half = memory_bytes(spec);
        QCOMPARE(2 * half.weights, 3 * full.weights);
        QVERIFY(half.activations < full.activations);
        QVERIFY(half.teacher < full.teacher);
    }
};

QTEST_APPLESS_MAIN(TestModelSize)
#include "test_model_size.moc"
