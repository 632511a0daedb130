// SPDX-License-Identifier: GPL-3.0-or-later
// Routers of every classifier: written and read, damaged, on odd texts, the same each time; and what they say
// of a decision.
#include "base/error.h"
#include "base/files.h"
#include "router/router.h"
#include "synthetic_texts.h"

#include <QTemporaryDir>
#include <QTest>

using namespace retort;
namespace fs = std::filesystem;

namespace {

using Tokens = std::vector<std::int32_t>;
const std::vector<std::string> names = {"de", "en", "fr", "py"};
constexpr int classifiers = 9;

RouterSpec spec_of(int classifier) {
    RouterSpec spec;
    spec.classifier = static_cast<Classifier>(classifier);
    spec.trees = 8;
    spec.ngrams = 2;
    spec.tokens = RouterTokens::paper;
    spec.unknown = {"la"};
    return spec;
}

test::TextMaker maker() {
    test::TextMaker maker;
    maker.words = 400;
    maker.own = 0.6;
    return maker;
}

Router trained(const RouterSpec& spec, const test::Texts& texts, std::uint64_t seed = 1) {
    return Router::train(spec, names, texts.sequences(), texts.labels, seed);
}

std::string bytes_of(const Router& router, const fs::path& folder) {
    router.write(folder);
    return read_file(folder / "router.cbor");
}

/// What an Error says; empty for none.
template <class Work>
std::string error_of(Work work, ErrorKind kind = ErrorKind::data) {
    try {
        work();
    } catch (const Error& error) {
        return error.kind() == kind ? error.what() : "of another kind";
    }
    return {};
}

void add_rows() {
    QTest::addColumn<int>("classifier");
    for (int i = 0; i < classifiers; ++i)
        QTest::addRow("classifier %d", i) << i;
}

} // namespace

class TestRouter : public QObject {
    Q_OBJECT
private:
    test::Texts m_train = maker().make(120, 10, 80, "train");
    test::Texts m_test = maker().make(200, 0, 40, "test");
    QTemporaryDir m_folder;
    [[nodiscard]] fs::path folder() const { return m_folder.path().toStdString(); }

private Q_SLOTS:
    void aReadRouterIsTheOneThatWasWritten_data() { add_rows(); }
    void aReadRouterIsTheOneThatWasWritten() {
        QFETCH(int, classifier);
        Router router = trained(spec_of(classifier), m_train);
        router.set_thresholds({{8, 0.4}, {100, 0.9}});
        const std::string bytes = bytes_of(router, folder());
        const Router again = Router::read(folder());
        QCOMPARE(again.domains(), names);
        QVERIFY(again.spec() == router.spec());
        QCOMPARE(again.threshold(1), 0.4);
        QCOMPARE(again.threshold(99), 0.4);
        QCOMPARE(again.threshold(100), 0.9);
        QCOMPARE(again.features(), router.features());
        for (const Tokens& text : m_test.tokens) {
            const RoutingDecision a = router.decide(text), b = again.decide(text);
            QCOMPARE(a.probabilities, b.probabilities);
            QCOMPARE(a.domain, b.domain);
        }
        QVERIFY(bytes_of(again, folder()) == bytes);
    }
    void sameSeedSameBytes_data() { add_rows(); }
    void sameSeedSameBytes() {
        QFETCH(int, classifier);
        const RouterSpec spec = spec_of(classifier);
        const std::string bytes = bytes_of(trained(spec, m_train), folder());
        QVERIFY(bytes_of(trained(spec, m_train), folder()) == bytes);
        const bool has_chance = spec.classifier == Classifier::sgd || spec.classifier == Classifier::forest;
        if (has_chance) QVERIFY(bytes_of(trained(spec, m_train, 2), folder()) != bytes);
    }
    void probabilitiesAddUpOnAnyText_data() { add_rows(); }
    void probabilitiesAddUpOnAnyText() {
        QFETCH(int, classifier);
        const Router router = trained(spec_of(classifier), m_train);
        Tokens huge;
        while (huge.size() < 100'000)
            huge.insert(huge.end(), m_train.tokens[1].begin(), m_train.tokens[1].end());
        std::vector<Tokens> texts = {{}, {20}, {-5}, {INT32_MAX}, {1, 2, 3}, huge};
        texts.insert(texts.end(), m_test.tokens.begin(), m_test.tokens.end());
        std::size_t right = 0;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const RoutingDecision decision = router.decide(texts[i]);
            double sum = 0;
            for (const double p : decision.probabilities) {
                QVERIFY(p >= 0 && p <= 1 + 1e-12);
                sum += p;
            }
            QVERIFY(std::abs(sum - 1) < 1e-9);
            QCOMPARE(decision.confidence, *std::ranges::max_element(decision.probabilities));
            right += i >= 6 && decision.domain == m_test.labels[i - 6];
        }
        for (const std::size_t unknown : {0, 2, 3, 4}) // 1, 2 and 3 are dropped
            QVERIFY(!router.decide(texts[unknown]).domain);
        QVERIFY(router.decide(texts[1]).domain);
        if (static_cast<Classifier>(classifier) != Classifier::majority) QVERIFY(right > 100);
    }
    void itAbstainsBelowTheThreshold() {
        Router router = trained(spec_of(0), m_train);
        const RoutingDecision sure = router.decide(m_train.tokens[0]);
        QCOMPARE(sure.domain, std::optional<std::int64_t>(sure.likeliest));
        router.set_threshold(sure.confidence);
        QVERIFY(router.decide(m_train.tokens[0]).domain);
        router.set_threshold(std::nextafter(sure.confidence, 2));
        QVERIFY(!router.decide(m_train.tokens[0]).domain);
        QCOMPARE(router.decide(m_train.tokens[0]).likeliest, sure.likeliest);
    }
    void identicalDomainsAreEven_data() { add_rows(); }
    void identicalDomainsAreEven() {
        QFETCH(int, classifier);
        const std::vector<Tokens> texts = {{10, 20, 30}, {10, 20, 30}, {40, 10}, {40, 10}};
        const std::vector<Sequence> sequences(texts.begin(), texts.end());
        RouterSpec spec = spec_of(classifier);
        spec.neighbours = 4;
        spec.trees = 400;
        const Router router = Router::train(spec, {"a", "b"}, sequences, Tokens{0, 1, 0, 1}, 1);
        const double p = router.decide(texts[0]).probabilities[0];
        if (spec.classifier == Classifier::sgd) return; // says what it saw last
        const double tolerance = spec.classifier == Classifier::forest ? 0.1 : 1e-3;
        QVERIFY2(std::abs(p - 0.5) < tolerance, qPrintable(QString::number(p)));
    }
    void oneDomainIsCertain_data() { add_rows(); }
    void oneDomainIsCertain() {
        QFETCH(int, classifier);
        const std::vector<Tokens> texts = {{10, 20, 30}, {40, 10}};
        const std::vector<Sequence> sequences(texts.begin(), texts.end());
        const Router router = Router::train(spec_of(classifier), {"a"}, sequences, Tokens{0, 0}, 1);
        QCOMPARE(router.decide(texts[0]).probabilities, (std::vector<double>{1}));
    }
    void aDomainWithoutTextIsAnError_data() { add_rows(); }
    void aDomainWithoutTextIsAnError() {
        QFETCH(int, classifier);
        test::Texts texts = m_train;
        const auto train = [&] { (void)trained(spec_of(classifier), texts); };
        std::ranges::replace(texts.labels, 2, 1);
        QVERIFY(error_of(train).find("\"fr\"") != std::string::npos);
        texts = m_train;
        for (std::size_t i = 2; i < texts.tokens.size(); i += 4)
            texts.tokens[i].assign(5, 7); // has no feature for the paper
        QVERIFY(error_of(train).find("\"fr\"") != std::string::npos);
        texts = m_train;
        texts.labels[5] = 4;
        QVERIFY(!error_of(train).empty());
    }
    void aStopEndsTheTraining_data() { add_rows(); }
    void aStopEndsTheTraining() {
        QFETCH(int, classifier);
        if (static_cast<Classifier>(classifier) == Classifier::majority) return;
        std::stop_source stop;
        stop.request_stop();
        const auto train = [&] {
            (void)Router::train(spec_of(classifier), names, m_train.sequences(), m_train.labels, 1,
                                stop.get_token());
        };
        QVERIFY(error_of(train, ErrorKind::interrupted).find("stopped") != std::string::npos);
        const RouterSpec spec = spec_of(classifier);
        const SparseRows rows = Tfidf(spec).fit(m_train.sequences()); // a stop ends this already
        const auto fit = [&] {
            const auto domains = static_cast<std::int64_t>(names.size());
            make_classifier(spec)->fit({rows, m_train.labels, domains}, 1, stop.get_token());
        };
        QVERIFY(error_of(fit, ErrorKind::interrupted).find("stopped") != std::string::npos);
    }
    void damagedFilesAreErrors_data() { add_rows(); }
    void damagedFilesAreErrors() {
        QFETCH(int, classifier);
        const std::string whole = bytes_of(trained(spec_of(classifier), m_train), folder());
        const auto read = [&](const std::string& bytes) {
            write_file_atomically(folder() / "router.cbor", bytes);
            return error_of([&] { (void)Router::read(folder()); });
        };
        QVERIFY(read(whole).empty());
        for (const std::size_t length : {std::size_t{0}, std::size_t{1}, whole.size() / 2, whole.size() - 1})
            QVERIFY(read(whole.substr(0, length)).find("router.cbor") != std::string::npos);
        for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 40) {
            std::string flipped = whole;
            flipped[at] = static_cast<char>(flipped[at] ^ 0x11);
            QVERIFY(!read(flipped).empty());
        }
        fs::remove(folder() / "router.cbor");
        QVERIFY(!error_of([&] { (void)Router::read(folder()); }).empty());
    }
    void evidenceOfALinearRouterAddsUp() {
        RouterSpec spec;
        const std::vector<Tokens> texts = {{10, 10, 20}, {30, 20}};
        const Router router = Router::train(
            spec, {"a", "b"}, std::vector<Sequence>(texts.begin(), texts.end()), Tokens{0, 1}, 1);
        const auto evidence = router.evidence(Tokens{99, 20, 10, 30, 10}, 0);
        QCOMPARE(evidence.size(), std::size_t{3});
        QCOMPARE(evidence.front().first, std::int64_t{2}); // 10 speaks most for a
        QCOMPARE(evidence.back().first, std::int64_t{3});  // 30 speaks against it
        QVERIFY(evidence.front().weight > 0 && evidence.back().weight < 0);
        // The weights are those of two classes, each minus the other: their scores differ by twice the sum.
        const auto p = router.decide(Tokens{20, 10, 30, 10}).probabilities;
        const auto p0 = router.decide({}).probabilities; // the intercepts
        double sum = 0;
        for (const TokenEvidence& one : evidence)
            sum += one.weight;
        QVERIFY(std::abs(std::log(p[0] / p[1]) - std::log(p0[0] / p0[1]) - 2 * sum) < 1e-9);
        QCOMPARE(router.evidence(Tokens{99, 20, 10, 30, 10}, 0, 1).size(), std::size_t{1});
        const auto top = router.top_features(1, 2);
        QCOMPARE(top.size(), std::size_t{2});
        QCOMPARE(top[0].tokens, Tokens{30});
        QVERIFY(top[0].weight > top[1].weight);
    }
    void evidenceOfTheOthersIsWhatLeavingOutTakes() {
        RouterSpec spec;
        spec.classifier = Classifier::knn;
        spec.neighbours = 1;
        const std::vector<Tokens> texts = {{10, 20}, {30, 40}};
        const Router router = Router::train(
            spec, {"a", "b"}, std::vector<Sequence>(texts.begin(), texts.end()), Tokens{0, 1}, 1);
        const auto evidence = router.evidence(Tokens{10, 10, 30}, 0);
        QCOMPARE(evidence.size(), std::size_t{1});
        QCOMPARE(evidence[0].first, std::int64_t{0});
        QCOMPARE(evidence[0].weight, 1.0);
        QVERIFY(router.top_features(0, 5).empty());
    }
};

QTEST_APPLESS_MAIN(TestRouter)
#include "test_router.moc"
