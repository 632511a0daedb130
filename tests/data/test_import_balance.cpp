// SPDX-License-Identifier: GPL-3.0-or-later
// How much of each domain and source an import takes, counted anew from the corpus that it made.
#include "data/import/selection.h"
#include "data/token_store.h"
#include "data/tokenizer.h"
#include "data/utf8.h"
#include "import_fixture.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

using namespace retort;
using namespace retort::test;
namespace fs = std::filesystem;

namespace {

using Measure = std::function<std::int64_t(const std::string& text)>;

/// What a person would count of each part of the corpus.
std::map<std::pair<std::string, std::string>, std::int64_t> amounts(const Corpus& corpus,
                                                                    const Measure& measure) {
    std::map<std::pair<std::string, std::string>, std::int64_t> all;
    for (const auto& [part, articles] : taken(corpus))
        for (const auto& [id, text] : articles)
            all[part] += measure(text);
    return all;
}

double difference_percent(const std::vector<std::int64_t>& amounts) {
    const auto [least, most] = std::ranges::minmax(amounts);
    return 100.0 * static_cast<double>(most - least) / static_cast<double>(most);
}

/// 300 articles in three languages whose letters have one, two and three bytes, so that an amount in one unit
/// is none in another.
std::vector<Json> articles_in_three_scripts(std::uint64_t seed) {
    std::map<std::string, Words> writers;
    writers.try_emplace("en", seed);
    writers.try_emplace("el", seed + 100, std::vector<std::string>{"α", "β", "γ", "δ", "ε", "ζ", "η", "θ"});
    writers.try_emplace("ka", seed + 200, std::vector<std::string>{"ა", "ბ", "გ", "დ", "ე", "ვ"});
    std::vector<Json> articles;
    for (int i = 0; i < 300; ++i)
        for (auto& [language, words] : writers)
            articles.push_back({{"wikidata_id", "Q" + std::to_string(i)},
                                {"language", language},
                                {"text", words.words(10 + words.below(language == "en" ? 120 : 40))}});
    return articles;
}

/// The largest distance between the distributions of two samples.
double kolmogorov_smirnov(std::vector<double> a, std::vector<double> b) {
    std::ranges::sort(a);
    std::ranges::sort(b);
    double most = 0;
    for (const double at : a) {
        const auto share = [at](const std::vector<double>& of) {
            return static_cast<double>(std::ranges::upper_bound(of, at) - of.begin()) /
                   static_cast<double>(of.size());
        };
        most = std::max(most, std::abs(share(a) - share(b)));
    }
    return most;
}

} // namespace

class TestImportBalance : public QObject {
    Q_OBJECT
    const ImportHome home_;

    /// A folder with a tokenizer of 400 pieces, trained on a corpus of the same kind.
    [[nodiscard]] fs::path trained_tokenizer() const {
        ImportSpec spec =
            plain_import_of({home_.write("train.json", array_of(articles_in_three_scripts(99)))});
        spec.name = "train";
        const Corpus corpus = import_documents(spec, {});
        DataSpec data;
        data.domains = corpus.domains();
        data.tokenizer.vocab = 400;
        train_tokenizer(corpus, data, home_.path() / "tokenizer", {});
        return home_.path() / "tokenizer";
    }

private Q_SLOTS:
    void cleanup() { home_.clear(); }

    void domainsAreEvenInEveryUnit_data() {
        QTest::addColumn<int>("seed");
        QTest::addColumn<int>("unit");
        for (int seed = 1; seed <= 3; ++seed)
            for (const AmountUnit unit : {AmountUnit::characters, AmountUnit::bytes, AmountUnit::tokens})
                QTest::addRow("%d, unit %d", seed, static_cast<int>(unit)) << seed << static_cast<int>(unit);
    }
    void domainsAreEvenInEveryUnit() {
        QFETCH(int, seed);
        QFETCH(int, unit);
        ImportSpec spec = import_of(
            {home_.write("x.json", array_of(articles_in_three_scripts(static_cast<std::uint64_t>(seed))))});
        spec.seed = static_cast<std::uint64_t>(seed);
        spec.balance.unit = static_cast<AmountUnit>(unit);
        spec.balance.max_diff_percent = 2;
        Measure measure = [](const std::string& text) { return count_characters(text); };
        if (spec.balance.unit == AmountUnit::bytes)
            measure = [](const std::string& text) { return std::ssize(text); };
        if (spec.balance.unit == AmountUnit::tokens) {
            spec.balance.tokenizer = trained_tokenizer().string();
            const auto tokenizer = std::make_shared<Tokenizer>(spec.balance.tokenizer);
            measure = [tokenizer](const std::string& text) { return std::ssize(tokenizer->encode(text)); };
        }
        const Corpus corpus = import_documents(spec, {});
        const ImportReport report = import_report(corpus).value();
        const auto counted = amounts(corpus, measure);
        QCOMPARE(counted.size(), std::size_t{6});
        for (const PartReport& part : report.parts)
            QCOMPARE(part.taken.amount, counted.at({part.split, part.domain}));
        for (const BalanceReport& balance : report.balance) {
            std::vector<std::int64_t> of_split;
            for (const auto& [part, amount] : counted)
                if (part.first == balance.split) of_split.push_back(amount);
            QVERIFY(difference_percent(of_split) <= 2);
            QCOMPARE(balance.difference_percent, difference_percent(of_split));
            QVERIFY(*std::ranges::max_element(of_split) <= balance.target);
        }
        // A tokenizer that counts is the only thing that makes tokens even; other units are not, by chance.
        const auto in_bytes = amounts(corpus, [](const std::string& text) { return std::ssize(text); });
        if (spec.balance.unit != AmountUnit::bytes)
            QVERIFY(difference_percent({in_bytes.at({"train", "en"}), in_bytes.at({"train", "ka"})}) > 20);
    }
    void amountIsThatOfEachDomain() {
        ImportSpec spec = import_of({home_.write("x.json", array_of(wiki(11, 500)))});
        spec.balance.amount = 20'000;
        spec.balance.max_diff_percent = 3;
        const Corpus corpus = import_documents(spec, {});
        const auto counted = amounts(corpus, [](const std::string& text) { return count_characters(text); });
        for (const std::string& language : languages) {
            QVERIFY(counted.at({"train", language}) <= 20'000);
            QVERIFY(counted.at({"train", language}) >= 19'400);
            QVERIFY(counted.at({"valid", language}) <= 5'000); // a fifth of the ids beside four fifths
        }
    }
    void capsAreExact_data() {
        QTest::addColumn<qint64>("cap");
        for (const qint64 cap : {2'000, 9'999, 30'000, 1'000'000})
            QTest::addRow("%lld", cap) << cap;
    }
    void capsAreExact() {
        QFETCH(qint64, cap);
        Words words(12);
        std::map<std::string, std::string> texts; // of the capped source, by the id that they will have
        std::vector<Json> capped, free;
        for (int i = 0; i < 200; ++i) {
            capped.push_back({{"id", i}, {"lang", "en"}, {"text", words.words(5 + words.below(60))}});
            texts["capped.json/" + std::to_string(i)] = capped.back()["text"];
            free.push_back({{"id", i}, {"lang", "en"}, {"text", words.words(20)}});
        }
        ImportSpec spec = plain_import_of(
            {home_.write("capped.json", array_of(capped)), home_.write("free.json", array_of(free))});
        spec.sources[0].cap = cap;
        spec.balance.unit = AmountUnit::bytes;
        const Corpus corpus = import_documents(spec, {});

        // In the order of the keys, up to the first that is too long.
        std::map<OrderKey, std::string> order;
        for (const auto& [id, text] : texts)
            order[order_key(spec.seed, id)] = id;
        std::set<std::string> expected;
        std::int64_t amount = 0;
        for (const auto& [key, id] : order) {
            if (amount + std::ssize(texts[id]) > cap) break;
            amount += std::ssize(texts[id]);
            expected.insert(id);
        }
        std::set<std::string> found;
        std::int64_t others = 0;
        for (const auto& [part, articles] : taken(corpus))
            for (const auto& [id, text] : articles)
                id.starts_with("capped.json/") ? void(found.insert(id)) : void(++others);
        QCOMPARE(found, expected);
        QCOMPARE(others, 200);
        const ImportReport report = import_report(corpus).value();
        QCOMPARE(report.sources.at(0).name, std::string("capped.json"));
        QCOMPARE(report.sources[0].taken.amount, amount);
        QCOMPARE(report.sources[0].taken.articles, std::ssize(expected));
        QCOMPARE(report.sources[1].taken.articles, 200);
        QCOMPARE(skipped(report, SkipReason::source_cap), 200 - std::ssize(expected));
    }
    void shortArticlesAreNotFirst() {
        std::mt19937_64 random(13);
        std::lognormal_distribution<> lengths(4, 0.8); // words: half of the articles have more than 55
        Words words(13);
        std::vector<Json> articles;
        for (int i = 0; i < 3000; ++i)
            articles.push_back(
                {{"id", "a" + std::to_string(i)},
                 {"lang", "en"},
                 {"text", words.words(static_cast<std::size_t>(std::clamp(lengths(random), 5.0, 1000.0)))}});
        std::ranges::sort(articles, {},
                          [](const Json& one) { return one["text"].get_ref<const std::string&>().size(); });
        for (int i = 0; i < 300; ++i) // of which there is a tenth
            articles.push_back({{"id", "a" + std::to_string(i)}, {"lang", "fr"}, {"text", words.words(70)}});
        ImportSpec spec = import_of({home_.write("x.json", array_of(articles))});
        spec.balance.max_diff_percent = 1;
        const Taken all = taken(import_documents(spec, {}));
        std::vector<double> chosen, left;
        for (int i = 0; i < 3000; ++i) {
            const std::string& text =
                articles[static_cast<std::size_t>(i)]["text"].get_ref<const std::string&>();
            const std::string id = articles[static_cast<std::size_t>(i)]["id"];
            const bool is_chosen =
                all.at({"train", "en"}).contains(id) || all.at({"valid", "en"}).contains(id);
            (is_chosen ? chosen : left).push_back(static_cast<double>(text.size()));
        }
        QVERIFY(chosen.size() > 150 && left.size() > 2000);
        // Above this in one of a thousand draws from one distribution; the 10 % that are shortest are far
        // above.
        const auto n = static_cast<double>(chosen.size()), m = static_cast<double>(left.size());
        const double bound = 1.95 * std::sqrt((n + m) / (n * m));
        const double distance = kolmogorov_smirnov(chosen, left);
        QVERIFY2(distance < bound, std::to_string(distance).c_str());
        std::vector<double> lengths_of_all = chosen;
        lengths_of_all.insert(lengths_of_all.end(), left.begin(), left.end());
        std::ranges::sort(lengths_of_all);
        const auto shortest = lengths_of_all.begin() + std::ssize(chosen);
        QVERIFY(kolmogorov_smirnov({lengths_of_all.begin(), shortest}, {shortest, lengths_of_all.end()}) >
                bound);
    }
    void codeStandsBesideLanguages_data() {
        QTest::addColumn<bool>("common");
        QTest::addRow("common articles") << true;
        QTest::addRow("all articles") << false;
    }
    void codeStandsBesideLanguages() {
        QFETCH(bool, common);
        const std::vector<Json> articles = wiki(14, 400);
        Words words(15);
        for (int i = 0; i < 300; ++i)
            home_.write("code/m" + std::to_string(i) + (i % 2 == 0 ? ".py" : ".c"), words.words(60) + "\n");
        ImportSpec spec = import_of({home_.write("wiki.json", array_of(articles)), home_.path() / "code"});
        spec.balance.common_articles = common;
        const Corpus corpus = import_documents(spec, {});
        QCOMPARE(corpus.domains(), (std::vector<std::string>{"c", "de", "en", "fr", "py"}));
        const ImportReport report = import_report(corpus).value();
        const Taken all = taken(corpus);
        std::map<std::string, std::int64_t> common_ids; // by split
        bool has_lonely = false;
        for (const std::string split : {"train", "valid"}) {
            for (const auto& [id, text] : all.at({split, "en"})) {
                const bool everywhere =
                    all.at({split, "de"}).contains(id) && all.at({split, "fr"}).contains(id);
                common_ids[split] += everywhere ? 1 : 0;
                has_lonely = has_lonely || articles[std::stoul(id.substr(1))].size() < 3;
            }
            QVERIFY(!all.at({split, "py"}).empty() && !all.at({split, "c"}).empty());
        }
        QCOMPARE(has_lonely, !common);
        for (const BalanceReport& balance : report.balance) {
            QVERIFY(balance.difference_percent <= spec.balance.max_diff_percent);
            QCOMPARE(balance.common_ids, common_ids[balance.split]);
            QVERIFY(balance.common_ids > 0);
        }
        // What is not in all languages is left out of the languages, and of code nothing is.
        const auto lonely = std::ranges::count_if(articles, [](const Json& one) { return one.size() < 3; });
        QCOMPARE(skipped(report, SkipReason::not_common), common ? 2 * lonely : 0);
        for (const DomainReport& domain : report.domains) {
            QCOMPARE(domain.code, domain.domain == "py" || domain.domain == "c");
            if (domain.code) QVERIFY(!domain.skipped.contains(SkipReason::not_common));
        }
    }
};

QTEST_APPLESS_MAIN(TestImportBalance)
#include "test_import_balance.moc"
