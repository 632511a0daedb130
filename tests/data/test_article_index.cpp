// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/article_index.h"

#include "base/error.h"
#include "support/tiny_corpus.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace retort;
namespace fs = std::filesystem;

class TestArticleIndex : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    [[nodiscard]] fs::path path() const { return dir_.path().toStdString(); }

private Q_SLOTS:
    void hasWhatStreamingHas() {
        const Corpus corpus = test::import_tiny_corpus(path());
        for (const CorpusFile& file : corpus.files) {
            const ArticleIndex index(corpus, file.split, file.domain);
            QCOMPARE(index.size(), file.articles);
            std::int64_t place = 0;
            for_each_article(corpus, file.split, file.domain, [&](const Article& article) {
                QCOMPARE(index.at(place).id, article.id);
                QCOMPARE(index.at(place).text, article.text);
                ++place;
            });
            QCOMPARE(place, index.size());
        }
    }
    void passesOverBlankLinesAndNamesTheLineOfAFault() {
        const fs::path folder = path() / "source";
        fs::create_directories(folder);
        const std::string good = R"({"id": "a", "domain": "en", "text": "One."})";
        std::ofstream(folder / "train.en.jsonl") << "\n \r\n" << good << "\n\n";
        std::ofstream(folder / "valid.en.jsonl") << R"({"id": "b", "domain": "en", "text": "Two."})";
        Corpus corpus = import_corpus(folder, "lines");
        QCOMPARE(ArticleIndex(corpus, "train", "en").size(), std::int64_t{1});
        QCOMPARE(ArticleIndex(corpus, "train", "en").at(0).text, "One.");
        QCOMPARE(ArticleIndex(corpus, "valid", "en").at(0).id, "b"); // no line end behind it
        std::ofstream(corpus.folder / "train.en.jsonl") << good << "\n\nnothing\n";
        const ArticleIndex damaged(corpus, "train", "en");
        QCOMPARE(damaged.at(0).id, "a"); // what is whole can be read
        try {
            (void)damaged.at(1);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY(std::string(error.what()).find("line 3") != std::string::npos);
        }
    }
    void aFileThatIsNotThereIsNamed() {
        const Corpus corpus = test::import_tiny_corpus(path());
        QVERIFY_THROWS_EXCEPTION(Error, ArticleIndex(corpus, "train", "es"));
        QVERIFY_THROWS_EXCEPTION(Error, ArticleIndex(corpus, "test", "en"));
    }
};

QTEST_APPLESS_MAIN(TestArticleIndex)
#include "test_article_index.moc"
