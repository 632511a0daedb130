// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "data/characters.h"
#include "data/count_tokens.h"
#include "data/utf8.h"
#include "support/tiny_corpus.h"

#include <QTemporaryDir>
#include <QTest>
#include <numeric>

using namespace retort;
namespace fs = std::filesystem;

class TestCountTokens : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    std::optional<Corpus> corpus_;
    std::optional<Tokenizer> tokenizer_;

    /// Counted one article after the other.
    [[nodiscard]] DomainTokens counted(const std::string& domain) const {
        DomainTokens tokens{domain, 0, 0, 0, 0, std::vector<std::int64_t>(400)};
        for_each_article(*corpus_, "train", domain, [&](const Article& article) {
            ++tokens.articles;
            tokens.bytes += std::ssize(article.text);
            tokens.characters += count_characters(article.text);
            for (const std::int32_t id : tokenizer_->encode(article.text))
                ++tokens.counts[static_cast<std::size_t>(id)];
        });
        return tokens;
    }

private Q_SLOTS:
    void initTestCase() {
        const fs::path root = dir_.path().toStdString();
        corpus_ = test::import_tiny_corpus(root / "scratch", "tiny", {.train_kilobytes = 1200});
        DataSpec data;
        data.tokenizer.vocab = 400;
        train_tokenizer(*corpus_, data, root / "tokenizer", {});
        tokenizer_.emplace(root / "tokenizer");
    }
    void wordsAreBetweenWhiteSpace() {
        QCOMPARE(count_words(""), 0);
        QCOMPARE(count_words("  \n"), 0);
        QCOMPARE(count_words("one"), 1);
        QCOMPARE(count_words(" two\u3000words\u00A0\u2003"), 2);
        QCOMPARE(count_words("zero\u200Bwidth 東京"), 2); // U+200B is no white space
    }
    void charactersAreReadFromAnyLength() {
        for (const auto& [text, code] : std::vector<std::pair<const char*, char32_t>>{
                 {"a", U'a'}, {"é", U'é'}, {"▁", U'▁'}, {"😀", U'😀'}, {"\U0010FFFF", 0x10FFFF}}) {
            QCOMPARE(first_character(text).code, code);
            QCOMPARE(first_character(text).bytes, std::strlen(text));
        }
    }
    // 1200 kilobytes are several batches on several threads.
    void countsAreThoseOfEachArticle() {
        const TokenCounts counts = count_tokens(*corpus_, *tokenizer_, "tiny", {{"fr", "py"}, "train", 0});
        QCOMPARE(counts.tokenizer, "tiny");
        QCOMPARE(counts.domains.size(), std::size_t{2});
        for (const DomainTokens& tokens : counts.domains) {
            const DomainTokens expected = counted(tokens.domain);
            QCOMPARE(tokens.articles, expected.articles);
            QCOMPARE(tokens.bytes, expected.bytes);
            QCOMPARE(tokens.characters, expected.characters);
            QCOMPARE(tokens.counts, expected.counts);
            QVERIFY(tokens.words > 0 && tokens.words < tokens.characters);
        }
        QCOMPARE(counts.domains[1].domain, "py");
    }
    void piecesSayWhatTheyStandFor() {
        const auto pieces = pieces_of(*tokenizer_);
        QCOMPARE(pieces.size(), std::size_t{400});
        QCOMPARE(pieces[0].kind, PieceKind::unknown);
        QCOMPARE(pieces[1].kind, PieceKind::control);
        QCOMPARE(pieces[3].kind, PieceKind::byte);
        QCOMPARE(pieces[399].kind, PieceKind::text);
        QCOMPARE(pieces[399].characters, count_characters(pieces[399].text));
    }
    void countingEndsAfterTheBytesAskedFor() {
        const TokenCounts counts = count_tokens(*corpus_, *tokenizer_, "tiny", {{"en"}, "train", 50'000});
        QVERIFY(counts.domains[0].bytes >= 50'000 && counts.domains[0].bytes < 60'000);
    }
    void progressRisesToOneAndAStopEnds() {
        double last = 0;
        (void)count_tokens(*corpus_, *tokenizer_, "tiny", {{}, "valid", 0},
                           [&last](const std::string&, double done) {
                               QVERIFY(done >= last && done <= 1);
                               last = done;
                           });
        QVERIFY(last > 0.5);
        std::stop_source stop;
        stop.request_stop();
        try {
            (void)count_tokens(*corpus_, *tokenizer_, "tiny", {}, {}, stop.get_token());
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::interrupted);
        }
        QVERIFY_THROWS_EXCEPTION(Error, (void)count_tokens(*corpus_, *tokenizer_, "tiny", {{"xx"}}));
    }
};

QTEST_GUILESS_MAIN(TestCountTokens)
#include "test_count_tokens.moc"
