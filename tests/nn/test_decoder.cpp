// SPDX-License-Identifier: GPL-3.0-or-later
// Reading token by token against reading the whole context anew, and against stock PyTorch.
#include "nn/decoder.h"
#include "nn/mixture.h"
#include "nn/model_folder.h"
#include "nn/safetensors.h"
#include "nn/sampling.h"
#include "python.h"

#include <ATen/ATen.h>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <filesystem>
#include <map>

using namespace retort;
namespace fs = std::filesystem;

namespace {

using Tokens = std::vector<std::int64_t>;
constexpr std::int64_t vocab = 53;
constexpr Gpt2Shape small = {2, 24, 3, vocab, 17, true};

Tokens random_tokens(std::int64_t count) {
    at::manual_seed(11);
    const at::Tensor drawn = at::randint(vocab, {count}, at::kLong);
    return {drawn.data_ptr<std::int64_t>(), drawn.data_ptr<std::int64_t>() + count};
}

at::Tensor row_of(const Tokens& tokens) {
    return at::tensor(tokens, at::kLong).unsqueeze(0);
}

double largest_difference(const at::Tensor& a, const at::Tensor& b) {
    return (a - b).abs().max().item<double>();
}

/// Fresh weights are so small that every token is as likely; these differ.
template <class Model>
void enlarge(const Model& model) {
    for (const NamedTensor& entry : model.parameters())
        if (entry.tensor.dim() == 2) entry.tensor.mul_(8);
}

/// After each token, from the second on, what the decoder says next.
std::vector<at::Tensor> read_one_by_one(Decoder& decoder, const Tokens& tokens, std::size_t prompt) {
    std::vector<at::Tensor> said = {decoder.begin({tokens.begin(), tokens.begin() + std::ptrdiff_t(prompt)})};
    for (std::size_t i = prompt; i < tokens.size(); ++i)
        said.push_back(decoder.go_on(tokens[i]));
    return said;
}

/// Log probabilities [T, V] of one part from the hidden states of the whole text at once.
at::Tensor whole(const ModularModel& model, const DecodingPart& part, const Tokens& tokens) {
    at::Tensor hidden = at::zeros({std::ssize(tokens), small.width});
    for (const auto& [body, weight] : part.bodies)
        hidden = hidden + model.hidden(body, row_of(tokens), {})[0] * weight;
    return at::log_softmax(model.head(part.head, hidden).logits(0, std::ssize(tokens)), -1);
}

ModularModel modular(Architecture architecture) {
    ModularModel model({small, architecture, {"en", "fr", "de"}, false, 0.25}, 3, ModelInit::gpt2,
                       ExpertInit::own);
    const at::NoGradGuard no_grad;
    enlarge(model);
    if (architecture == Architecture::ple) // fresh ones are equal
        for (const NamedTensor& entry : model.parameters())
            if (entry.name.ends_with("wte.weight")) entry.tensor.copy_(at::randn(entry.tensor.sizes()));
    return model;
}

double worst(const std::vector<at::Tensor>& said, const at::Tensor& expected, std::size_t prompt) {
    double largest = 0;
    for (std::size_t i = 0; i < said.size(); ++i)
        largest = std::max(largest,
                           largest_difference(said[i], expected[static_cast<std::int64_t>(prompt + i) - 1]));
    return largest;
}

} // namespace

class TestDecoder : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    [[nodiscard]] fs::path path(const char* name) const { return fs::path(dir_.path().toStdString()) / name; }
    at::NoGradGuard no_grad_;

private Q_SLOTS:
    void theCacheChangesNothing_data() {
        QTest::addColumn<int>("prompt");
        QTest::newRow("one token") << 1;
        QTest::newRow("several") << 5;
        QTest::newRow("all") << 17;
    }
    void theCacheChangesNothing() {
        QFETCH(int, prompt);
        Gpt2 model(small, 7);
        enlarge(model);
        const Tokens tokens = random_tokens(small.positions);
        Decoder decoder(model);
        const auto said = read_one_by_one(decoder, tokens, static_cast<std::size_t>(prompt));
        QCOMPARE(said.size(), tokens.size() - static_cast<std::size_t>(prompt) + 1);
        const at::Tensor expected =
            at::log_softmax(model.hidden(row_of(tokens), {})[0].mm(model.head_weight().t()), -1);
        QVERIFY(worst(said, expected, static_cast<std::size_t>(prompt)) < 2e-5);
        QVERIFY(expected.std(0).max().item<double>() > 0.1); // positions differ at all
    }
    void aFullContextGoesOnWithItsLastHalf() {
        Gpt2 model(small, 7);
        enlarge(model);
        const Tokens tokens = random_tokens(small.positions + 3);
        Decoder decoder(model), fresh(model);
        const auto said = read_one_by_one(decoder, tokens, 4);
        const at::Tensor expected = fresh.begin({tokens.end() - small.positions / 2 - 2, tokens.end()});
        QVERIFY(largest_difference(said.back(), expected) < 2e-5); // 8 tokens anew and two after them
        Decoder longer(model);
        QVERIFY(largest_difference(longer.begin(tokens),
                                   fresh.begin({tokens.end() - small.positions, tokens.end()})) == 0);
    }
    void greedyTextIsThatOfPyTorch() {
        if (!test::python_has(QStringLiteral("torch"))) QSKIP("python3-torch, the judge, is not installed");
        Gpt2 model(small, 5);
        enlarge(model);
        fs::create_directories(path("model"));
        write_model(path("model"), small, model.parameters());
        const Tokens prompt = random_tokens(6);
        write_safetensors(path("prompt.safetensors"), {{"tokens", at::tensor(prompt, at::kLong)}});
        const auto text = [&](const char* name) { return QString::fromStdString(path(name).string()); };
        const auto judge = test::run_python(
            {QStringLiteral(RETORT_SOURCE_DIR "/tests/reference/generation_reference.py"), "--model",
             text("model"), "--tokens", text("prompt.safetensors"), "--steps", "40", "--positions",
             QString::number(small.positions), "--out", text("judged.safetensors")});
        QVERIFY2(judge.status == 0, qPrintable(judge.output));
        std::map<std::string, at::Tensor> judged;
        for (const auto& [name, tensor] : read_safetensors(path("judged.safetensors")))
            judged[name] = tensor;
        Decoder decoder(model);
        at::Tensor said = decoder.begin(prompt);
        for (std::int64_t step = 0; step < 40; ++step) {
            QVERIFY(largest_difference(said, judged.at("log_probabilities")[step]) < 1e-4);
            const auto token = said.argmax().item<std::int64_t>();
            QCOMPARE(token, judged.at("tokens")[step].item<std::int64_t>());
            said = decoder.go_on(token);
        }
    }
    void aForcedExpertIsItsOwnComputation_data() {
        QTest::addColumn<Architecture>("architecture");
        QTest::newRow("jeet") << Architecture::jeet;
        QTest::newRow("moe-ce") << Architecture::moe_ce;
        QTest::newRow("ple") << Architecture::ple;
    }
    void aForcedExpertIsItsOwnComputation() {
        QFETCH(Architecture, architecture);
        const ModularModel model = modular(architecture);
        const Tokens tokens = random_tokens(12);
        std::vector<at::Tensor> last;
        for (const std::size_t expert : {0U, 2U}) {
            DecodingPart part{expert, {{expert, 1.0}}};
            if (model.has_common()) part.bodies = {{expert, 0.75}, {model.common(), 0.25}};
            Decoder decoder(model, {part}, PartMixing::equal);
            const auto said = read_one_by_one(decoder, tokens, 3);
            at::Tensor expected = whole(model, part, tokens);
            if (model.shares_tables()) { // by forward(), which is what training computes
                const std::vector<std::int64_t> reader = {static_cast<std::int64_t>(expert)};
                const at::Tensor hidden = model.forward({row_of(tokens), reader}, {})[0];
                expected = at::log_softmax(hidden.mm(model.head_weight().t()), -1);
            }
            QVERIFY(worst(said, expected, 3) < 2e-5);
            last.push_back(said.back());
        }
        QVERIFY(largest_difference(last[0], last[1]) > 0.1);
    }
    void mixturesAreThoseOfAnEvaluation_data() {
        QTest::addColumn<bool>("isPosterior");
        QTest::newRow("average") << false;
        QTest::newRow("posterior") << true;
    }
    void mixturesAreThoseOfAnEvaluation() {
        QFETCH(bool, isPosterior);
        const ModularModel model = modular(Architecture::ple);
        const Tokens tokens = random_tokens(12);
        std::vector<DecodingPart> parts;
        std::vector<HeadInput> heads;
        std::vector<at::Tensor> nll;
        const at::Tensor next = at::tensor(Tokens(tokens.begin() + 1, tokens.end()), at::kLong);
        for (const std::size_t expert : {0U, 1U, 2U}) {
            parts.push_back({expert, {{expert, 1.0}}});
            heads.push_back(model.head(expert, model.hidden(expert, row_of(tokens), {})[0]));
            const at::Tensor said = whole(model, parts.back(), tokens);
            const at::Tensor of_targets = -said.slice(0, 0, 11).gather(1, next.unsqueeze(1)).squeeze(1);
            nll.push_back(at::cat({of_targets, at::zeros({1})}).unsqueeze(0)); // the last target is unknown
        }
        at::Tensor weights = at::full({3, 12}, 1.0 / 3);
        if (isPosterior) weights = posterior_weights(at::stack(nll)).view({3, 12});
        const at::Tensor expected = mixture_log_probabilities(heads, weights);
        Decoder decoder(model, parts, isPosterior ? PartMixing::posterior : PartMixing::equal);
        QVERIFY(worst(read_one_by_one(decoder, tokens, 4), expected, 4) < 1e-4);
    }
};

QTEST_APPLESS_MAIN(TestDecoder)
#include "test_decoder.moc"
