// SPDX-License-Identifier: GPL-3.0-or-later
// The reader of tokenizer.json, against a plain one in Python and against cases worked by hand.
#include "base/error.h"
#include "base/files.h"
#include "data/hugging_face/byte_level.h"
#include "data/tokenizer_import.h"
#include "data/utf8.h"
#include "tests/nn/python.h"

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace retort;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

using Ids = std::vector<std::int32_t>;

/// The paper's kind with letters a to e: "ab" and "▁ab" are entries, and so are bytes of "é".
json small_file() {
    return json::parse(R"({
        "added_tokens": [
            {"id": 0, "content": "<unk>", "normalized": false, "special": true},
            {"id": 1, "content": "<s>", "normalized": false, "special": true},
            {"id": 2, "content": "</s>", "normalized": false, "special": true}],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": "▁"},
            {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
        "pre_tokenizer": null,
        "decoder": {"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"},
            {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
        "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true,
            "vocab": {"<unk>": 0, "<s>": 1, "</s>": 2, "a": 3, "b": 4, "c": 5, "▁": 6, "ab": 7, "▁ab": 8, "bc": 9,
                      "<0xC3>": 10, "<0xA9>": 11, "c▁": 12},
            "merges": ["a b", "▁ ab", "b c", "c ▁"]}})");
}

} // namespace

class TestHuggingFace : public QObject {
    Q_OBJECT
    QTemporaryDir dir_;

    [[nodiscard]] fs::path path(const std::string& name) const {
        return fs::path(dir_.path().toStdString()) / name;
    }
    [[nodiscard]] Tokenizer open(const json& file, const std::string& bos = "", const std::string& eos = "") {
        write_file_atomically(path("small.json"), file.dump());
        TokenizerSpec spec;
        spec.kind = TokenizerKind::hugging_face_file;
        spec.path = path("small.json");
        spec.bos = bos;
        spec.eos = eos;
        return open_tokenizer(tokenizer_source(spec));
    }
    [[nodiscard]] std::string fault_of(const std::string& bytes) {
        write_file_atomically(path("small.json"), bytes);
        try {
            (void)open_tokenizer({TokenizerKind::hugging_face_file, path("small.json"), {}});
        } catch (const Error& error) {
            return error.kind() == ErrorKind::data ? error.what() : "";
        }
        return "none";
    }
    [[nodiscard]] std::string fault_of(const char* patch) {
        json file = small_file();
        file.merge_patch(json::parse(patch));
        return fault_of(file.dump());
    }

private Q_SLOTS:
    void linesHaveTheIdsOfThePlainReader_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("count");
        QTest::addRow("merges across words, unknown characters") << "paper" << 10'000;
        QTest::addRow("merges across words, bytes") << "bytes" << 2000;
        QTest::addRow("as GPT-2") << "gpt2" << 2000;
    }
    void linesHaveTheIdsOfThePlainReader() {
        QFETCH(QString, kind);
        QFETCH(int, count);
        const QString script = RETORT_SOURCE_DIR "/tests/reference/tokenizer_json_reference.py",
                      file = dir_.filePath(kind + ".json");
        const auto made = test::run_python({script, "make", kind, file});
        QVERIFY2(made.status == 0, qPrintable(made.output));
        const auto judge = test::run_python({script, "judge", file, QString::number(count)});
        QVERIFY2(judge.status == 0, qPrintable(judge.output));
        const json judged = json::parse(judge.output.toStdString());
        QVERIFY(std::ssize(judged["lines"]) >= count);
        TokenizerSpec spec;
        spec.kind = TokenizerKind::hugging_face_file;
        spec.path = file.toStdString();
        const Tokenizer tokenizer = open_tokenizer(tokenizer_source(spec));
        for (std::size_t i = 0; i < judged["lines"].size(); ++i) {
            const auto line = judged["lines"][i].get<std::string>();
            const Ids ids = tokenizer.encode(line);
            QVERIFY2(ids == judged["ids"][i].get<Ids>(), line.c_str());
            QCOMPARE(tokenizer.decode(ids), judged["texts"][i].get<std::string>());
            QCOMPARE(tokenizer.encode(line), ids); // what is remembered now
        }
    }
    void mergesGoByRankAndCrossWords() {
        const Tokenizer tokenizer = open(small_file());
        QCOMPARE(tokenizer.encode("ab"), Ids({8}));
        QCOMPARE(tokenizer.encode("abc"), Ids({8, 5})); // "a b" before "b c"
        QCOMPARE(tokenizer.encode("bc"), Ids({6, 9}));
        QCOMPARE(tokenizer.encode("c b"), Ids({6, 12, 4})); // "c▁" crosses the space
        QCOMPARE(tokenizer.encode(""), Ids());
        QCOMPARE(tokenizer.decode({8, 5, 12, 4}), "abcc b");
    }
    void unknownCharactersAreBytesOrOneUnknown() {
        const Tokenizer tokenizer = open(small_file());
        QCOMPARE(tokenizer.encode("aé"), Ids({6, 3, 10, 11}));
        QCOMPARE(tokenizer.encode("axyb"), Ids({6, 3, 0, 4}));     // fused
        QCOMPARE(tokenizer.encode("xéa"), Ids({6, 10, 11, 0, 3})); // in the library's order
        QCOMPARE(tokenizer.kind(0), PieceKind::unknown);
        QCOMPARE(tokenizer.kind(10), PieceKind::byte);
        QCOMPARE(tokenizer.bytes(10), "\xC3");
        QCOMPARE(tokenizer.bytes(8), " ab");
        QCOMPARE(tokenizer.piece(8), "▁ab");
        QCOMPARE(tokenizer.decode({10, 3}), "\uFFFDa");
        json file = small_file();
        file["model"]["fuse_unk"] = false;
        QCOMPARE(open(file).encode("axyb"), Ids({6, 3, 0, 0, 4}));
    }
    void specialTokensAreTextUnlessAskedFor() {
        const Tokenizer tokenizer = open(small_file());
        QCOMPARE(tokenizer.bos(), 1);
        QCOMPARE(tokenizer.eos(), 2);
        const Ids as_text = tokenizer.encode("a</s>");
        QVERIFY(std::ranges::count(as_text, 2) == 0);
        // Text after a token is normalised by itself.
        QCOMPARE(tokenizer.encode("ab</s>ab", SpecialText::token), Ids({8, 2, 8}));
        QCOMPARE(tokenizer.decode({1, 8, 2}), "ab");
        QCOMPARE(tokenizer.bytes(2), "");
    }
    void addedTokensTakeSpacesAsTheySay() {
        json file = small_file();
        file["added_tokens"].push_back({{"id", 13},
                                        {"content", "[X]"},
                                        {"lstrip", true},
                                        {"rstrip", true},
                                        {"normalized", false},
                                        {"special", false}});
        file["added_tokens"].push_back(
            {{"id", 14}, {"content", "[XY]"}, {"normalized", false}, {"special", false}});
        file["added_tokens"].push_back({{"id", 15}, {"content", "cc"}, {"normalized", true}});
        const Tokenizer tokenizer = open(file);
        QCOMPARE(tokenizer.vocab(), 16);
        QCOMPARE(tokenizer.encode("ab  [X]\u3000ab"), Ids({8, 13, 8}));
        QCOMPARE(tokenizer.encode("[XY][X]"), Ids({14, 13}));
        // A normalised token is looked for as it is normalised: "▁cc".
        QCOMPARE(tokenizer.encode("cc"), Ids({15}));
        QCOMPARE(tokenizer.encode("acc"), Ids({6, 3, 5, 5}));
    }
    void whatEndsATextIsSaidSomewhere() {
        json file = small_file();
        QCOMPARE(open(file, "<unk>", "<s>").eos(), 1);
        QVERIFY_THROWS_EXCEPTION(Error, (void)open(file, "", "<end>"));
        write_file_atomically(path("tokenizer_config.json"),
                              R"({"bos_token": null, "eos_token": {"content": "<s>"}})");
        const Tokenizer configured = open(file);
        QCOMPARE(configured.eos(), 1);
        fs::remove(path("tokenizer_config.json"));
        file["added_tokens"] = json::array();
        file["model"]["vocab"].erase("</s>");
        const std::string fault = fault_of(file.dump());
        QVERIFY2(fault.find("ends a text") != fault.npos, fault.c_str());
    }
    void importedFolderIsTheSameTokenizer() {
        write_file_atomically(path("small.json"), small_file().dump());
        TokenizerSpec spec;
        spec.kind = TokenizerKind::hugging_face_file;
        spec.path = path("small.json");
        spec.eos = "<unk>";
        import_tokenizer(tokenizer_source(spec), path("imported"));
        const Tokenizer tokenizer(path("imported"));
        QCOMPARE(tokenizer.eos(), 0);
        QCOMPARE(tokenizer.bos(), 1);
        QCOMPARE(tokenizer.encode("c b"), Ids({6, 12, 4}));
    }
    void malformedFilesAreOneSentence_data() {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QString>("part");
        QTest::addRow("wordpiece") << R"({"model": {"type": "WordPiece"}})"
                                   << "WordPiece";
        QTest::addRow("no model") << R"({"model": null})"
                                  << "model";
        QTest::addRow("no vocabulary") << R"({"model": {"vocab": null}})"
                                       << "vocab";
        QTest::addRow("id") << R"({"model": {"vocab": {"a": "x"}}})"
                            << "\"a\"";
        QTest::addRow("negative id") << R"({"model": {"vocab": {"a": -1}}})"
                                     << "-1";
        QTest::addRow("huge id") << R"({"model": {"vocab": {"a": 99999999999}}})"
                                 << "99999999999";
        QTest::addRow("one id twice") << R"({"model": {"vocab": {"a": 4}}})"
                                      << "both";
        QTest::addRow("merge of three") << R"({"model": {"merges": ["a b c"]}})"
                                        << "merge 1";
        QTest::addRow("merge of numbers") << R"({"model": {"merges": [[1, 2]]}})"
                                          << "merge 1";
        QTest::addRow("merge of strangers") << R"({"model": {"merges": ["a c"]}})"
                                            << "\"ac\"";
        QTest::addRow("merges") << R"({"model": {"merges": 3}})"
                                << "merges";
        QTest::addRow("dropout") << R"({"model": {"dropout": 0.1}})"
                                 << "at random";
        QTest::addRow("suffix") << R"({"model": {"end_of_word_suffix": "</w>"}})"
                                << "end_of_word_suffix";
        QTest::addRow("flag") << R"({"model": {"byte_fallback": 1}})"
                              << "byte_fallback";
        QTest::addRow("normalizer") << R"({"normalizer": {"type": "NFKC", "normalizers": null}})"
                                    << "NFKC";
        QTest::addRow("normalizer without type") << R"({"normalizer": {"type": null}})"
                                                 << "type";
        QTest::addRow("pre-tokenizer") << R"({"pre_tokenizer": {"type": "Whitespace"}})"
                                       << "Whitespace";
        QTest::addRow("decoder") << R"({"decoder": {"type": "CTC", "decoders": null}})"
                                 << "CTC";
        QTest::addRow("expression")
            << R"({"normalizer": {"type": "Replace", "pattern": {"Regex": "x"}, "content": ""}})"
            << "regular expression";
        QTest::addRow("added") << R"({"added_tokens": [{"id": 7, "content": "new"}]})"
                               << "\"new\"";
        QTest::addRow("added otherwise") << R"({"added_tokens": [{"id": 70, "content": "a"}]})"
                                         << "another id";
        QTest::addRow("whole word")
            << R"({"added_tokens": [{"id": 13, "content": "x", "single_word": true}]})"
            << "whole word";
    }
    void malformedFilesAreOneSentence() {
        QFETCH(QString, patch);
        QFETCH(QString, part);
        const std::string fault = fault_of(patch.toStdString().c_str());
        QVERIFY2(fault.find(part.toStdString()) != fault.npos, fault.c_str());
        QVERIFY2(fault.find("small.json") != fault.npos && fault.ends_with("."), fault.c_str());
    }
    void brokenJsonIsOneSentence() {
        const std::string whole = small_file().dump();
        for (const std::string& bytes :
             {std::string(), std::string("[]"), std::string("null"), whole.substr(0, whole.size() / 2),
              std::string("{\"model\": \"\xFF\"}")})
            QVERIFY(fault_of(bytes).find("small.json") != std::string::npos);
        for (std::size_t cut = 0; cut < whole.size(); cut += 37) // no crash, whatever is cut
            QVERIFY(!fault_of(whole.substr(0, cut)).empty());
    }
    void bytesAreLetters() {
        std::string all;
        for (int byte = 0; byte < 256; ++byte)
            all += static_cast<char>(byte);
        QCOMPARE(hugging_face::bytes_of_letters(hugging_face::letters_of_bytes(all)), all);
        QCOMPARE(hugging_face::letters_of_bytes(" \n"), "ĠĊ");
        QVERIFY(!hugging_face::bytes_of_letters("日"));
        QCOMPARE(replace_broken_utf8("a\xE2\x96z\xF0\x9F\x98\xE9"), "a\uFFFDz\uFFFD\uFFFD");
    }
    void wordsAreThoseOfGpt2() {
        QCOMPARE(
            hugging_face::gpt2_words("I'm 12 don't  x=\"'s\n\n"),
            (std::vector<std::string_view>{"I", "'m", " 12", " don", "'t", " ", " x", "=\"'", "s", "\n\n"}));
        QVERIFY(hugging_face::gpt2_words("").empty());
    }
};

QTEST_GUILESS_MAIN(TestHuggingFace)
#include "test_hugging_face.moc"
