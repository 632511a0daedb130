// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "data/import/import.h"
#include "data/manifest.h"
#include "spec/run_spec_json.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <functional>
#include <random>
#include <set>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace retort;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> languages = {"en", "fr", "de"};

/// Random words of no language, so that no rule but the one under test has to do with them.
class Words {
public:
    explicit Words(std::uint64_t seed) : random_(seed) {}
    std::string words(std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) text += ' ';
            for (std::uint64_t letters = 3 + random_() % 7; letters > 0; --letters)
                text += static_cast<char>('a' + random_() % 26);
        }
        return text;
    }
    std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

private:
    std::mt19937_64 random_;
};

/// A document of the wanted length in paragraphs, of one language's article in the form of Wiki40B.
std::string marked_text(Words& words, std::size_t paragraphs, std::size_t length) {
    std::string text = "\n_START_ARTICLE_\n" + words.words(2);
    for (std::size_t i = 0; i < paragraphs; ++i)
        text += "\n_START_SECTION_\n" + words.words(2) + "\n_START_PARAGRAPH_\n" + words.words(length);
    return text;
}

/// As json.dump(…, indent=4, ensure_ascii=False) writes it.
std::string array_of(const std::vector<Json>& articles) {
    return Json(articles).dump(4);
}

Json wiki_article(Words& words, int number, const std::vector<std::string>& in) {
    Json article = Json::object();
    for (const std::string& language : in)
        article[language] = {{"text", marked_text(words, 1 + words.below(4), 20 + words.below(60))},
                             {"wikidata_id", "Q" + std::to_string(number)},
                             {"version_id", std::to_string(number * 7)}};
    return article;
}

std::vector<Json> wiki(std::uint64_t seed, int count) {
    Words words(seed);
    std::vector<Json> articles;
    for (int i = 0; i < count; ++i) {
        std::vector<std::string> in = languages;
        if (i % 5 == 4) in.erase(in.begin() + static_cast<std::ptrdiff_t>(words.below(3)));
        articles.push_back(wiki_article(words, i, in));
    }
    return articles;
}

using Taken = std::map<std::pair<std::string, std::string>, std::map<std::string, std::string>>;

/// Split and domain -> id -> text.
Taken taken(const Corpus& corpus) {
    Taken all;
    for (const CorpusFile& file : corpus.files)
        for_each_article(corpus, file.split, file.domain, [&](const Article& article) {
            all[{file.split, file.domain}][article.id] = article.text;
        });
    return all;
}

std::int64_t characters(const Corpus& corpus, const std::string& split, const std::string& domain) {
    for (const CorpusFile& file : corpus.files)
        if (file.split == split && file.domain == domain) return file.characters;
    return 0;
}

std::string sentence_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

std::int64_t skipped(const ImportReport& report, SkipReason reason) {
    const auto found = report.skipped.find(reason);
    return found == report.skipped.end() ? 0 : found->second;
}

} // namespace

class TestImport : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    [[nodiscard]] fs::path path() const { return dir_.path().toStdString(); }
    fs::path write(const std::string& name, const std::string& bytes) {
        fs::create_directories((path() / name).parent_path());
        write_file_atomically(path() / name, bytes);
        return path() / name;
    }
    [[nodiscard]] ImportSpec spec_of(const std::vector<fs::path>& files) const {
        ImportSpec spec;
        spec.name = "x";
        for (const fs::path& file : files)
            spec.sources.push_back({file.string(), "", ImportFormat::automatic, "", "", 0});
        spec.cleaning.min_characters = 20;
        spec.split.valid = 0.2;
        return spec;
    }
    static Corpus import(const ImportSpec& spec) { return import_documents(spec, {}); }

private Q_SLOTS:
    void init() { qputenv("XDG_CACHE_HOME", (path() / "cache").c_str()); }
    void cleanup() {
        for (const auto& entry : fs::directory_iterator(path()))
            fs::remove_all(entry.path());
    }

    void wikiBecomesACorpus() {
        const Corpus corpus = import(spec_of({write("wiki.json", array_of(wiki(1, 200)))}));
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
        QVERIFY(unfinished(corpora_folder()).empty());
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
        ImportSpec spec = spec_of({write("a/wiki.json", array_of(articles))});
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
        fs::remove(path() / "a/wiki.json");
        write("a/z.json", array_of(half));
        spec.sources[0].path = (path() / "a").string();
        spec.sources[0].name = "wiki.json";
        write("a/b/y.json", array_of(articles));
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
        const Corpus corpus = import(spec_of({write("x.json", array_of(articles))}));
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
        ImportSpec spec = spec_of({write("x.jsonl", lines)});
        const ImportReport report = preview_import(spec, {});
        QCOMPARE(report.domains.at(0).read.articles, 31);
        QCOMPARE(skipped(report, SkipReason::not_utf8), 2);
        QCOMPARE(skipped(report, SkipReason::malformed), 3);
        QCOMPARE(skipped(report, SkipReason::no_text), 1);
        QCOMPARE(skipped(report, SkipReason::no_domain), 1);
        QCOMPARE(skipped(report, SkipReason::duplicate_id), 1);
        QCOMPARE(report.examples.at(0).place, std::string("x.jsonl, line 31"));
        spec.on_fault = OnFault::stop;
        QVERIFY(sentence_of([&] { import(spec); }).find("line 31") != std::string::npos);
        QVERIFY(!fs::exists(corpora_folder() / "x"));
        QVERIFY(unfinished(corpora_folder()).empty());
    }
    void cutArrayKeepsWhatIsWhole() {
        const std::string array = array_of(wiki(5, 100));
        const ImportReport report =
            preview_import(spec_of({write("x.json", array.substr(0, array.size() / 2))}), {});
        QCOMPARE(skipped(report, SkipReason::malformed), 2); // the article, and the array
        QVERIFY(report.domains.at(0).read.articles > 40);
    }
    void parquetIsExplained() {
        const std::string said = sentence_of([&] { import(spec_of({write("x.parquet", "PAR1....")})); });
        QVERIFY2(said.find("Parquet") != std::string::npos && said.find("JSON lines") != std::string::npos,
                 said.c_str());
    }
    void stopLeavesNothing() {
        std::stop_source stop;
        stop.request_stop();
        const ImportSpec spec = spec_of({write("x.json", array_of(wiki(6, 50)))});
        try {
            import_documents(spec, {}, stop.get_token());
            QFAIL("it was not stopped");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::interrupted);
        }
        QVERIFY(list_corpora().empty());
        QVERIFY(unfinished(corpora_folder()).empty());
    }
    void codeIsReadByLicenceAndSize() {
        Words words(7);
        for (int i = 0; i < 30; ++i)
            write("code/src/m" + std::to_string(i) + ".py",
                  "# SPDX-License-Identifier: " + std::string(i < 3 ? "GPL-3.0-only" : "MIT OR Apache-2.0") +
                      "\n" + words.words(50) + "\n");
        write("code/build/gen.py", words.words(50));
        write("code/.hidden.py", words.words(50));
        write("code/big.py", words.words(2000));
        ImportSpec spec = spec_of({path() / "code"});
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
        const ImportSpec spec = spec_of({write("big.json", array)});
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

private:
    static std::vector<fs::path> unfinished(const fs::path& folder) {
        std::vector<fs::path> hidden;
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().filename().string().starts_with('.')) hidden.push_back(entry.path());
        return hidden;
    }
};

QTEST_APPLESS_MAIN(TestImport)
#include "test_import.moc"
