// SPDX-License-Identifier: GPL-3.0-or-later
// Against scikit-learn's TfidfVectorizer, and worked by hand.
#include "base/error.h"
#include "router_judge.h"

#include <QTest>
#include <map>

using namespace retort;

namespace {

using Tokens = std::vector<std::int32_t>;
const std::vector<Tokens> two_texts = {{10, 20, 10}, {20, 5}};

RouterSpec spec_of(std::int64_t ngrams, bool sublinear, RouterTokens tokens) {
    RouterSpec spec;
    spec.ngrams = ngrams;
    spec.sublinear = sublinear;
    spec.tokens = tokens;
    return spec;
}

Tfidf fitted(const std::vector<Tokens>& texts, const RouterSpec& spec) {
    Tfidf tfidf(spec);
    (void)tfidf.fit(std::vector<Sequence>(texts.begin(), texts.end()));
    return tfidf;
}

std::vector<Tokens> features_of(const Tfidf& tfidf) {
    std::vector<Tokens> features;
    for (std::int32_t f = 0; f < tfidf.features(); ++f)
        features.push_back(tfidf.tokens_of(f));
    return features;
}

bool is_same(const SparseRows& a, const SparseRows& b) {
    return a.columns == b.columns && a.begins == b.begins && a.indices == b.indices && a.values == b.values;
}

/// The largest difference from the judge's rows; infinite where features differ.
double distance(const Tfidf& tfidf, const test::Texts& texts, const nlohmann::json& answer) {
    std::map<Tokens, std::int32_t> theirs;
    for (const auto& feature : answer["features"])
        theirs.emplace(feature.get<Tokens>(), static_cast<std::int32_t>(theirs.size()));
    if (theirs.size() != static_cast<std::size_t>(tfidf.features())) return INFINITY;
    double largest = 0;
    for (std::int32_t f = 0; f < tfidf.features(); ++f) {
        const auto found = theirs.find(tfidf.tokens_of(f));
        if (found == theirs.end()) return INFINITY;
        const auto& idf = answer["idf"][static_cast<std::size_t>(found->second)];
        largest = std::max(largest, std::abs(tfidf.idf(f) - idf.get<double>()));
    }
    for (std::size_t i = 0; i < answer["rows"].size(); ++i) {
        SparseRows rows;
        tfidf.append(texts.tokens[i], rows);
        std::map<std::int32_t, double> row;
        for (const auto& [feature, value] :
             answer["rows"][i].get<std::vector<std::pair<std::int32_t, double>>>())
            row[feature] = value;
        if (row.size() != rows.values.size()) return INFINITY;
        for (std::size_t j = 0; j < rows.values.size(); ++j)
            largest =
                std::max(largest, std::abs(rows.values[j] - row[theirs[tfidf.tokens_of(rows.indices[j])]]));
    }
    return largest;
}

} // namespace

class TestTfidf : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithScikitLearn() {
        if (!test::python_has(QStringLiteral("sklearn")))
            QSKIP("python3-sklearn, the judge, is not installed");
        test::TextMaker maker;
        maker.words = 300;
        const test::Texts train = maker.make(60, 1, 200, "train"), tested = maker.make(300, 0, 60, "test");
        std::vector<RouterSpec> specs;
        nlohmann::json questions;
        for (const std::int64_t ngrams : {1, 2, 3})
            for (const bool sublinear : {false, true})
                for (const bool is_paper : {false, true}) {
                    specs.push_back(
                        spec_of(ngrams, sublinear, is_paper ? RouterTokens::paper : RouterTokens::all));
                    questions.push_back(test::question(
                        train, tested,
                        {{"ngrams", ngrams}, {"sublinear", sublinear}, {"paper", is_paper}, {"rows", 300}}));
                }
        const test::Judgement judged = test::ask_judge(questions);
        QVERIFY2(!judged.answer.is_null(), qPrintable(judged.output));
        for (std::size_t i = 0; i < specs.size(); ++i)
            QVERIFY(distance(fitted(train.tokens, specs[i]), tested, judged.answer[i]) < 1e-12);
    }
    void byHand() {
        // 10 is in one of two texts, 20 in both, 5 in one: idf ln(3 / 2) + 1, 1 and ln(3 / 2) + 1.
        const Tfidf tfidf = fitted(two_texts, {});
        QCOMPARE(features_of(tfidf), (std::vector<Tokens>{{5}, {10}, {20}}));
        QCOMPARE(tfidf.idf(1), std::log(1.5) + 1);
        QCOMPARE(tfidf.idf(2), 1.0);
        SparseRows rows;
        tfidf.append(two_texts[0], rows);
        const double ten = 2 * (std::log(1.5) + 1), norm = std::sqrt(ten * ten + 1);
        QCOMPARE(rows.indices, (Tokens{1, 2}));
        QCOMPARE(rows.values, (std::vector<double>{ten / norm, 1 / norm}));
    }
    void runsReachAcrossWhatThePaperDrops() {
        const Tfidf tfidf = fitted({{10, 5, 20, 7, 7}}, spec_of(2, false, RouterTokens::paper));
        QCOMPARE(features_of(tfidf), (std::vector<Tokens>{{10}, {10, 20}, {20}}));
        const std::vector<FeaturePlace> places = tfidf.places(Tokens{3, 10, 1, 20, 30});
        QCOMPARE(places.size(), std::size_t{3});
        QCOMPARE(places[1].feature, 1);
        QCOMPARE(places[1].first, std::int64_t{1});
        QCOMPARE(places[1].length, std::int64_t{3});
        QCOMPARE(places[2].first, std::int64_t{3});
    }
    void whatWasNotLearnedIsLeftOut() {
        const Tfidf tfidf = fitted(two_texts, spec_of(2, false, RouterTokens::all));
        SparseRows rows;
        tfidf.append({}, rows);
        tfidf.append(Tokens{99, -3, INT32_MAX, INT32_MIN}, rows);
        QVERIFY(rows.row(0).columns.empty() && rows.row(1).columns.empty());
        tfidf.append(Tokens{20, 99, 20}, rows);
        QCOMPARE(rows.row(2).columns.size(), std::size_t{1});
        QCOMPARE(rows.row(2).values[0], 1.0);
    }
    void tokensThatNoTokenizerGivesAreAnError() {
        for (const std::int32_t token : {-1, FeatureIndex::largest_token + 1})
            QVERIFY_EXCEPTION_THROWN(fitted({{1, token}}, {}), Error);
    }
    void aLongTextIsARow() {
        // Three million tokens, as 10 MB of text have.
        test::TextMaker maker;
        const test::Texts train = maker.make(8, 500, 500, "train");
        const Tfidf tfidf = fitted(train.tokens, spec_of(2, false, RouterTokens::all));
        Tokens text;
        while (text.size() < 3'000'000)
            text.insert(text.end(), train.tokens[0].begin(), train.tokens[0].end());
        SparseRows once, often;
        tfidf.append(train.tokens[0], once);
        tfidf.append(text, often);
        QVERIFY(often.values.size() >= once.values.size()); // a run more: the last token and the first
        double squares = 0;
        for (const double value : often.values)
            squares += value * value;
        QVERIFY(std::abs(squares - 1) < 1e-9);
    }
    void stateMakesTheSameRows() {
        test::TextMaker maker;
        const test::Texts train = maker.make(40, 5, 80, "train"), tested = maker.make(40, 0, 80, "test");
        const RouterSpec spec = spec_of(3, true, RouterTokens::paper);
        const Tfidf tfidf = fitted(train.tokens, spec);
        Tfidf again(spec);
        again.restore(nlohmann::json::from_cbor(nlohmann::json::to_cbor(tfidf.state())));
        QVERIFY(is_same(tfidf.transform(tested.sequences()), again.transform(tested.sequences())));
        QCOMPARE(features_of(again), features_of(tfidf));
    }
    void damagedStateIsRefused() {
        const RouterSpec spec = spec_of(2, false, RouterTokens::all);
        const nlohmann::json state = fitted(two_texts, spec).state();
        Tfidf tfidf(spec);
        for (const char* key : {"parents", "tokens", "idf"}) {
            nlohmann::json damaged = state;
            damaged.erase(key);
            QVERIFY_EXCEPTION_THROWN(tfidf.restore(damaged), Error);
            damaged = state;
            damaged[key].get_binary().pop_back();
            QVERIFY_EXCEPTION_THROWN(tfidf.restore(damaged), Error);
        }
        nlohmann::json looped = state; // the first feature as its own parent
        std::ranges::fill(looped["parents"].get_binary(), std::uint8_t{0});
        QVERIFY_EXCEPTION_THROWN(tfidf.restore(looped), Error);
        Tfidf shorter(spec_of(1, false, RouterTokens::all));
        QVERIFY_EXCEPTION_THROWN(shorter.restore(state), Error);
    }
};

QTEST_APPLESS_MAIN(TestTfidf)
#include "test_tfidf.moc"
