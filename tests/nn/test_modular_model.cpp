// SPDX-License-Identifier: GPL-3.0-or-later
// Modular models against naive loops, against a dense model, and through a folder.
#include "analysis/modular_size.h"
#include "base/error.h"
#include "nn/mixture.h"
#include "nn/modular_folder.h"
#include "nn/safetensors.h"
#include "nn/trainee.h"

#include <ATen/ATen.h>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <filesystem>
#include <numeric>

using namespace retort;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t length = 16, vocab = 53;
const Gpt2Shape body = {2, 24, 3, vocab, length, true};

ModularShape shape_with(Architecture architecture, std::vector<std::string> experts) {
    return {body, architecture, std::move(experts), false, 0.25};
}

at::Tensor windows_of(std::int64_t sequences, int seed) {
    at::manual_seed(static_cast<std::uint64_t>(seed));
    return at::randint(vocab, {sequences, length + 1}, at::kLong);
}

bool same_bytes(const at::Tensor& a, const at::Tensor& b) {
    return a.sizes() == b.sizes() && a.detach().eq(b.detach()).all().item<bool>();
}

double largest_difference(const at::Tensor& a, const at::Tensor& b) {
    return (a.detach() - b.detach()).abs().max().item<double>();
}

std::map<std::string, at::Tensor> copies(const std::vector<NamedTensor>& weights) {
    std::map<std::string, at::Tensor> all;
    for (const NamedTensor& entry : weights)
        all[entry.name] = entry.tensor.detach().clone();
    return all;
}

OptimSpec optim() {
    OptimSpec spec;
    spec.lr = 1e-2;
    return spec;
}

/// One step of a trainee on windows, each read by the expert given.
void train_step(Trainee& trainee, const at::Tensor& windows, const std::vector<std::int64_t>& experts,
                ShareTeam& team, double dropout) {
    ForwardContext context;
    context.dropout = dropout;
    context.seed = 5;
    std::vector<BatchShare> shares = cut_batch(windows, team, at::kCPU);
    LossTerm cross_entropy;
    cross_entropy.normaliser = static_cast<double>(windows.size(0) * length);
    std::vector<LossTerm> terms = {cross_entropy};
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(windows.size(0)));
    std::iota(numbers.begin(), numbers.end(), 0);
    Trainee::Micro micro{team, shares, terms, context};
    if (!experts.empty()) {
        micro.experts = experts;
        micro.numbers = numbers;
    }
    (void)trainee.accumulate(micro);
    trainee.update(1e-2, trainee.gradient_norm(), 1.0);
}

std::unique_ptr<Trainee> trainee_of(const ModularShape& shape, ExpertInit begin = ExpertInit::shared,
                                    const std::function<bool(const std::string&)>& learns = {},
                                    IdleExperts idle = IdleExperts::skip) {
    OptimSpec spec = optim();
    spec.idle = idle;
    return std::make_unique<Trainee>(std::make_unique<ModularModel>(shape, 3, ModelInit::gpt2, begin), spec,
                                     at::kFloat, at::kCPU, learns);
}

} // namespace

class TestModularModel : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    [[nodiscard]] fs::path path(const char* name) const {
        return fs::path(folder_.path().toStdString()) / name;
    }

private Q_SLOTS:
    void oneExpertIsADenseModelToTheBit() {
        Trainee dense(body, optim(), 3, at::kFloat, at::kCPU);
        const auto modular = trainee_of(shape_with(Architecture::jeet, {"en"}));
        ShareTeam team(2);
        for (int step = 0; step < 4; ++step) {
            const at::Tensor windows = windows_of(4, step);
            train_step(dense, windows, {}, team, 0.1);
            train_step(*modular, windows, {0, 0, 0, 0}, team, 0.1);
        }
        const auto weights = copies(modular->weights());
        for (const auto& [name, tensor] : copies(dense.weights())) {
            std::string own = name.substr(std::string("transformer.").size());
            if (!own.starts_with("wte")) own = "experts.en." + own;
            QVERIFY2(same_bytes(weights.at(own), tensor), own.c_str());
        }
    }

    void eachSequenceIsReadByItsExpertAlone_data() {
        QTest::addColumn<int>("architecture");
        QTest::newRow("jeet") << int(Architecture::jeet);
        QTest::newRow("moe-ce") << int(Architecture::moe_ce);
    }
    void eachSequenceIsReadByItsExpertAlone() {
        QFETCH(int, architecture);
        const ModularModel model(shape_with(Architecture(architecture), {"en", "fr", "de"}), 3,
                                 ModelInit::gpt2, ExpertInit::own);
        const at::Tensor tokens = windows_of(6, 1).slice(1, 0, length).contiguous();
        const std::vector<std::int64_t> experts = {2, 0, 2, 1, 0, 2};
        const at::Tensor mixed = model.forward({tokens, experts}, {});
        for (std::int64_t i = 0; i < 6; ++i) {
            const at::Tensor one = tokens.slice(0, i, i + 1);
            at::Tensor expected = model.hidden(static_cast<std::size_t>(experts[std::size_t(i)]), one, {});
            if (model.has_common()) expected = 0.75 * expected + 0.25 * model.hidden(model.common(), one, {});
            QVERIFY(largest_difference(mixed.slice(0, i, i + 1), expected) < 2e-6);
        }
    }

    void gradientsAreThoseOfANaiveLoop() {
        const auto shape = shape_with(Architecture::moe_ce, {"en", "fr"});
        const auto whole = trainee_of(shape, ExpertInit::own), loop = trainee_of(shape, ExpertInit::own);
        const at::Tensor windows = windows_of(5, 2);
        const std::vector<std::int64_t> experts = {1, 0, 1, 1, 0};
        ShareTeam one(1), two(2);
        LossTerm term;
        term.normaliser = 5.0 * length;
        std::vector<LossTerm> terms = {term};
        const ForwardContext context;
        const std::vector<std::int64_t> numbers = {0, 1, 2, 3, 4};
        std::vector<BatchShare> shares = cut_batch(windows, two, at::kCPU);
        (void)whole->accumulate({two, shares, terms, context, experts, numbers});
        for (std::int64_t i = 0; i < 5; ++i) {
            std::vector<BatchShare> single = cut_batch(windows.slice(0, i, i + 1), one, at::kCPU);
            (void)loop->accumulate({one, single, terms, context,
                                    std::span(experts).subspan(std::size_t(i), 1),
                                    std::span(numbers).first(1)});
        }
        const auto expected = copies(loop->gradients());
        for (const auto& [name, gradient] : copies(whole->gradients()))
            QVERIFY2(largest_difference(gradient, expected.at(name)) < 1e-6, name.c_str());
    }

    void anIdleExpertRestsToTheByte() {
        const auto trainee = trainee_of(shape_with(Architecture::moe_ce, {"en", "fr"}), ExpertInit::own);
        ShareTeam team(2);
        train_step(*trainee, windows_of(4, 1), {0, 1, 0, 1}, team, 0.1);
        const auto before = copies(trainee->weights()), moments = copies(trainee->optimizer().state());
        train_step(*trainee, windows_of(4, 2), {0, 0, 0, 0}, team, 0.1);
        const auto after = copies(trainee->weights()), moments_after = copies(trainee->optimizer().state());
        for (const auto& [name, tensor] : before) {
            const bool is_idle = name.starts_with("experts.fr.");
            QCOMPARE(same_bytes(tensor, after.at(name)), is_idle);
            QCOMPARE(same_bytes(moments.at("exp_avg." + name), moments_after.at("exp_avg." + name)), is_idle);
        }
        const auto& updates = trainee->optimizer().updates();
        QCOMPARE(*std::ranges::max_element(updates), std::int64_t{2});
        QCOMPARE(*std::ranges::min_element(updates), std::int64_t{1});
    }

    void inThePapersFormAnIdleExpertDriftsOn() {
        const auto trainee = trainee_of(shape_with(Architecture::jeet, {"en", "fr"}), ExpertInit::own, {},
                                        IdleExperts::zero_gradient);
        ShareTeam team(1);
        train_step(*trainee, windows_of(2, 1), {0, 1}, team, 0);
        const auto before = copies(trainee->weights());
        train_step(*trainee, windows_of(2, 2), {0, 0}, team, 0);
        const auto after = copies(trainee->weights());
        QVERIFY(!same_bytes(before.at("experts.fr.h.0.attn.c_attn.weight"),
                            after.at("experts.fr.h.0.attn.c_attn.weight")));
    }

    void onlyWhatLearnsChanges() {
        const auto trainee = trainee_of(
            shape_with(Architecture::moe_ce, {"en", "es"}), ExpertInit::own,
            [](const std::string& name) { return name.starts_with("experts.es."); },
            IdleExperts::zero_gradient);
        ShareTeam team(2);
        const auto before = copies(trainee->weights());
        train_step(*trainee, windows_of(4, 1), {1, 1, 1, 1}, team, 0.1);
        for (const auto& [name, tensor] : copies(trainee->weights()))
            QCOMPARE(same_bytes(tensor, before.at(name)), !name.starts_with("experts.es."));
    }

    void theOrderOfExpertsDoesNotMatter() {
        const auto a = trainee_of(shape_with(Architecture::moe_ce, {"en", "fr", "de"}), ExpertInit::own),
                   b = trainee_of(shape_with(Architecture::moe_ce, {"de", "en", "fr"}), ExpertInit::own);
        ShareTeam team(1);
        for (int step = 0; step < 3; ++step) {
            const at::Tensor windows = windows_of(6, step);
            train_step(*a, windows, {0, 1, 2, 0, 1, 2}, team, 0.1);
            train_step(*b, windows, {1, 2, 0, 1, 2, 0}, team, 0.1);
        }
        const auto expected = copies(a->weights());
        for (const auto& [name, tensor] : copies(b->weights()))
            QVERIFY2(largest_difference(tensor, expected.at(name)) < 1e-5, name.c_str());
    }

    void anExpertReadsAsBeforeWhenAnotherHasGone() {
        const ModularModel all(shape_with(Architecture::moe_ce, {"en", "fr", "de"}), 3, ModelInit::gpt2,
                               ExpertInit::own),
            fewer(shape_with(Architecture::moe_ce, {"en", "de"}), 3, ModelInit::gpt2, ExpertInit::own);
        const at::Tensor tokens = windows_of(4, 1).slice(1, 0, length).contiguous();
        QVERIFY(same_bytes(all.forward({tokens, std::vector<std::int64_t>{2, 0, 0, 2}}, {}),
                           fewer.forward({tokens, std::vector<std::int64_t>{1, 0, 0, 1}}, {})));
    }

    void aModelComesBackFromItsFolder_data() {
        QTest::addColumn<int>("architecture");
        QTest::addColumn<bool>("bias");
        QTest::newRow("ple") << int(Architecture::ple) << false;
        QTest::newRow("jeet") << int(Architecture::jeet) << false;
        QTest::newRow("moe-ce with the paper's head") << int(Architecture::moe_ce) << true;
    }
    void aModelComesBackFromItsFolder() {
        QFETCH(int, architecture);
        QFETCH(bool, bias);
        ModularShape shape = shape_with(Architecture(architecture), {"en", "fr"});
        shape.body.tied = !bias;
        shape.head_bias = bias;
        const ModularModel model(shape, 8, ModelInit::torch, ExpertInit::own);
        const fs::path folder = path(QTest::currentDataTag());
        fs::create_directories(folder);
        model.write(folder, model.parameters());
        QVERIFY(is_modular_folder(folder));
        const ModularModel again = read_modular_model(folder);
        QVERIFY(again.shape() == shape);
        const at::Tensor tokens = windows_of(3, 1).slice(1, 0, length).contiguous();
        for (std::size_t b = 0; b < model.bodies(); ++b) {
            const HeadInput head = model.head(b, model.hidden(b, tokens, {}).flatten(0, 1)),
                            read = again.head(b, again.hidden(b, tokens, {}).flatten(0, 1));
            QVERIFY(same_bytes(head.logits(0, 3 * length), read.logits(0, 3 * length)));
        }
    }

    void anExpertOfAnotherModelIsRefused() {
        const ModularModel a(shape_with(Architecture::jeet, {"en", "fr"}), 1),
            other_seed(shape_with(Architecture::jeet, {"en"}), 2);
        ModularShape wide = shape_with(Architecture::jeet, {"en"});
        wide.body.width = 48;
        const ModularModel wider(wide, 1);
        for (const auto& [name, model] : {std::pair("a", &a), {"seed", &other_seed}, {"wide", &wider}}) {
            fs::create_directories(path(name));
            model->write(path(name), model->parameters());
        }
        const auto refusal = [&](const fs::path& file) -> std::string {
            try {
                check_fits(read_expert_file(file), a.shape(), shared_identity(a.parameters()), file);
            } catch (const Error& error) {
                return error.what();
            }
            return {};
        };
        QCOMPARE(refusal(path("a") / "expert.fr.safetensors"), "");
        QVERIFY(refusal(path("seed") / "expert.en.safetensors").find("another embedding") !=
                std::string::npos);
        QVERIFY(refusal(path("wide") / "expert.en.safetensors").find("width 48") != std::string::npos);
        QVERIFY(refusal(path("a") / "shared.safetensors").find("no expert") != std::string::npos);
        fs::remove(path("a") / "expert.en.safetensors");
        QVERIFY_THROWS_EXCEPTION(Error, (void)read_modular_model(path("a")));
    }

    void parametersOfExpertsAreAveraged() {
        const ModularModel model(shape_with(Architecture::moe_ce, {"en", "fr", "de"}), 3, ModelInit::gpt2,
                                 ExpertInit::own);
        const auto all = copies(model.parameters()), mean = copies(model.averaged({0, 2}).parameters());
        const std::string place = "h.1.mlp.c_fc.weight";
        QVERIFY(largest_difference(mean.at("experts.average." + place),
                                   (all.at("experts.en." + place) + all.at("experts.de." + place)) / 2) <
                1e-8);
        QVERIFY(same_bytes(mean.at("common." + place), all.at("common." + place)));
        QVERIFY(same_bytes(mean.at("wte.weight"), all.at("wte.weight")));
    }

    void mixedProbabilitiesAreTheirWeightedSum() {
        at::manual_seed(4);
        const std::int64_t rows = 7;
        std::vector<HeadInput> parts;
        at::Tensor expected = at::zeros({rows, vocab}, at::kDouble);
        const at::Tensor weights = at::softmax(at::randn({3, rows}), 0),
                         targets = at::randint(vocab, {rows}, at::kLong);
        for (std::int64_t k = 0; k < 3; ++k) {
            parts.push_back(
                {at::randn({rows, 8}), at::randn({vocab, 8}), k == 1 ? at::randn({vocab}) : at::Tensor()});
            at::Tensor logits =
                parts.back().hidden.to(at::kDouble).mm(parts.back().weight.to(at::kDouble).t());
            if (k == 1) logits = logits + parts.back().bias.to(at::kDouble);
            expected += at::softmax(logits, -1) * weights[k].to(at::kDouble).unsqueeze(1);
        }
        const TokenScores scores = score_mixture(parts, weights, targets);
        const at::Tensor nll = -expected.gather(1, targets.unsqueeze(1)).squeeze(1).log();
        QVERIFY(largest_difference(scores.nll.to(at::kDouble), nll) < 1e-5);
        QVERIFY(same_bytes(scores.correct, expected.argmax(-1).eq(targets)));
    }

    void thePosteriorTrustsWhoReadWell() {
        // Two readers: nll 1, 2, 3 and 2, 2, 1 nats. Before any token they are equal.
        const at::Tensor nll = at::tensor({1.0, 2.0, 3.0, 2.0, 2.0, 1.0}).view({2, 1, 3});
        const at::Tensor weights = posterior_weights(nll).view({2, 3});
        const double first = 1 / (1 + std::exp(-1.0));
        QVERIFY(std::abs(weights[0][0].item<double>() - 0.5) < 1e-6);
        QVERIFY(std::abs(weights[0][1].item<double>() - first) < 1e-6);
        QVERIFY(std::abs(weights[0][2].item<double>() - first) < 1e-6); // 3 against 4 so far
        QVERIFY(std::abs(weights.sum(0).sub(1).abs().max().item<double>()) < 1e-6);
    }

    void theCountsOfAnalysisAreThoseOfTheModel_data() {
        QTest::addColumn<int>("architecture");
        QTest::addColumn<bool>("tied");
        for (const auto& [name, kind] : {std::pair("ple", Architecture::ple),
                                         {"jeet", Architecture::jeet},
                                         {"moe-ce", Architecture::moe_ce}})
            for (const bool tied : {true, false})
                QTest::addRow("%s %s", name, tied ? "tied" : "untied") << static_cast<int>(kind) << tied;
    }
    void theCountsOfAnalysisAreThoseOfTheModel() {
        QFETCH(int, architecture);
        QFETCH(bool, tied);
        RunSpec spec;
        spec.data.domains = {"en", "fr", "de"};
        spec.data.context = length;
        spec.data.tokenizer.vocab = vocab;
        spec.model = {.layers = 2, .width = 24, .heads = 3, .tied = tied};
        spec.modular.emplace().architecture = static_cast<Architecture>(architecture);
        spec.modular->head_bias = !tied;
        std::int64_t total = 0, active = 0;
        for (const NamedTensor& weight : ModularModel(modular_shape_of(spec, vocab), 1).parameters()) {
            const bool is_other =
                weight.name.starts_with("experts.") && !weight.name.starts_with("experts.fr.");
            total += weight.tensor.numel();
            active += is_other ? 0 : weight.tensor.numel();
        }
        const ModularSize size = modular_size(spec);
        QCOMPARE(size.total(), total);
        QCOMPARE(size.active(), active);
    }

    void theBiasOfTheHeadHasTheGradientOfAutograd() {
        at::manual_seed(2);
        const std::int64_t rows = 9;
        const at::Tensor targets = at::randint(vocab, {rows}, at::kLong);
        const auto leaf = [](const at::Tensor& x) { return x.clone().set_requires_grad(true); };
        const at::Tensor h = at::randn({rows, 8}), w = at::randn({vocab, 8}), b = at::randn({vocab});
        const HeadInput ours = {leaf(h), leaf(w), leaf(b)}, theirs = {leaf(h), leaf(w), leaf(b)};
        LossTerm term;
        term.normaliser = static_cast<double>(rows);
        distillation_head(ours, {}, {targets, {}}, {&term, 1}).total.backward();
        at::nll_loss(at::log_softmax(theirs.hidden.mm(theirs.weight.t()) + theirs.bias, -1), targets)
            .backward();
        for (const auto& [a, e] :
             {std::pair(ours.hidden, theirs.hidden), {ours.weight, theirs.weight}, {ours.bias, theirs.bias}})
            QVERIFY(largest_difference(a.grad(), e.grad()) < 1e-6);
    }
};

QTEST_APPLESS_MAIN(TestModularModel)
#include "test_modular_model.moc"
