// SPDX-License-Identifier: GPL-3.0-or-later
// What an import says of its splits: nothing that was trained on is measured, or the report says how much is.
#include "data/import/selection.h"
#include "import_fixture.h"

#include <QTest>
#include <algorithm>
#include <set>

using namespace retort;
using namespace retort::test;

namespace {

/// Paragraphs of at least 40 bytes that stand in more than one split of a corpus of one language, counted by
/// reading it.
std::int64_t shared_paragraphs(const Taken& corpus) {
    std::map<std::string, std::set<std::string>> splits;
    for (const auto& [part, articles] : corpus)
        for (const auto& [id, text] : articles)
            for (std::size_t begin = 0; begin < text.size();) {
                const std::size_t end = std::min(text.find('\n', begin), text.size());
                if (end - begin >= 40) splits[text.substr(begin, end - begin)].insert(part.first);
                begin = end + 1;
            }
    return std::ranges::count_if(splits, [](const auto& one) { return one.second.size() > 1; });
}

Json article(const std::string& id, const std::string& text, const std::string& domain = "en") {
    return {{"id", id}, {"domain", domain}, {"text", text}};
}

} // namespace

class TestImportSplits : public QObject {
    Q_OBJECT
    const ImportHome home_;

    [[nodiscard]] ImportReport report_of(const ImportSpec& spec) const {
        return import_report(import_documents(spec, {})).value();
    }
    /// The first `count` of the ids that an import of this split and seed puts into `split`.
    static std::vector<std::string> ids_in(const std::string& split, std::size_t count,
                                           const ImportSpec& spec) {
        std::vector<std::string> ids;
        for (int i = 0; ids.size() < count; ++i) {
            std::string id = "a" + std::to_string(i);
            if (split_of(order_key(spec.seed, id), spec.split) == split) ids.push_back(std::move(id));
        }
        return ids;
    }

private Q_SLOTS:
    void cleanup() { home_.clear(); }

    void paragraphsOfTwoSplitsAreCounted() {
        ImportSpec spec = plain_import_of({home_.path() / "x.json"});
        spec.split = {0.2, 0.2};
        const auto train = ids_in("train", 40, spec), valid = ids_in("valid", 12, spec),
                   test = ids_in("test", 12, spec);
        Words words(1);
        std::map<std::string, std::string> texts;
        for (const auto* ids : {&train, &valid, &test})
            for (const std::string& id : *ids)
                texts[id] = words.words(30) + "\nshort, but everywhere";
        const auto plant = [&](const std::vector<std::string>& into) {
            const std::string paragraph = words.words(12);
            for (const std::string& id : into)
                texts[id] += "\n" + paragraph;
        };
        for (std::size_t i = 0; i < 7; ++i)
            plant({train[i], valid[i]});
        plant({train[8], valid[8], test[8]});   // one paragraph, however often
        plant({train[9], train[9], train[10]}); // in one split
        plant({valid[9], test[9]});
        std::vector<Json> articles;
        for (const auto& [id, text] : texts)
            articles.push_back(article(id, text));
        for (const std::string& id : {train[0], valid[0]}) // code may repeat itself
            articles.push_back(article(id, "x = " + std::string(200, 'y'), "py"));
        home_.write("x.json", array_of(articles));

        const ImportReport report = report_of(spec);
        QCOMPARE(report.leaks, (LeakReport{0, 1, 9})); // the text is that of the code
        QCOMPARE(report.remarks.size(), std::size_t{2});
        QVERIFY(report.remarks[0].find("/cleaning/duplicates") != std::string::npos);
        QVERIFY(report.remarks[1].find("(9)") != std::string::npos);
        QVERIFY(report.remarks[1].find("/cleaning/repeated_paragraphs") != std::string::npos);
        spec.cleaning.repeated_paragraphs = true;
        spec.domains = {"en"};
        const ImportReport clean = report_of(spec);
        QCOMPARE(clean.leaks, LeakReport{});
        QVERIFY(clean.remarks.empty());
    }
    void leaksAreThoseOfWhatWasTaken_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 4; ++seed)
            QTest::addRow("%d", seed) << seed;
    }
    void leaksAreThoseOfWhatWasTaken() {
        QFETCH(int, seed);
        Words words(static_cast<std::uint64_t>(seed));
        std::vector<std::string> pool(40);
        std::ranges::generate(pool, [&] { return words.words(5 + words.below(8)); });
        std::vector<Json> articles;
        for (int i = 0; i < 300; ++i) {
            std::string text = words.words(20);
            for (std::uint64_t more = words.below(4); more > 0; --more)
                text += "\n" + (words.below(3) == 0 ? pool[words.below(pool.size())] : words.words(15));
            articles.push_back(article("a" + std::to_string(i), text));
        }
        ImportSpec spec = plain_import_of({home_.write("x.json", array_of(articles))});
        spec.split = {0.2, 0.1};
        spec.seed = static_cast<std::uint64_t>(seed);
        spec.balance.on = true;
        spec.balance.amount = 20'000; // so that a part is cut off
        const Corpus corpus = import_documents(spec, {});
        const ImportReport report = import_report(corpus).value();
        QVERIFY(skipped(report, SkipReason::surplus) > 50);
        QVERIFY(report.leaks.paragraphs > 3);
        QCOMPARE(report.leaks.paragraphs, shared_paragraphs(taken(corpus)));
    }
    void textsThatBecameTheSameAreRemarkedOn() {
        ImportSpec spec = import_of({home_.path() / "x.json"});
        spec.cleaning.near_duplicates = false;
        Words words(3);
        std::vector<Json> articles;
        const std::vector<std::string> repeated = {words.words(30), words.words(30)};
        for (const std::string split : {"train", "valid"}) {
            auto ids = ids_in(split, 20, spec);
            std::ranges::sort(ids, {}, [&](const std::string& id) { return order_key(spec.seed, id); });
            for (std::size_t i = 0; i < 2; ++i)
                articles.push_back(article(ids[i], words.words(30) + "\n" + repeated[i]));
            for (std::size_t i = 2; i < 19; ++i)
                articles.push_back(article(ids[i], words.words(30)));
            // Of the last, which repeats, nothing stays but the short lines.
            articles.push_back(
                article(ids[19], "a short line\nand another one\n" + repeated[split == "train" ? 0 : 1]));
        }
        home_.write("x.json", array_of(articles));
        const ImportReport report = report_of(spec);
        QCOMPARE(report.leaks, (LeakReport{0, 1, 0}));
        QVERIFY(report.remarks.at(0).find("/cleaning/min_characters") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestImportSplits)
#include "test_import_splits.moc"
