// SPDX-License-Identifier: GPL-3.0-or-later
// Each setting of the evaluation grid against a naive loop over sequences and tokens, in double precision.
#include "engine/modular/modular_scorer.h"
#include "nn/distillation_head.h"

#include <ATen/ATen.h>
#include <QTest>
#include <cmath>
#include <numeric>

using namespace retort;

namespace {

constexpr std::int64_t length = 12, vocab = 41, sequences = 7;
const std::vector<std::string> experts = {"en", "fr", "de", "py"};

ModularModel model_of(Architecture architecture) {
    return {{{1, 16, 2, vocab, length, true}, architecture, experts, false, 0.5},
            3,
            ModelInit::torch,
            ExpertInit::own};
}

RunSpec spec_of(Architecture architecture, std::vector<std::string> grid) {
    RunSpec spec;
    spec.task = Task::modular;
    spec.modular.emplace();
    spec.modular->architecture = architecture;
    spec.evaluation.emplace();
    spec.evaluation->grid = std::move(grid);
    return spec;
}

Batch batch_of() {
    at::manual_seed(1);
    return split_windows(at::randint(vocab, {sequences, length + 1}, at::kLong), at::kCPU);
}

/// Probabilities of a router that is sure of nothing; the last sequence is of no known domain.
std::vector<RouteEvidence> evidence_of() {
    at::manual_seed(2);
    const at::Tensor scores = at::softmax(at::randn({sequences, 4}), -1);
    std::vector<RouteEvidence> all;
    for (std::int64_t i = 0; i < sequences; ++i) {
        all.push_back({{}, i == sequences - 1});
        for (std::int64_t e = 0; e < 4; ++e)
            all.back().scores.push_back(scores[i][e].item<double>());
    }
    return all;
}

/// The definition, one sequence at a time.
class Naive {
public:
    Naive(const ModularModel& model, const Batch& batch) : model_(model), batch_(batch) {}

    [[nodiscard]] SequenceScore score(std::int64_t i, const Combination& c) const {
        const at::Tensor p = probabilities(i, c), wanted = targets(i);
        return {-p.gather(1, wanted.unsqueeze(1)).log().sum().item<double>(),
                p.argmax(-1).eq(wanted).sum().item<std::int64_t>()};
    }

private:
    [[nodiscard]] at::Tensor targets(std::int64_t i) const { return batch_.targets.view({sequences, -1})[i]; }
    [[nodiscard]] at::Tensor hidden(std::int64_t i, std::size_t body) const {
        return model_.hidden(body, batch_.inputs.slice(0, i, i + 1), {})[0];
    }
    [[nodiscard]] at::Tensor softmax(std::size_t body, const at::Tensor& h) const {
        const HeadInput head = model_.head(body, h);
        return at::softmax(h.to(at::kDouble).mm(head.weight.to(at::kDouble).t()), -1);
    }
    /// Of one expert, with the common one where it is asked.
    [[nodiscard]] at::Tensor one(std::int64_t i, std::size_t expert, bool common) const {
        const at::Tensor h = hidden(i, expert);
        return softmax(expert, common ? (h + hidden(i, model_.common())) / 2 : h);
    }
    [[nodiscard]] at::Tensor probabilities(std::int64_t i, const Combination& c) const {
        if (c.experts.empty()) return softmax(model_.common(), hidden(i, model_.common()));
        if (c.experts.size() == 1) return one(i, c.experts[0], c.common);
        if (c.mixing == Mixing::posterior) return posterior(i, c);
        if (!model_.shares_tables()) {
            at::Tensor sum = at::zeros({length, vocab}, at::kDouble);
            for (const std::size_t e : c.experts)
                sum += one(i, e, false) / static_cast<double>(c.experts.size());
            return sum;
        }
        at::Tensor h = c.common ? hidden(i, model_.common()) : at::zeros({length, 16});
        for (const std::size_t e : c.experts)
            h = h + hidden(i, e);
        return softmax(c.experts[0], h / static_cast<double>(c.experts.size() + (c.common ? 1 : 0)));
    }
    [[nodiscard]] at::Tensor posterior(std::int64_t i, const Combination& c) const {
        std::vector<double> likelihood(c.experts.size(), 0);
        at::Tensor mixed = at::zeros({length, vocab}, at::kDouble);
        std::vector<at::Tensor> parts;
        for (const std::size_t e : c.experts)
            parts.push_back(one(i, e, c.common));
        for (std::int64_t t = 0; t < length; ++t) {
            double sum = 0;
            for (const double l : likelihood)
                sum += std::exp(l);
            for (std::size_t k = 0; k < parts.size(); ++k) {
                mixed[t] += parts[k][t] * (std::exp(likelihood[k]) / sum);
                likelihood[k] += std::log(parts[k][t][targets(i)[t].item<std::int64_t>()].item<double>());
            }
        }
        return mixed;
    }

    const ModularModel& model_;
    const Batch& batch_;
};

/// The paper's rule for top-1, written out again.
Combination expected_combination(const GridSetting& setting, const RouteEvidence& evidence) {
    std::vector<std::size_t> present;
    for (std::size_t e = 0; e < experts.size(); ++e)
        if (std::ranges::count(setting.experts, experts[e]) > 0) present.push_back(e);
    if (setting.mixing != Mixing::top1 || present.empty()) return {setting.mixing, present, setting.common};
    std::size_t best = present[0];
    for (const std::size_t e : present)
        if (evidence.scores[e] > evidence.scores[best]) best = e;
    return {Mixing::top1, {best}, setting.common};
}

} // namespace

class TestModularScorer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theGridIsWhatBruteForceGives_data() {
        QTest::addColumn<int>("architecture");
        QTest::addColumn<int>("settings");
        QTest::newRow("ple") << int(Architecture::ple) << 13;
        QTest::newRow("jeet") << int(Architecture::jeet) << 13;
        QTest::newRow("moe-ce") << int(Architecture::moe_ce) << 23;
    }
    void theGridIsWhatBruteForceGives() {
        QFETCH(int, architecture);
        QFETCH(int, settings);
        const ModularModel model = model_of(Architecture(architecture));
        const std::vector<GridSetting> grid =
            grid_of(spec_of(Architecture(architecture), {"paper", "posterior"}));
        QCOMPARE(std::ssize(grid), settings); // the paper's 21 or 12, and the posterior's 2 or 1
        const Batch batch = batch_of();
        const std::vector<RouteEvidence> evidence = evidence_of();
        const Naive naive(model, batch);
        const auto scores =
            ModularScorer(model, grid, Abstention::likeliest).score(batch, evidence, ForwardContext{});
        for (std::size_t s = 0; s < grid.size(); ++s)
            for (std::size_t i = 0; i < evidence.size(); ++i) {
                const SequenceScore expected =
                    naive.score(std::int64_t(i), expected_combination(grid[s], evidence[i]));
                const std::string place = name_of(grid[s], experts) + " " + std::to_string(i);
                QVERIFY2(std::abs(scores[s][i].nll - expected.nll) < 1e-4 * expected.nll, place.c_str());
                QVERIFY2(scores[s][i].correct == expected.correct, place.c_str());
            }
    }
    void aSettingAloneGivesTheBytesItGivesInTheGrid() {
        const ModularModel model = model_of(Architecture::moe_ce);
        const std::vector<GridSetting> grid =
            grid_of(spec_of(Architecture::moe_ce, {"singles", "average", "parameters"}));
        const Batch batch = batch_of();
        const std::vector<RouteEvidence> evidence = evidence_of();
        const auto all = ModularScorer(model, grid, Abstention::likeliest).score(batch, evidence, {});
        for (std::size_t s = 0; s < grid.size(); ++s) {
            const auto alone =
                ModularScorer(model, {grid[s]}, Abstention::likeliest).score(batch, evidence, {});
            for (std::size_t i = 0; i < evidence.size(); ++i)
                QVERIFY(all[s][i].nll == alone[0][i].nll);
        }
    }
    void averagedParametersReadAsTheModelTheyMake() {
        const ModularModel model = model_of(Architecture::jeet), mean = model.averaged({0, 1, 2, 3});
        const Batch batch = batch_of();
        const GridSetting setting{Mixing::parameters, experts, false};
        const auto scores = ModularScorer(model, {setting}, Abstention::likeliest)
                                .score(batch, evidence_of(), ForwardContext{});
        const Naive naive(mean, batch);
        for (std::int64_t i = 0; i < sequences; ++i)
            QVERIFY(std::abs(scores[0][std::size_t(i)].nll - naive.score(i, {Mixing::top1, {0}, false}).nll) <
                    1e-3);
    }
    void aTextOfNoDomainGoesWhereItIsSent() {
        const ModularModel model = model_of(Architecture::moe_ce);
        const RunSpec spec = spec_of(Architecture::moe_ce, {});
        const RouteEvidence unknown{{0.4, 0.3, 0.2, 0.1}, true}, nothing{{0, 0, 0, 0}, false};
        const auto with = [&](Abstention abstention) {
            return ModularScorer(model, {main_setting(spec)}, abstention).combination(0, unknown);
        };
        QVERIFY((with(Abstention::likeliest) == Combination{Mixing::top1, {0}, true}));
        QVERIFY((with(Abstention::common) == Combination{Mixing::top1, {}, true}));
        QVERIFY((with(Abstention::mixture) == Combination{Mixing::posterior, {0, 1, 2, 3}, true}));
        const ModularScorer two(model, {{Mixing::top1, {"fr", "py"}, false}}, Abstention::likeliest);
        QVERIFY((two.combination(0, unknown) == Combination{Mixing::top1, {1}, false}));
        QVERIFY((two.combination(0, nothing) == Combination{Mixing::average, {1, 3}, false}));
    }
};

QTEST_APPLESS_MAIN(TestModularScorer)
#include "test_modular_scorer.moc"
