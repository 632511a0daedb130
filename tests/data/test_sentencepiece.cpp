// SPDX-License-Identifier: GPL-3.0-or-later
// Tokenizers that SentencePiece trains and reads, against its own Python module.
#include "base/error.h"
#include "base/files.h"
#include "data/tokenizer_import.h"
#include "support/tiny_corpus.h"
#include "tests/nn/python.h"

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace retort;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

using Ids = std::vector<std::int32_t>;

const QString script = QStringLiteral(RETORT_SOURCE_DIR "/tests/reference/sentencepiece_reference.py");

TokenizerSpec file_spec(const fs::path& file) {
    TokenizerSpec spec;
    spec.kind = TokenizerKind::sentencepiece_file;
    spec.path = file;
    return spec;
}

/// Lines of many scripts and of Python code, as a corpus of two domains.
Corpus corpus_of(const json& lines, const fs::path& folder) {
    fs::create_directories(folder);
    std::map<std::string, std::string> files;
    std::size_t number = 0;
    for (const json& line : lines) {
        const std::string domain = number < lines.size() * 7 / 10 ? "py" : "mixed";
        const std::string split = number % 10 == 0 ? "valid" : "train";
        files[split + "." + domain + ".jsonl"] +=
            json{{"id", std::to_string(number++)}, {"domain", domain}, {"text", line}}.dump() + "\n";
    }
    for (const auto& [name, text] : files)
        write_file_atomically(folder / name, text);
    return import_corpus(folder, "lines");
}

} // namespace

class TestSentencePiece : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;
    std::optional<Corpus> corpus_;

    [[nodiscard]] fs::path path(const std::string& name) const {
        return fs::path(dir_.path().toStdString()) / name;
    }
    [[nodiscard]] json judged(const fs::path& model, int count) const {
        const auto judge = test::run_python(
            {script, QStringLiteral("judge"), QString::fromStdString(model), QString::number(count)});
        if (judge.status != 0) qFatal("%s", qPrintable(judge.output));
        return json::parse(judge.output.toStdString());
    }
    [[nodiscard]] Tokenizer train(const TokenizerSpec& spec, const std::string& name) const {
        DataSpec data;
        data.domains = {"mixed", "py"};
        data.tokenizer = spec;
        train_tokenizer(*corpus_, data, path(name), {});
        return Tokenizer(path(name));
    }
    static TokenizerSpec sized(std::int64_t vocab) {
        TokenizerSpec spec;
        spec.vocab = vocab;
        return spec;
    }

private Q_SLOTS:
    void initTestCase() {
        if (!test::python_has(QStringLiteral("sentencepiece")))
            QSKIP("python3-sentencepiece, the judge, is not installed");
        const QString model = QString::fromStdString(path("first.model"));
        const auto made = test::run_python({script, "train", "nfkc", model});
        QVERIFY2(made.status == 0, qPrintable(made.output));
        qputenv("XDG_CACHE_HOME", dir_.filePath("cache").toUtf8());
        corpus_ = corpus_of(judged(path("first.model"), 10'000)["lines"], path("source"));
    }
    void ownTokenizersHaveTheIdsOfTheLibrary_data() {
        QTest::addColumn<bool>("unigram");
        QTest::addColumn<bool>("crosses_words");
        QTest::addColumn<bool>("has_bytes");
        QTest::addRow("bpe") << false << false << true;
        QTest::addRow("bpe across words") << false << true << true;
        QTest::addRow("bpe without bytes") << false << true << false;
        QTest::addRow("unigram") << true << false << true;
    }
    void ownTokenizersHaveTheIdsOfTheLibrary() {
        QFETCH(bool, unigram);
        QFETCH(bool, crosses_words);
        QFETCH(bool, has_bytes);
        TokenizerSpec spec = sized(1200);
        if (unigram) spec.kind = TokenizerKind::sentencepiece_unigram;
        spec.split_whitespace = !crosses_words;
        spec.byte_fallback = has_bytes;
        if (!has_bytes) spec.coverage = 0.99;
        const std::string name = QTest::currentDataTag();
        const Tokenizer tokenizer = train(spec, name);
        const std::size_t lines = crosses_words || unigram ? 2000 : 10'000;
        const json judge = judged(path(name) / "tokenizer.model", static_cast<int>(lines));
        QCOMPARE(judge["lines"].size(), lines);
        for (std::size_t i = 0; i < judge["lines"].size(); ++i) {
            const auto line = judge["lines"][i].get<std::string>();
            QVERIFY2(tokenizer.encode(line) == judge["ids"][i].get<Ids>(), line.c_str());
            if (has_bytes) QCOMPARE(tokenizer.decode(tokenizer.encode(line)), line);
        }
    }
    void importedModelsDoWhatTheLibraryDoes_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"nfkc", "t5", "symbols"})
            QTest::addRow("%s", kind) << kind;
    }
    void importedModelsDoWhatTheLibraryDoes() {
        QFETCH(QString, kind);
        const fs::path file = path(kind.toStdString() + ".model");
        const auto made = test::run_python({script, "train", kind, QString::fromStdString(file)});
        QVERIFY2(made.status == 0, qPrintable(made.output));
        import_tokenizer(tokenizer_source(file_spec(file)), path("imported " + kind.toStdString()));
        const Tokenizer tokenizer(path("imported " + kind.toStdString()));
        QCOMPARE(tokenizer.eos(), kind == "t5" ? 1 : 2);
        QCOMPARE(tokenizer.bos(), 1); // T5 has none, so that its end is its beginning
        const json judge = judged(file, 2000);
        for (std::size_t i = 0; i < judge["lines"].size(); ++i) {
            const auto ids = judge["ids"][i].get<Ids>();
            QCOMPARE(tokenizer.encode(judge["lines"][i].get<std::string>()), ids);
            QCOMPARE(tokenizer.decode(ids), judge["texts"][i].get<std::string>());
        }
    }
    void optionsDoWhatTheySay() {
        const auto has_piece = [](const Tokenizer& tokenizer, const auto& is_so) {
            for (std::int32_t id = 3; id < tokenizer.vocab(); ++id)
                if (tokenizer.kind(id) == PieceKind::text && is_so(tokenizer.bytes(id))) return true;
            return false;
        };
        const auto crosses = [](std::string_view text) {
            const std::size_t word = text.find_first_not_of(' ');
            return word != text.npos && text.find(' ', word) != text.npos;
        };
        const auto is_spaces = [](std::string_view text) {
            return text.size() > 1 && text.find_first_not_of(' ') == text.npos;
        };
        const auto is_number = [](std::string_view text) {
            return text.size() > 1 && text.find_first_not_of("0123456789") == text.npos;
        };
        TokenizerSpec spec = sized(2500);
        const Tokenizer usual = train(spec, "usual");
        QVERIFY(!has_piece(usual, crosses) && has_piece(usual, is_spaces) && !has_piece(usual, is_number));
        spec.split_whitespace = spec.whitespace_pieces = spec.split_digits = false;
        const Tokenizer other = train(spec, "other");
        QVERIFY(has_piece(other, crosses) && has_piece(other, is_number));
    }
    void withoutBytesLinesAndTabsAreStillTokens() {
        TokenizerSpec spec = sized(600);
        spec.byte_fallback = false;
        spec.coverage = 0.98;
        const Tokenizer tokenizer = train(spec, "without bytes");
        QCOMPARE(tokenizer.decode(tokenizer.encode("def a\n\treturn")), "def a\n\treturn");
        const Ids unknown = tokenizer.encode("\U0001F980\U0001F980");
        QCOMPARE(unknown, Ids({0}));
    }
    void aModelThatSaysNoEndNeedsOne() {
        const fs::path file = path("t5.model");
        const auto made = test::run_python({script, "train", "t5", QString::fromStdString(file)});
        QVERIFY2(made.status == 0, qPrintable(made.output));
        TokenizerSpec spec = file_spec(file);
        spec.bos = "<pad>";
        QCOMPARE(open_tokenizer(tokenizer_source(spec)).bos(), 0);
        spec.eos = "<end>";
        QVERIFY_THROWS_EXCEPTION(Error, (void)open_tokenizer(tokenizer_source(spec)));
    }
};

QTEST_GUILESS_MAIN(TestSentencePiece)
#include "test_sentencepiece.moc"
