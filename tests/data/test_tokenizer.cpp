// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/files.h"
#include "base/philox.h"
#include "data/tokenizer.h"
#include "support/tiny_corpus.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace retort;
namespace fs = std::filesystem;

namespace {

/// A valid text of `length` characters, with the awkward ones often.
std::string random_text(std::uint64_t seed, std::uint64_t length) {
    const std::vector<std::string> awkward = {" ",
                                              "  ",
                                              "\t",
                                              "\n",
                                              "\r\n",
                                              "\u2581",
                                              "\u2585",
                                              "\uFEFF",
                                              "\u00A0",
                                              "é",
                                              "e\u0301",
                                              "ß",
                                              "😀",
                                              "\u200B",
                                              "\uFFFD",
                                              "<s>",
                                              "</s>",
                                              "<unk>",
                                              "<0x0A>",
                                              "def f(x):\n    return 12",
                                              "\u3000",
                                              "Ａ",
                                              std::string(1, '\0')};
    const RandomStream random(seed, "text");
    std::string text;
    for (std::uint64_t i = 0; i < length; ++i) {
        const std::uint64_t kind = random.below(3, 0, i);
        if (kind == 0)
            text += awkward[random.below(awkward.size(), 1, i)];
        else if (kind == 1)
            text += static_cast<char>('a' + random.below(26, 2, i));
        else
            text +=
                QString::fromUcs4(
                    std::array{static_cast<char32_t>(0xE000 - random.below(0xD000, 3, i) - 0x800 - 1)}.data(),
                    1)
                    .toStdString();
    }
    return text;
}

} // namespace

class TestTokenizer : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    std::optional<Corpus> corpus_;
    [[nodiscard]] fs::path path(const char* name) const { return fs::path(dir_.path().toStdString()) / name; }
    fs::path train(const char* name, std::int64_t vocab) {
        DataSpec data;
        data.tokenizer.vocab = vocab;
        train_tokenizer(*corpus_, data, path(name), {});
        return path(name);
    }
    static double compression(const Corpus& corpus, const Tokenizer& tokenizer, const std::string& domain) {
        std::size_t bytes = 0, tokens = 0;
        for_each_article(corpus, "valid", domain, [&](const Article& article) {
            bytes += article.text.size();
            tokens += tokenizer.encode(article.text).size();
        });
        return static_cast<double>(bytes) / static_cast<double>(tokens);
    }
    std::string training_error(std::int64_t vocab) {
        try {
            train("failed", vocab);
        } catch (const Error& error) {
            return error.kind() == ErrorKind::data ? error.what() : "";
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase() {
        corpus_ = test::import_tiny_corpus(path("scratch"));
        train("tokenizer", 400);
    }
    void specialIdsAreFixed() {
        const Tokenizer tokenizer(path("tokenizer"));
        QCOMPARE(tokenizer.vocab(), 400);
        QCOMPARE(tokenizer.piece(0), "<unk>");
        QCOMPARE(tokenizer.piece(tokenizer.bos()), "<s>");
        QCOMPARE(tokenizer.piece(tokenizer.eos()), "</s>");
        for (const std::int32_t id : {0, tokenizer.bos(), tokenizer.eos()})
            QCOMPARE(tokenizer.piece_bytes(id), 0);
    }
    void textSurvivesTheRoundTrip() {
        const Tokenizer tokenizer(path("tokenizer"));
        for (const char* text :
             {"", " ", "   leading", "trailing  ", "\n", "a\r\nb\r\n", "\tx\t\ty", "▁", "a▁ b", " ▁", "😀é"})
            QCOMPARE(tokenizer.decode(tokenizer.encode(text)), std::string(text));
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            const std::string text = random_text(seed, 1 + seed % 60);
            QCOMPARE(tokenizer.decode(tokenizer.encode(text)), text);
        }
    }
    void piecesHaveTheBytesOfTheText() {
        const Tokenizer tokenizer(path("tokenizer"));
        for (std::uint64_t seed = 0; seed < 100; ++seed) {
            const std::string text = random_text(seed, 40);
            std::int64_t bytes = 0;
            for (const std::int32_t id : tokenizer.encode(text)) {
                QVERIFY(id > tokenizer.eos() && id < tokenizer.vocab());
                bytes += tokenizer.piece_bytes(id);
            }
            QCOMPARE(bytes, std::ssize(text));
        }
    }
    void newlineTabAndDigitsAreOneTokenEach() {
        const Tokenizer tokenizer(path("tokenizer"));
        QCOMPARE(tokenizer.encode("\n").size(), std::size_t{1});
        QCOMPARE(tokenizer.encode("\t").size(), std::size_t{1});
        QCOMPARE(tokenizer.encode("1234").size(), std::size_t{4});
    }
    void brokenSequencesBecomeReplacementCharacters() {
        const Tokenizer tokenizer(path("tokenizer"));
        std::vector<std::int32_t> ids = tokenizer.encode("😀");
        ids.pop_back();
        QCOMPARE(tokenizer.decode(ids), "\uFFFD\uFFFD\uFFFD");
        QCOMPARE(tokenizer.decode({tokenizer.bos(), tokenizer.eos()}), "");
    }
    void trainingIsDeterministic() {
        QCOMPARE(read_file(train("again", 400) / "tokenizer.model"),
                 read_file(path("tokenizer") / "tokenizer.model"));
    }
    // One domain has ten times the text: by its weight its words alone would be learnt.
    void everyDomainHasItsShare() {
        test::write_tiny_corpus(path("skewed"));
        test::write_tiny_corpus(path("skewed"), {.domains = {"en"}, .train_kilobytes = 240});
        DataSpec data;
        data.tokenizer.vocab = 330;
        const Corpus skewed = import_corpus(path("skewed"), "skewed");
        train_tokenizer(skewed, data, path("fair"), {});
        std::vector<double> bytes_per_token;
        for (const std::string& domain : data.domains)
            bytes_per_token.push_back(compression(skewed, Tokenizer(path("fair")), domain));
        QVERIFY2(std::ranges::max(bytes_per_token) < 1.4 * std::ranges::min(bytes_per_token),
                 qPrintable(
                     QString::number(std::ranges::max(bytes_per_token) / std::ranges::min(bytes_per_token))));
    }
    void impossibleVocabularyNamesThePossibleOne() {
        const std::string large = training_error(50000);
        const auto most =
            QString::fromStdString(large).section("at most ", 1).section(',', 0, 0).toLongLong();
        QVERIFY2(most > 400, large.c_str());
        QCOMPARE(Tokenizer(train("largest", most)).vocab(), most);
        QVERIFY(!training_error(most + 1).empty());

        const std::string small = training_error(10);
        QVERIFY2(small.find("at least 260") != std::string::npos, small.c_str());
        const std::string tight = training_error(261);
        const auto least =
            QString::fromStdString(tight).section("at least ", 1).section('.', 0, 0).toLongLong();
        QCOMPARE(Tokenizer(train("smallest", least)).vocab(), least);
    }
    void foreignFileIsADataError() {
        fs::create_directories(path("foreign"));
        for (const char* bytes : {"", "no model", "\x0a\x03zzz"}) {
            write_file_atomically(path("foreign") / "tokenizer.model", bytes);
            try {
                Tokenizer tokenizer(path("foreign"));
                QFAIL("no error");
            } catch (const Error& error) {
                QCOMPARE(error.kind(), ErrorKind::data);
                QVERIFY(std::string(error.what()).find("tokenizer.model") != std::string::npos);
            }
        }
    }
    // The judge is SentencePiece's own Python module with the same model file.
    void idsAreThoseOfSentencePiece() {
        QProcess python;
        const QString program =
            "import json, sys, sentencepiece\n"
            "m = sentencepiece.SentencePieceProcessor(model_file=sys.argv[1])\n"
            "texts = json.load(sys.stdin)\n"
            "json.dump([[m.encode(t), m.decode(m.encode(t))] for t in texts], sys.stdout)\n";
        const Tokenizer tokenizer(path("tokenizer"));
        QJsonArray texts;
        for (const char* domain : {"en", "py"})
            for_each_article(*corpus_, "valid", domain, [&](const Article& article) {
                texts.append(QString::fromStdString(article.text));
            });
        for (const char* file : {"LICENSE", "experiments/corpora/corpus_text.py"})
            texts.append(QString::fromStdString(read_file(fs::path(RETORT_SOURCE_DIR) / file)));
        for (const char* text :
             {"  The naïve café costs 120 €.", "def f(x):\r\n\treturn x[1:]\n", "Größe: 7 µm", "😀 ok"})
            texts.append(QString::fromUtf8(text));
        python.start("/usr/bin/python3",
                     {"-c", program, QString::fromStdString(path("tokenizer") / "tokenizer.model")});
        python.write(QJsonDocument(texts).toJson());
        python.closeWriteChannel();
        if (!python.waitForFinished(60000) || python.exitCode() != 0)
            QSKIP("python3-sentencepiece is not installed");
        const QJsonArray judged = QJsonDocument::fromJson(python.readAllStandardOutput()).array();
        QCOMPARE(judged.size(), texts.size());
        for (qsizetype i = 0; i < texts.size(); ++i) {
            const std::string text = texts[i].toString().toStdString();
            std::vector<std::int32_t> expected;
            for (const auto& id : judged[i].toArray()[0].toArray())
                expected.push_back(id.toInt());
            QCOMPARE(tokenizer.encode(text), expected);
            QCOMPARE(tokenizer.decode(expected), judged[i].toArray()[1].toString().toStdString());
        }
    }
};

QTEST_GUILESS_MAIN(TestTokenizer)
#include "test_tokenizer.moc"
