// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/model_size.h"
#include "analysis/modular_size.h"

#include <QTest>

using namespace retort;

namespace {

/// Of 3 experts of one block of width 2, with 5 tokens and 3 positions.
RunSpec tiny(Architecture architecture) {
    RunSpec spec;
    spec.task = Task::modular;
    spec.data.domains = {"en", "fr", "de"};
    spec.data.context = 3;
    spec.data.tokenizer.vocab = 5;
    spec.model = {.layers = 1, .width = 2, .heads = 1};
    spec.teacher.emplace();
    spec.distill.emplace();
    spec.modular.emplace().architecture = architecture;
    spec.evaluation.emplace();
    spec.router.emplace();
    return spec;
}

// By hand: wte 5×2; a body: wpe 3×2; attention 2×6 + 6 + 2×2 + 2; MLP 2×8 + 8 + 8×2 + 2; three norms of 4.
constexpr std::int64_t embedding = 10, body = 6 + 24 + 42 + 12;

} // namespace

class TestModularSize : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void partsOfATinyModelByHand() {
        const ModularSize jeet = modular_size(tiny(Architecture::jeet));
        QCOMPARE(jeet, (ModularSize{3, 1, embedding, 0, body, 0, 3 * embedding}));
        QCOMPARE(jeet.total(), embedding + 3 * body);
        QCOMPARE(jeet.active(), embedding + body);
        const ModularSize moe = modular_size(tiny(Architecture::moe_ce));
        QCOMPARE(moe, (ModularSize{3, 1, embedding, 0, body, body, 4 * embedding}));
        QCOMPARE(moe.total(), embedding + 4 * body);
        QCOMPARE(moe.active(), embedding + 2 * body);
        const ModularSize ple = modular_size(tiny(Architecture::ple));
        QCOMPARE(ple, (ModularSize{3, 3, embedding, 0, body, 0, 0}));
        QCOMPARE(ple.total(), 3 * (embedding + body));
        QCOMPARE(ple.active(), embedding + body);
    }
    void anUntiedHeadCountsWithItsBias() {
        RunSpec spec = tiny(Architecture::jeet);
        spec.model.tied = false;
        QCOMPARE(modular_size(spec).head, std::int64_t{10});
        spec.modular->head_bias = true;
        QCOMPARE(modular_size(spec).head, std::int64_t{15});
        spec.modular->architecture = Architecture::ple; // dense experts have none
        QCOMPARE(modular_size(spec).head, std::int64_t{10});
        QCOMPARE(modular_size(spec).total(), std::int64_t{3 * (10 + 10) + 3 * body});
    }
    void oneExpertOfAFewIsADenseModel() {
        RunSpec spec = tiny(Architecture::jeet);
        spec.modular->experts = {"fr"};
        QCOMPARE(parameter_count(spec), parameter_count(spec.model, 5, 3));
        QCOMPARE(flops_per_token(spec).forward, flops_per_token(spec.model, 5, 3).forward);
    }
    // Its counts for GPT-2 of 6 layers of width 768 on 32,000 tokens and 256 positions, in millions.
    void thePaperCarriesItsDeadTables() {
        RunSpec spec = tiny(Architecture::jeet);
        spec.data.domains = {"en", "fr", "de", "py"};
        spec.data.tokenizer.vocab = 32'000;
        spec.data.context = 256;
        spec.model = {.layers = 6, .width = 768, .heads = 12};
        QCOMPARE(modular_size(spec).dead, std::int64_t{4} * 32'000 * 768); // 98.3 M
        spec.modular->architecture = Architecture::moe_ce;
        QCOMPARE(modular_size(spec).dead, std::int64_t{5} * 32'000 * 768); // 122.9 M
    }
    void onlyWhatATokenPassesIsComputed() {
        // By hand: products with one token 2·48, scores and their sum 2·2·6, and the head 2·10.
        const double of_body = 2.0 * 48 + 2 * 2.0 * 6, of_head = 2.0 * 10;
        QCOMPARE(flops_per_token(tiny(Architecture::ple)).forward, of_body + of_head);
        QCOMPARE(flops_per_token(tiny(Architecture::jeet)).forward, of_body + of_head);
        QCOMPARE(flops_per_token(tiny(Architecture::moe_ce)).forward, 2 * of_body + of_head);
        RunSpec jeet = tiny(Architecture::jeet), dense = jeet;
        dense.modular.reset();
        QCOMPARE(training_flops(jeet), training_flops(dense));
        QCOMPARE(training_flops(tiny(Architecture::ple)), 0.0);
    }
    void memoryHoldsAllExpertsAndComputesWithSome() {
        const RunSpec jeet = tiny(Architecture::jeet), moe = tiny(Architecture::moe_ce);
        RunSpec dense = jeet;
        dense.modular.reset();
        QCOMPARE(memory_bytes(jeet).weights, 4.0 * (embedding + 3 * body));
        QCOMPARE(memory_bytes(jeet).optimiser, 8.0 * (embedding + 3 * body));
        QCOMPARE(memory_bytes(jeet).activations, memory_bytes(dense).activations);
        QVERIFY(memory_bytes(moe).activations > 1.5 * memory_bytes(jeet).activations);
        const TrainingMemory ple = memory_bytes(tiny(Architecture::ple));
        QCOMPARE(ple.activations + ple.teacher, 0.0);
    }
    void embeddingAndTheRestMakeTheWhole() {
        for (const Architecture kind : {Architecture::ple, Architecture::jeet, Architecture::moe_ce}) {
            const RunSpec spec = tiny(kind);
            const ModelSize size = parameter_count(spec);
            const std::int64_t bodies = kind == Architecture::moe_ce ? 4 : 3;
            QCOMPARE(size.total, modular_size(spec).total());
            QCOMPARE(size.non_embedding, bodies * (body - 6));
            QCOMPARE(size.embedding, size.total - size.non_embedding);
        }
    }
};

QTEST_APPLESS_MAIN(TestModularSize)
#include "test_modular_size.moc"
