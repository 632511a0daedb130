// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "data/corpus.h"
#include "support/tiny_corpus.h"

#include <QTemporaryDir>
#include <QTest>
#include <functional>

using namespace retort;
namespace fs = std::filesystem;

namespace {

const std::string good = R"({"id": "a", "domain": "en", "text": "One."})";

/// The error's sentence; an empty string when there was none or it was of another kind.
std::string data_error(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.kind() == ErrorKind::data ? error.what() : "";
    }
    return {};
}

} // namespace

class TestCorpus : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    [[nodiscard]] fs::path path() const { return dir_.path().toStdString(); }

    /// A folder with one domain whose two files have these bytes.
    fs::path source(const std::string& train, const std::string& valid) {
        const fs::path folder = path() / "source";
        fs::remove_all(folder);
        fs::create_directories(folder);
        write_file_atomically(folder / "train.en.jsonl", train);
        write_file_atomically(folder / "valid.en.jsonl", valid);
        return folder;
    }
    std::string import_error(const std::string& train, const std::string& valid) {
        return data_error([&] { import_corpus(source(train, valid), "x"); });
    }

private Q_SLOTS:
    void init() { qputenv("XDG_CACHE_HOME", (path() / "cache").c_str()); }
    void cleanup() { fs::remove_all(path() / "cache"); }

    void importCountsAndHashes() {
        const std::string train =
            good + "\n\n" + R"({"id":"b","domain":"en","text":"\u00e9\ud83d\ude00","x":1})" + "\r\n";
        const std::string valid = R"({"id":"c","domain":"en","text":"é"})";
        const Corpus corpus = import_corpus(source(train, valid), "x");
        QCOMPARE(corpus.name, "x");
        QCOMPARE(corpus.folder, corpora_folder() / "x");
        QCOMPARE(corpus.domains(), std::vector<std::string>{"en"});
        QCOMPARE(corpus.files.size(), std::size_t{2});
        const CorpusFile& file = corpus.files.front();
        QCOMPARE(file.split, "train");
        QCOMPARE(file.articles, 2);
        QCOMPARE(file.characters, 4 + 2); // "One." and two characters of two and four bytes
        QCOMPARE(file.bytes, std::ssize(train));
        QCOMPARE(file.sha256, sha256_of(train));
        QCOMPARE(read_file(corpus.folder / "train.en.jsonl"), train);
        QCOMPARE(corpus.manifest["files"]["valid.en.jsonl"]["characters"].get<int>(), 1);
    }
    void articlesComeInOrder() {
        const std::string train = good + "\n" + R"({"id":"b","domain":"en","text":"Two\n\tlines"})" + "\n";
        const Corpus corpus = import_corpus(source(train, R"({"id":"c","domain":"en","text":"v"})"), "x");
        std::vector<std::string> seen;
        for_each_article(corpus, "train", "en",
                         [&](const Article& article) { seen.push_back(article.id + "=" + article.text); });
        QCOMPARE(seen, (std::vector<std::string>{"a=One.", "b=Two\n\tlines"}));
        QVERIFY(data_error([&] {
                    for_each_article(corpus, "train", "fr", [](const Article&) {});
                }).find("fr") != std::string::npos);
    }
    void faultNamesFileAndLine_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("fault");
        QTest::newRow("json") << QByteArray(R"({"id": "b", )") << QByteArray("JSON breaks");
        QTest::newRow("array") << QByteArray("[1]") << QByteArray("no JSON object");
        QTest::newRow("no id") << QByteArray(R"({"domain":"en","text":"t"})")
                               << QByteArray("\"id\" is missing");
        QTest::newRow("no text") << QByteArray(R"({"id":"b","domain":"en"})")
                                 << QByteArray("\"text\" is missing");
        QTest::newRow("number") << QByteArray(R"({"id":7,"domain":"en","text":"t"})")
                                << QByteArray("\"id\" is no string");
        QTest::newRow("empty") << QByteArray(R"({"id":"b","domain":"en","text":""})")
                               << QByteArray("\"text\" is empty");
        QTest::newRow("domain") << QByteArray(R"({"id":"b","domain":"fr","text":"t"})")
                                << QByteArray("the domain is \"fr\"");
        QTest::newRow("latin-1") << QByteArray("{\"id\":\"b\",\"domain\":\"en\",\"text\":\"\xe9\"}")
                                 << QByteArray("not UTF-8");
        QTest::newRow("overlong") << QByteArray("{\"id\":\"\xc0\xaf\"}") << QByteArray("byte 8 is not UTF-8");
        QTest::newRow("surrogate") << QByteArray(R"({"id":"\ud800","domain":"en","text":"t"})")
                                   << QByteArray("JSON breaks");
        QTest::newRow("twice") << QByteArray(good.c_str()) << QByteArray("the id \"a\" is in the file twice");
    }
    void faultNamesFileAndLine() {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, fault);
        const std::string error = import_error(good + "\n\n" + line.toStdString() + "\n", good);
        QVERIFY2(error.find(fault.toStdString()) != std::string::npos, error.c_str());
        QVERIFY2(error.find("train.en.jsonl, line 3: ") != std::string::npos, error.c_str());
        QVERIFY(!fs::exists(corpora_folder() / "x"));
    }
    void idInBothSplitsIsNamed() {
        const std::string error = import_error(good, R"({"id":"z","domain":"en","text":"t"})"
                                                     "\n" +
                                                         good);
        QVERIFY2(error.find("valid.en.jsonl, line 2: the id \"a\" is in the train split") !=
                     std::string::npos,
                 error.c_str());
    }
    void emptyFileIsAnError() {
        QVERIFY(import_error("\n", good).find("train.en.jsonl has no articles") != std::string::npos);
    }
    void missingSplitIsAnError() {
        const fs::path folder = source(good, good);
        fs::remove(folder / "valid.en.jsonl");
        QVERIFY(data_error([&] { import_corpus(folder, "x"); }).find("valid.en.jsonl") != std::string::npos);
        fs::remove(folder / "train.en.jsonl");
        QVERIFY(data_error([&] { import_corpus(folder, "x"); }).find("has no files") != std::string::npos);
        QVERIFY(data_error([&] { import_corpus(path() / "none", "x"); }).find("none") != std::string::npos);
    }
    void badNameIsAUsageError() {
        for (const char* name : {"", "../x", ".x", "a b"}) {
            try {
                import_corpus(source(good, good), name);
                QFAIL(name);
            } catch (const Error& error) {
                QCOMPARE(error.kind(), ErrorKind::usage);
            }
        }
    }
    void failedImportLeavesTheOldCorpus() {
        const Corpus old = test::import_tiny_corpus(path(), "x");
        QVERIFY(!import_error(good, "").empty());
        QCOMPARE(open_corpus("x").identity(), old.identity());
    }
    void corpusCanBeImportedOverItself() {
        const Corpus old = test::import_tiny_corpus(path(), "x");
        QCOMPARE(import_corpus(old.folder, "x").identity(), old.identity());
        QCOMPARE(import_corpus(old.folder, "y").identity(), old.identity());
        QCOMPARE(list_corpora().size(), std::size_t{2});
    }
    void manifestKeepsWhatTheSourceSays() {
        const fs::path folder = source(good, R"({"id":"c","domain":"en","text":"v"})");
        write_file_atomically(folder / "manifest.json",
                              R"({"licences": {"a": "GPL"}, "recipe": {"sha256": "0"},
            "files": {"train.en.jsonl": {"words": 1, "bytes": 5}}})");
        const Corpus corpus = import_corpus(folder, "x");
        QCOMPARE(corpus.manifest["licences"]["a"].get<std::string>(), "GPL");
        QCOMPARE(corpus.manifest["files"]["train.en.jsonl"]["words"].get<int>(), 1);
        QCOMPARE(corpus.manifest["files"]["train.en.jsonl"]["bytes"].get<std::size_t>(), good.size());
        QVERIFY(!corpus.manifest.contains("recipe"));
    }
    void identityIsThatOfTheBytes() {
        const Corpus a = test::import_tiny_corpus(path() / "1", "a");
        test::TinyCorpus other;
        other.seed = 2;
        const std::string first = a.identity();
        QCOMPARE(test::import_tiny_corpus(path() / "2", "b").identity(), first);
        QVERIFY(test::import_tiny_corpus(path() / "3", "b", other).identity() != first);
    }
    void damageIsNoticed() {
        const Corpus corpus = test::import_tiny_corpus(path(), "x");
        const fs::path file = corpus.folder / "train.en.jsonl";
        const std::string bytes = read_file(file);
        std::string changed = bytes; // a letter of a text: still valid JSON of the same size
        changed[changed.find("\"text\":\"") + 9] = 'Z';
        write_file_atomically(file, changed);
        const auto read_all = [&] {
            for_each_article(open_corpus("x"), "train", "en", [](const Article&) {});
        };
        QVERIFY(data_error(read_all).find("other bytes") != std::string::npos);
        write_file_atomically(file, bytes + "\n");
        QVERIFY(data_error(read_all).find("another size") != std::string::npos);
        QVERIFY(list_corpora().empty());
        fs::remove(file);
        QVERIFY(data_error(read_all).find("is missing") != std::string::npos);
        write_file_atomically(corpus.folder / "manifest.json", "{");
        QVERIFY(data_error(read_all).find("manifest.json is damaged") != std::string::npos);
    }
    void absentCorpusSaysHowToGetIt() {
        QVERIFY(data_error([] {
                    (void)open_corpus("debian-small");
                }).find("retortctl corpus build debian-small") != std::string::npos);
        QVERIFY(data_error([] { (void)open_corpus("mine"); }).find("retortctl corpus import") !=
                std::string::npos);
        QVERIFY(data_error([] { (void)open_corpus("../corpora"); }).find("There is no corpus") !=
                std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestCorpus)
#include "test_corpus.moc"
