// SPDX-License-Identifier: GPL-3.0-or-later
// A run of the task router: what it is asked, what is kept of it, and what comes back from the store.
#include "analysis/confusion.h"
#include "base/files.h"
#include "engine/routing/routing_data.h"
#include "engine/routing/trained_router.h"
#include "support/tiny_corpus.h"
#include "workspace_bench.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <memory>
#include <set>
#include <sstream>

using namespace retort;
namespace fs = std::filesystem;

namespace {

constexpr auto study_text = R"({"retort": 1, "name": "routes", "seeds": [1], "base": {"task": "router",
    "data": {"corpus": "tiny", "tokenizer": {"vocab": 400}}, "router": {"longest": 32}},
    "variants": {"plain": {}, "folds": {"router": {"folds": 3}}, "batch": {"fidelity": "paper"},
                 "left-out": {"router": {"unknown": ["py"], "coverage": 0.9}}}})";

RoutingDocument document(const std::string& id, const std::string& split, std::int64_t domain,
                         std::size_t tokens) {
    std::vector<std::int32_t> ids(tokens);
    for (std::size_t i = 0; i < tokens; ++i)
        ids[i] = static_cast<std::int32_t>(i);
    return {id, split, domain, ids};
}

bool all(const RoutingDocument&) {
    return true;
}

} // namespace

class TestRoute : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    std::unique_ptr<test::WorkspaceBench> bench_;

    std::vector<MatrixRecord> matrices(const std::string& variant) {
        return bench_->store.matrices(bench_->store.run("routes/" + variant + "/1").id);
    }

private Q_SLOTS:
    void initTestCase() {
        test::import_tiny_corpus(dir_.path().toStdString());
        bench_ = std::make_unique<test::WorkspaceBench>(fs::path(dir_.path().toStdString()) / "workspace");
        const StudyReading reading = read_study(study_text);
        QCOMPARE(to_text(reading.problems), "");
        const auto outcomes = run_study(plan_runs(reading.study).plans, {}, bench_->laboratory(), {});
        for (const RunOutcome& outcome : outcomes)
            QVERIFY2(outcome.outcome.status == RunStatus::done, outcome.outcome.reason.c_str());
        bench_->recorder.flush();
    }
    void piecesLieWithinArticles() {
        const std::vector<RoutingDocument> documents = {document("a", "train", 0, 20),
                                                        document("b", "train", 1, 7)};
        const auto pieces = evaluation_pieces(documents, 8, 100, all);
        QCOMPARE(pieces.size(), std::size_t{2}); // 0–7, 8–15 of a; nothing of b
        QCOMPARE(pieces[1].first, 8);
        QCOMPARE(pieces[1].tokens.front(), 8);
        QCOMPARE(evaluation_pieces(documents, 0, 100, all).size(), std::size_t{2});
        QCOMPARE(evaluation_pieces({document("a", "train", 0, 800)}, 8, 10, all).size(), std::size_t{10});
        QVERIFY((evaluation_lengths(40) == std::vector<std::int64_t>{0, 8, 16, 32}));
    }
    void trainingPiecesHoldEveryToken() {
        const std::vector<RoutingDocument> documents = {document("a", "train", 0, 50)};
        for (const RouterCut cut : {RouterCut::article, RouterCut::window, RouterCut::mixed}) {
            RouterSpec spec;
            spec.cut = cut;
            spec.window = 16;
            std::vector<std::int32_t> seen;
            for (const RoutingPiece& piece : training_pieces(documents, spec, all))
                seen.insert(seen.end(), piece.tokens.begin(), piece.tokens.end());
            QVERIFY(seen == documents[0].tokens);
        }
    }
    void noArticleIsOnBothSidesOfAFold() {
        std::vector<RoutingDocument> documents;
        for (int i = 0; i < 23; ++i)
            for (std::int64_t domain = 0; domain < 2; ++domain)
                documents.push_back(document("id" + std::to_string(i), "train", domain, 3));
        const auto folds = deal_folds(documents, 4, 1);
        std::vector<int> sizes(4);
        for (std::size_t i = 0; i < documents.size(); i += 2) {
            QCOMPARE(folds[i], folds[i + 1]); // the languages of one article
            ++sizes[static_cast<std::size_t>(folds[i])];
        }
        QVERIFY(*std::ranges::max_element(sizes) - *std::ranges::min_element(sizes) <= 1);
        QVERIFY(folds == deal_folds(documents, 4, 1));
        QVERIFY(folds != deal_folds(documents, 4, 2));
    }
    void matricesComeBackByLength() {
        std::set<std::int64_t> lengths;
        for (const auto& [number, evaluation] : matrices("plain")) {
            QCOMPARE(evaluation.split, std::string("valid"));
            QCOMPARE(evaluation.classifier, std::string("logistic"));
            QVERIFY((evaluation.rows == std::vector<std::string>{"en", "fr", "de", "py"}));
            QCOMPARE(evaluation.columns.size(), std::size_t{5});
            QCOMPARE(decided_matrix(evaluation).total(), forced_matrix(evaluation).total());
            std::int64_t binned = 0;
            for (const ConfidenceBin& bin : evaluation.reliability)
                binned += bin.count;
            QCOMPARE(binned, forced_matrix(evaluation).total());
            lengths.insert(evaluation.length);
            if (evaluation.length == 0) // the tiny languages have alphabets of their own
                QCOMPARE(weighted_scores(forced_matrix(evaluation)).f1, 1.0);
        }
        QVERIFY((lengths == std::set<std::int64_t>{0, 8, 16, 32}));
    }
    void aCellCanBeReadWithoutItsCorpus() {
        const MatrixRecord matrix = matrices("plain").front();
        const auto examples = bench_->store.examples(matrix.number, 0, 0);
        QVERIFY(!examples.empty() && examples.size() <= 20);
        for (const RoutedExample& example : examples) {
            QCOMPARE(example.probabilities.size(), std::size_t{4});
            QVERIFY(!example.pieces.empty() && !example.evidence.empty() && !example.document.empty());
            for (const TokenEvidence& evidence : example.evidence)
                QVERIFY(evidence.first + evidence.length <= std::ssize(example.pieces));
        }
        QVERIFY(std::ranges::is_sorted(examples, {}, [](const RoutedExample& example) {
            return std::ranges::max(example.probabilities); // the least sure first
        }));
    }
    void foldsAddUpToAllArticles() {
        std::int64_t of_folds = 0, of_all = 0, folds = 0;
        for (const auto& [number, e] : matrices("folds"))
            if (e.split == "folds" && e.length == 0) {
                (e.fold == 0 ? of_all : of_folds) += forced_matrix(e).total();
                folds += e.fold > 0 ? 1 : 0;
            }
        QCOMPARE(folds, 3);
        QCOMPARE(of_folds, of_all);
        const MatrixRecord valid = matrices("plain").front();
        QVERIFY(of_all > forced_matrix(valid.evaluation).total()); // train text is asked about too
    }
    void aBatchIsDecidedAtOnce() {
        for (const auto& [number, e] : matrices("batch")) {
            std::int64_t decisions = 0;
            for (const ConfidenceBin& bin : e.reliability)
                decisions += bin.count;
            QVERIFY(decisions <
                    forced_matrix(e).total()); // a decision counts for every sequence of its batch
        }
    }
    void aDomainLeftOutIsARowWithoutAColumn() {
        const RoutingEvaluation e = matrices("left-out").front().evaluation;
        QVERIFY((e.columns == std::vector<std::string>{"en", "fr", "de", "unknown"}));
        QCOMPARE(e.rows.size(), std::size_t{4});
        QVERIFY(e.unknown_auroc > 0.5); // less sure of what it never saw
        const ConfusionMatrix matrix = decided_matrix(e);
        QVERIFY(matrix.is_right(3, 3) && !matrix.is_right(3, 0));
    }
    void theRouterOfARunDecides() {
        const RunRecord run = bench_->store.run("routes/plain/1");
        const TrainedRouter router(run, bench_->artifacts);
        const Corpus corpus = open_corpus("tiny");
        for (const std::string domain : {"en", "fr", "de", "py"})
            for_each_article(corpus, "valid", domain, [&](const Article& article) {
                const RoutedText text = router.explain(article.text);
                QCOMPARE(router.router().domains()[static_cast<std::size_t>(text.decision.likeliest)],
                         domain);
                QVERIFY(
                    article.text.starts_with(QString::fromStdString(text.pieces[0]).trimmed().toStdString()));
            });
        QVERIFY(!router.decide("").domain); // nothing to decide on
        QVERIFY(!router.top_features(0, 5).empty());
        QVERIFY_EXCEPTION_THROWN((void)router.decide("\xff"), Error);
    }
    void oneArticleADomainIsEnough() {
        const fs::path folder = fs::path(dir_.path().toStdString()) / "thin";
        test::write_tiny_corpus(folder);
        for (const auto& entry : fs::directory_iterator(folder)) { // all articles as one
            std::string text;
            std::istringstream lines(read_file(entry.path()));
            for (std::string line; std::getline(lines, line);)
                text += Json::parse(line).at("text").get<std::string>() + "\n";
            const std::string name = entry.path().stem().extension().string().substr(1);
            write_file_atomically(
                entry.path(),
                Json{{"id", entry.path().stem().stem().string()}, {"domain", name}, {"text", text}}.dump() +
                    "\n");
        }
        (void)import_corpus(folder, "thin");
        const StudyReading reading = read_study(
            R"({"retort": 1, "name": "thin", "base": {"task": "router", "data": {"corpus": "thin",
                "tokenizer": {"vocab": 400}}}})");
        QCOMPARE(to_text(reading.problems), "");
        const auto outcomes = run_study(plan_runs(reading.study).plans, {}, bench_->laboratory(), {});
        QVERIFY2(outcomes.front().outcome.status == RunStatus::done, outcomes.front().outcome.reason.c_str());
    }
    void aStopEndsARun() {
        std::stop_source stop;
        stop.request_stop();
        const StudyReading reading = read_study(study_text);
        const auto outcomes = run_study(plan_runs(reading.study, {}, "plain").plans, {.again = true},
                                        bench_->laboratory(), stop.get_token());
        QVERIFY(outcomes.empty());
    }
    void theSameSeedGivesTheSameRouter() {
        const StudyReading reading = read_study(study_text);
        const std::string first = bench_->store.run("routes/plain/1").model_artifact;
        const auto before = bench_->artifacts.find(first);
        fs::remove_all(before->folder);
        const auto again =
            run_study(plan_runs(reading.study, {}, "plain").plans, {.again = true}, bench_->laboratory(), {});
        QCOMPARE(again.front().outcome.status, RunStatus::done);
        bench_->recorder.flush();
        QCOMPARE(bench_->artifacts.find(first)->sha256, before->sha256);
    }
};

QTEST_GUILESS_MAIN(TestRoute)
#include "test_route.moc"
