// SPDX-License-Identifier: GPL-3.0-or-later
// Finished runs of a tiny study write texts.
#include "base/error.h"
#include "data/tokenizer.h"
#include "data/utf8.h"
#include "engine/generate.h"
#include "engine/run_files.h"
#include "nn/model_folder.h"
#include "support/tiny_corpus.h"
#include "workspace_bench.h"

#include <ATen/ATen.h>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

using namespace retort;
namespace fs = std::filesystem;

namespace {

constexpr auto study_text = R"({"retort": 1, "name": "tiny", "seeds": [1], "base": {
    "data": {"corpus": "tiny", "context": 16, "tokenizer": {"vocab": 400}},
    "teacher": {"model": {"layers": 1, "width": 24, "heads": 2}, "optim": {"batch": 4, "tokens": 640}},
    "model": {"layers": 1, "width": 16, "heads": 2},
    "optim": {"batch": 4, "tokens": 640}, "run": {"threads": 1, "eval_tokens": 64}},
    "variants": {"dense": {}, "jeet": {"task": "modular"},
                 "moe": {"task": "modular", "modular": {"architecture": "moe-ce"}}}})";

std::string text_of(const std::vector<GeneratedToken>& tokens) {
    std::string text;
    for (const GeneratedToken& token : tokens)
        text += token.text;
    return text;
}

struct Written {
    GeneratedText text;
    std::vector<GeneratedToken> tokens;
    [[nodiscard]] std::vector<std::int32_t> ids() const {
        std::vector<std::int32_t> all;
        for (const GeneratedToken& token : tokens)
            all.push_back(token.id);
        return all;
    }
};

Written write(const TextModel& model, const GenerationRequest& request) {
    Written written;
    written.text =
        generate(model, request, [&](const GeneratedToken& token) { written.tokens.push_back(token); });
    return written;
}

GenerationRequest request_of(const std::string& prompt, std::int64_t tokens) {
    GenerationRequest request;
    request.prompt = prompt;
    request.tokens = tokens;
    return request;
}

std::string refusal(const std::function<void()>& action, ErrorKind kind) {
    try {
        action();
    } catch (const Error& error) {
        return error.kind() == kind ? error.what() : std::string("another kind: ") + error.what();
    }
    return "no error";
}

} // namespace

class TestGenerate : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    std::unique_ptr<test::WorkspaceBench> bench_;
    std::string prompt_; ///< a French text of the corpus

    [[nodiscard]] std::unique_ptr<TextModel> open(const std::string& run) const {
        return open_text_model(bench_->store.run(run), bench_->artifacts);
    }

private Q_SLOTS:
    void initTestCase() {
        const Corpus corpus = test::import_tiny_corpus(dir_.path().toStdString());
        bench_ = std::make_unique<test::WorkspaceBench>(fs::path(dir_.path().toStdString()) / "workspace");
        const StudyReading reading = read_study(study_text);
        QCOMPARE(to_text(reading.problems), "");
        const auto plans = plan_runs(reading.study).plans;
        for (const RunOutcome& outcome : run_study(plans, {}, bench_->laboratory(), {}))
            QVERIFY2(outcome.outcome.status == RunStatus::done, outcome.outcome.reason.c_str());
        for_each_article(corpus, "valid", "fr", [&](const Article& article) {
            if (prompt_.empty()) prompt_ = article.text.substr(0, 400);
        });
        prompt_ = prompt_.substr(0, prompt_.rfind(' '));
    }
    void greedyTextIsThatOfTheWholeContextAnew() {
        const RunRecord run = bench_->store.run("tiny/dense/1");
        const Gpt2 model = read_model(model_folder_of(run, "model", bench_->artifacts));
        const Tokenizer tokenizer(tokenizer_folder_of(run, bench_->artifacts));
        GenerationRequest request = request_of(prompt_.substr(0, 12), 30);
        request.temperature = 0;
        const Written written = write(*open("tiny/dense/1"), request);
        std::vector<std::int64_t> window = {tokenizer.bos()};
        for (const std::int32_t id : tokenizer.encode(request.prompt))
            window.push_back(id);
        QVERIFY(window.size() < 16);
        for (const GeneratedToken& token : written.tokens) {
            const at::Tensor hidden = model.hidden(at::tensor(window, at::kLong).unsqueeze(0), {})[0][-1];
            const at::Tensor said = at::softmax(hidden.matmul(model.head_weight().t()), -1);
            QCOMPARE(std::int64_t{token.id}, said.argmax().item<std::int64_t>());
            QVERIFY(std::abs(token.probability - said.max().item<double>()) < 1e-5);
            QCOMPARE(token.alternatives.front().text, token.piece);
            QVERIFY(token.probability >= token.alternatives[1].probability);
            window.push_back(token.id);
            if (window.size() > 16) window.assign(window.end() - 8, window.end());
        }
        QVERIFY(written.text.tokens == 30 || written.tokens.back().id == 2);
    }
    void theSeedDecides() {
        const auto model = open("tiny/teacher/1");
        GenerationRequest request = request_of(prompt_.substr(0, 20), 40);
        request.temperature = 1;
        request.top_p = 1;
        const Written first = write(*model, request), again = write(*open("tiny/teacher/1"), request);
        QCOMPARE(first.text.text, again.text.text);
        QCOMPARE(first.ids(), again.ids());
        request.seed = 2;
        QVERIFY(write(*model, request).ids() != first.ids());
        QCOMPARE(text_of(first.tokens), first.text.text);
        QVERIFY(!find_invalid_utf8(first.text.text));
    }
    void aDocumentsBeginningNeedsNoPrompt() {
        const Written written = write(*open("tiny/dense/1"), request_of("", 5));
        QCOMPARE(written.text.start.prompt_tokens, 1);
        QVERIFY(!written.text.start.route);
        QVERIFY(!written.tokens.empty());
    }
    void ofALongPromptTheLastPartIsRead() {
        const Tokenizer tokenizer(tokenizer_folder_of(bench_->store.run("tiny/dense/1"), bench_->artifacts));
        const Written written = write(*open("tiny/dense/1"), request_of(prompt_, 3));
        const std::int64_t all = std::ssize(tokenizer.encode(prompt_)) + 1;
        QCOMPARE(written.text.start.prompt_tokens, all);
        QCOMPARE(written.text.start.prompt_tokens_unread, all - 16);
    }
    void theTextEndsBeforeTheStopText() {
        const auto model = open("tiny/dense/1");
        GenerationRequest request = request_of(prompt_.substr(0, 20), 60);
        const std::string whole = write(*model, request).text.text;
        const auto middle = static_cast<std::ptrdiff_t>(whole.size() / 2);
        request.stop = replace_invalid_utf8(whole.substr(static_cast<std::size_t>(middle), 3));
        const Written written = write(*model, request);
        if (whole.find(request.stop) == std::string::npos) QSKIP("the text was cut within a letter");
        QCOMPARE(written.text.end, GenerationEnd::stop_text);
        QCOMPARE(written.text.text, whole.substr(0, whole.find(request.stop)));
    }
    void aStopIsHeardBetweenTokens() {
        std::stop_source stop;
        int heard = 0;
        const GeneratedText text = generate(
            *open("tiny/dense/1"), request_of("", 1000),
            [&](const GeneratedToken&) {
                if (++heard == 2) stop.request_stop();
            },
            stop.get_token());
        QCOMPARE(text.tokens, 2);
        QCOMPARE(text.end, GenerationEnd::stopped);
    }
    void theRouterChoosesOnThePrompt() {
        const Written written = write(*open("tiny/jeet/1"), request_of(prompt_, 8));
        QVERIFY(written.text.start.route.has_value());
        const GenerationRoute& route = *written.text.start.route;
        QCOMPARE(route.domains.size(), std::size_t{4});
        QCOMPARE(route.decided, std::string("fr"));
        QCOMPARE(route.writer, std::string("fr"));
        QVERIFY(!route.chosen);
        GenerationRequest forced = request_of(prompt_, 8);
        forced.setting = "fr";
        const auto model = open("tiny/jeet/1");
        QCOMPARE(write(*model, forced).ids(), written.ids());
        forced.setting = "py";
        const Written other = write(*model, forced);
        QVERIFY(other.tokens[0].probability != written.tokens[0].probability);
        QCOMPARE(other.text.start.route->decided, std::string("fr")); // said all the same
        QVERIFY(other.text.start.route->chosen);
    }
    void settings_data() {
        QTest::addColumn<QString>("setting");
        QTest::addColumn<QString>("writer");
        QTest::newRow("expert") << "de"
                                << "de+common";
        QTest::newRow("common") << "common"
                                << "common";
        QTest::newRow("without the common one") << "top1(de)"
                                                << "de";
        QTest::newRow("average") << "average(all)+common"
                                 << "average(all)+common";
        QTest::newRow("posterior") << "posterior(en+de)"
                                   << "posterior(en+de)";
        QTest::newRow("parameters") << "parameters(all)"
                                    << "parameters(all)";
        QTest::newRow("one's parameters") << "parameters(de)+common"
                                          << "de+common";
    }
    void settings() {
        QFETCH(QString, setting);
        QFETCH(QString, writer);
        GenerationRequest request = request_of(prompt_, 20);
        request.setting = setting.toStdString();
        const Written written = write(*open("tiny/moe/1"), request);
        QCOMPARE(written.text.start.route->writer, writer.toStdString());
        QVERIFY(!written.tokens.empty());
    }
    void whatCannotBeIsSaidInOneSentence() {
        const auto said = [&](const char* run, const std::function<void(GenerationRequest&)>& change,
                              ErrorKind kind = ErrorKind::usage) {
            GenerationRequest request = request_of("a", 2);
            change(request);
            return refusal([&] { (void)open(run)->begin(request); }, kind);
        };
        QCOMPARE(said("tiny/jeet/1", [](auto& r) { r.setting = "es"; }),
                 "The run has no expert es; name one of en, fr, de, py or a setting such as average(all).");
        QCOMPARE(said("tiny/jeet/1", [](auto& r) { r.setting = "top1(all)+common"; }),
                 "The setting top1(all)+common asks for the common expert, which only moe-ce has.");
        QCOMPARE(said("tiny/dense/1", [](auto& r) { r.setting = "en"; }),
                 "tiny/dense/1 is one model without experts; leave out the expert.");
        QCOMPARE(said("tiny/dense/1", [](auto& r) { r.top_p = 0; }), "Top-p must be above 0 and at most 1.");
        QVERIFY(said(
                    "tiny/dense/1", [](auto& r) { r.prompt = "caf\xE9"; }, ErrorKind::data)
                    .starts_with("The prompt is not UTF-8 at byte 3"));
    }
    void aRunWithoutWeightsIsRefused() {
        RunRecord run = bench_->store.run("tiny/dense/1");
        run.model_artifact.clear();
        run.status = RunStatus::stopped;
        QCOMPARE(refusal([&] { (void)open_text_model(run, bench_->artifacts); }, ErrorKind::data),
                 "The model of tiny/dense/1 is not in the workspace (its run is stopped); run it again.");
        run.task = Task::router;
        QVERIFY(refusal([&] { (void)open_text_model(run, bench_->artifacts); }, ErrorKind::usage)
                    .find("is a router") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestGenerate)
#include "test_generate.moc"
