// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sha256.h"
#include "data/manifest.h"
#include "import_fixture.h"
#include "spec/run_spec_json.h"

#include <QTest>
#include <algorithm>
#include <set>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace retort;
using namespace retort::test;
namespace fs = std::filesystem;

namespace {

std::int64_t characters(const Corpus& corpus, const std::string& split, const std::string& domain) {
    for (const CorpusFile& file : corpus.files)
        if (file.split == split && file.domain == domain) return file.characters;
    return 0;
}

Corpus import(const ImportSpec& spec) {
    return import_documents(spec, {});
}

} // namespace

class TestImport : public QObject {
    Q_OBJECT
    const ImportHome home_;

private Q_SLOTS:
    void cleanup() { home_.clear(); }

    void wikiBecomesACorpus() {
        const Corpus corpus = import(import_of({home_.write("wiki.json", array_of(wiki(1, 200)))}));
        QCOMPARE(corpus.domains(), (std::vector<std::string>{"de", "en", "fr"}));
        const ImportReport report = import_report(corpus).value();
        QCOMPARE(report.skipped.size(), std::size_t{1});
        for (const DomainReport& domain : report.domains) {
            QVERIFY(domain.read.articles > 180);
            QCOMPARE(domain.clean.articles, domain.read.articles);
        }
        for (const auto& [part, articles] : taken(corpus))
            for (const auto& [id, text] : articles) {
                QVERIFY(id.starts_with("Q"));
                QVERIFY(text.find("_START_") == std::string::npos);
            }
        // Counted again by what reads corpora.
        const auto files = scan_corpus_folder(corpus.folder);
        QCOMPARE(files.size(), corpus.files.size());
        for (const CorpusFile& file : files)
            QCOMPARE(characters(corpus, file.split, file.domain), file.characters);
        QVERIFY(is_tidy());
    }
    void propertiesOnRandomCorpora_data() {
        QTest::addColumn<int>("seed");
        QTest::addColumn<bool>("common");
        for (int seed = 1; seed <= 6; ++seed)
            QTest::addRow("%d", seed) << seed << (seed % 2 == 0);
    }
    void propertiesOnRandomCorpora() {
        QFETCH(int, seed);
        QFETCH(bool, common);
        std::vector<Json> articles = wiki(static_cast<std::uint64_t>(seed), 600);
        ImportSpec spec = import_of({home_.write("a/wiki.json", array_of(articles))});
        spec.balance.common_articles = common;
        spec.balance.max_diff_percent = 4;
        spec.split = {0.15, 0.15};
        spec.seed = static_cast<std::uint64_t>(seed);
        const Corpus corpus = import(spec);
        const Taken first = taken(corpus);
        QCOMPARE(first.size(), std::size_t{9});
        std::map<std::string, std::string> split_of_id;
        for (const auto& [part, found] : first)
            for (const auto& [id, text] : found)
                QCOMPARE(split_of_id.try_emplace(id, part.first).first->second, part.first);
        for (const char* split : {"train", "valid", "test"}) {
            std::vector<std::int64_t> amounts;
            for (const std::string& language : languages)
                amounts.push_back(characters(corpus, split, language));
            const auto [least, most] = std::ranges::minmax(amounts);
            QVERIFY2(100 * (most - least) <= 4 * most, split);
        }
        if (common)
            for (const auto& [part, found] : first)
                for (const auto& [id, text] : found)
                    QCOMPARE(articles[std::stoul(id.substr(1))].size(), std::size_t{3});
        // Another order of files and articles gives the same bytes.
        std::ranges::reverse(articles);
        const std::vector<Json> half(articles.begin() + 300, articles.end());
        articles.resize(300);
        fs::remove(home_.path() / "a/wiki.json");
        home_.write("a/z.json", array_of(half));
        spec.sources[0].path = (home_.path() / "a").string();
        spec.sources[0].name = "wiki.json";
        home_.write("a/b/y.json", array_of(articles));
        QCOMPARE(import(spec).identity(), corpus.identity());
        QCOMPARE(preview_import(spec, {}).parts, import_report(corpus)->parts);
    }
    void repeatedTextsGo() {
        Words words(3);
        std::vector<Json> articles;
        const std::string twice = words.words(120), shared = words.words(30);
        std::string near = twice;
        near.replace(near.rfind(' '), std::string::npos, " changed");
        for (int i = 0; i < 40; ++i)
            articles.push_back({{"id", "a" + std::to_string(i)},
                                {"domain", "en"},
                                {"text", i < 2    ? twice
                                         : i == 2 ? near
                                         : i < 9  ? words.words(60) + "\n" + shared
                                                  : words.words(80)}});
        articles.push_back(articles.back());
        articles.back()["text"] = words.words(50);
        const Corpus corpus = import(import_of({home_.write("x.json", array_of(articles))}));
        const ImportReport report = import_report(corpus).value();
        QCOMPARE(skipped(report, SkipReason::duplicate_id), 1);
        QCOMPARE(skipped(report, SkipReason::duplicate), 1);
        QCOMPARE(skipped(report, SkipReason::near_duplicate), 1);
        QCOMPARE(report.domains[0].paragraphs.repeated, 5);
        std::size_t seen = 0;
        for (const auto& [part, found] : taken(corpus))
            for (const auto& [id, text] : found)
                seen += text.find(shared) != std::string::npos ? 1 : 0;
        QCOMPARE(seen, std::size_t{1});
    }
    void faultsAreNamedAndPassedOver() {
        std::string lines;
        Words words(4);
        for (int i = 0; i < 30; ++i)
            lines += Json{{"id", "a" + std::to_string(i)}, {"lang", "en"}, {"text", words.words(30)}}.dump() +
                     "\n";
        const std::string good = lines;
        lines += "{\"id\": \"cut\", \"lang\": \"en\", \"text\": \"abc\n";
        lines += "{\"id\": \"latin\", \"lang\": \"en\", \"text\": \"\xe9t\xe9\"}\n";
        lines += "{\"id\": \"surrogate\", \"lang\": \"en\", \"text\": \"\\ud800\"}\n";
        lines += "{\"id\": \"number\", \"lang\": \"en\", \"text\": 7}\nno json\n";
        lines += "{\"id\": \"none\", \"lang\": \"en\"}\n{\"id\": \"where\", \"text\": \"" + words.words(30) +
                 "\"}\n";
        lines += good.substr(0, good.find('\n')) + "\n";
        ImportSpec spec = import_of({home_.write("x.jsonl", lines)});
        const ImportReport report = preview_import(spec, {});
        QCOMPARE(report.domains.at(0).read.articles, 31);
        QCOMPARE(skipped(report, SkipReason::not_utf8), 2);
        QCOMPARE(skipped(report, SkipReason::malformed), 3);
        QCOMPARE(skipped(report, SkipReason::no_text), 1);
        QCOMPARE(skipped(report, SkipReason::no_domain), 1);
        QCOMPARE(skipped(report, SkipReason::duplicate_id), 1);
        QCOMPARE(report.examples.at(0).place, std::string("x.jsonl, line 31"));
        spec.on_fault = OnFault::stop;
        const Error error = error_of([&] { import(spec); }).value();
        QVERIFY(std::string(error.what()).find("line 31") != std::string::npos);
        QVERIFY(!fs::exists(corpora_folder() / "x"));
        QVERIFY(is_tidy());
    }
    void cutArrayKeepsWhatIsWhole() {
        const std::string array = array_of(wiki(5, 100));
        const ImportReport report =
            preview_import(import_of({home_.write("x.json", array.substr(0, array.size() / 2))}), {});
        QCOMPARE(skipped(report, SkipReason::malformed), 2); // the article, and the array
        QVERIFY(report.domains.at(0).read.articles > 40);
    }
    void whyNothingIsLeftIsSaid() {
        Words words(9);
        for (int i = 0; i < 5; ++i)
            home_.write("texts/" + std::to_string(i) + ".txt", words.words(i < 3 ? 30 : 1));
        ImportSpec spec = import_of({home_.path() / "texts"});
        const auto sentence = [&] { return std::string(error_of([&] { import(spec); }).value().what()); };
        QCOMPARE(sentence(),
                 "Nothing is left of the documents: 5 without a domain; name the domain of the "
                 "source: fr=PATH on the command line, the field Domain of the source in the form.");
        spec.sources[0].domain = "fr";
        spec.cleaning.max_characters = 100;
        QCOMPARE(sentence(), "Nothing is left of the documents: 3 too long, 2 too short; raise "
                             "/cleaning/max_characters.");
        fs::create_directories(home_.path() / "empty");
        spec.sources[0].path = (home_.path() / "empty").string();
        QVERIFY(sentence().find("No document was found") == 0 ||
                sentence().find("empty") != std::string::npos);
    }
    void parquetIsExplained() {
        const std::string said =
            error_of([&] { import(import_of({home_.write("x.parquet", "PAR1....")})); }).value().what();
        QVERIFY2(said.find("Parquet") != std::string::npos && said.find("JSON lines") != std::string::npos,
                 said.c_str());
    }
    void stopLeavesNothing() {
        std::stop_source stop;
        stop.request_stop();
        const ImportSpec spec = import_of({home_.write("x.json", array_of(wiki(6, 50)))});
        const auto error = error_of([&] { import_documents(spec, {}, stop.get_token()); });
        QVERIFY(error && error->kind() == ErrorKind::interrupted);
        QVERIFY(list_corpora().empty());
        QVERIFY(is_tidy());
    }
    void codeIsReadByLicenceAndSize() {
        Words words(7);
        for (int i = 0; i < 30; ++i)
            home_.write(
                "code/src/m" + std::to_string(i) + ".py",
                "# SPDX-License-Identifier: " + std::string(i < 3 ? "GPL-3.0-only" : "MIT OR Apache-2.0") +
                    "\n" + words.words(50) + "\n");
        home_.write("code/build/gen.py", words.words(50));
        home_.write("code/.hidden.py", words.words(50));
        home_.write("code/big.py", words.words(2000));
        ImportSpec spec = import_of({home_.path() / "code"});
        spec.files.licences = {"MIT"};
        spec.files.max_bytes = 4096;
        const ImportReport report = preview_import(spec, {});
        QCOMPARE(report.domains.size(), std::size_t{1});
        QVERIFY(report.domains[0].code);
        QCOMPARE(report.domains[0].clean.articles, 27);
        QCOMPARE(skipped(report, SkipReason::licence), 3);
        QCOMPARE(skipped(report, SkipReason::file_size), 1);
    }
    void sixtyFourMegabytesInBoundedMemory() {
        std::string array = "[";
        Words words(8);
        const Json article = wiki_article(words, 0, languages);
        for (int i = 0; array.size() < (std::size_t{64} << 20); ++i) {
            Json one = article;
            for (auto& [language, document] : one.items()) {
                document["wikidata_id"] = "Q" + std::to_string(i);
                document["text"] = words.words(400);
            }
            array += (i == 0 ? "\n    " : ",\n    ") + one.dump();
        }
        // One text of 100 MB: said, not read.
        array += ",\n    {\"en\": {\"wikidata_id\": \"Qbig\", \"text\": \"" + std::string(100'000'000, 'x') +
                 "\"}}\n]";
        const ImportSpec spec = import_of({home_.write("big.json", array)});
        array = {};
        const pid_t child = ::fork();
        if (child == 0) {
            const ImportReport report = preview_import(spec, {});
            ::_exit(skipped(report, SkipReason::too_large) == 1 ? 0 : 1);
        }
        int status = 0;
        rusage used{};
        QVERIFY(::wait4(child, &status, 0, &used) == child);
        QCOMPARE(status, 0);
        QVERIFY2(used.ru_maxrss < 1024 * 1024, std::to_string(used.ru_maxrss).c_str()); // KiB
        qInfo("largest memory: %ld MiB", used.ru_maxrss / 1024);
    }
};

QTEST_APPLESS_MAIN(TestImport)
#include "test_import.moc"
