// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl.h"

#include <QTest>

using namespace retort;
using nlohmann::json;

namespace {

/// Of the paper's kind: bytes, letters, and a few merges that cross words.
json tokenizer_file() {
    json vocab = {{"<unk>", 0}, {"<s>", 1}, {"</s>", 2}};
    const auto add = [&vocab](const std::string& piece) { vocab[piece] = vocab.size(); };
    for (int byte = 0; byte < 256; ++byte)
        add(QString::asprintf("<0x%02X>", static_cast<unsigned>(byte)).toStdString());
    json merges = json::array();
    add("▁");
    for (char letter = 'a'; letter <= 'z'; ++letter)
        add(std::string(1, letter));
    for (const char vowel : std::string("aeiouy"))
        for (const char consonant : std::string("bcdfglmnprst")) {
            add(std::string{consonant, vowel});
            merges.push_back(std::string{consonant, ' ', vowel});
        }
    for (const char vowel : std::string("aeiouy")) {
        add(vowel + std::string("▁"));
        merges.push_back(vowel + std::string(" ▁"));
    }
    json special = json::array();
    for (int id = 0; id < 3; ++id)
        special.push_back({{"id", id},
                           {"content", std::vector{"<unk>", "<s>", "</s>"}[std::size_t(id)]},
                           {"special", true},
                           {"normalized", false}});
    return {{"added_tokens", special},
            {"normalizer", {{"type", "Replace"}, {"pattern", {{"String", " "}}}, {"content", "▁"}}},
            {"pre_tokenizer", nullptr},
            {"decoder",
             {{"type", "Sequence"},
              {"decoders",
               {{{"type", "Replace"}, {"pattern", {{"String", "▁"}}}, {"content", " "}},
                {{"type", "ByteFallback"}},
                {{"type", "Fuse"}}}}}},
            {"model",
             {{"type", "BPE"},
              {"unk_token", "<unk>"},
              {"byte_fallback", true},
              {"vocab", vocab},
              {"merges", merges}}}};
}

} // namespace

class TestTokenizerCommands : public QObject {
    Q_OBJECT
    test::Ctl ctl_;
    QString file_;
    std::size_t entries_ = 0;

    [[nodiscard]] test::CtlResult run(QStringList arguments) const {
        return ctl_(ctl_.in_workspace(std::move(arguments)));
    }

private Q_SLOTS:
    void initTestCase() {
        const json file = tokenizer_file();
        entries_ = file["model"]["vocab"].size();
        file_ = ctl_.write(QStringLiteral("tokenizer.json"), QByteArray::fromStdString(file.dump()));
    }
    void filesAreImportedAndListed() {
        const auto made = run({"tokenizer", "import", file_});
        QVERIFY2(made.status == 0, made.error.constData());
        QCOMPARE(run({"tokenizer", "import", file_}).out, made.out);
        const json all = json::parse(run({"tokenizer", "list", "--json"}).out.toStdString());
        QCOMPARE(all.size(), std::size_t{1});
        QCOMPARE(all[0]["entries"].get<std::size_t>(), entries_);
        QCOMPARE(all[0]["eos"].get<std::string>(), "</s>");
        const QString id = QString::fromUtf8(made.out).section(' ', 0, 0);
        const QString text = QStringLiteral("ba  ñé\n</s>");
        const auto ids = run({"tokenizer", "encode", id, "--text", text});
        QCOMPARE(
            QString::fromUtf8(run({"tokenizer", "decode", id, "--text", QString::fromUtf8(ids.out)}).out),
            text + "\n");
        QCOMPARE(run({"tokenizer", "encode", file_, "--text", text}).out, ids.out);
        QCOMPARE(run({"tokenizer", "encode", file_, "--special", "--text", "</s>"}).out, QByteArray("2 \n"));
    }
    void whatIsNoTokenizerIsAnError() {
        const QString broken = ctl_.write(QStringLiteral("broken.json"), "{\"model\": 3}");
        QCOMPARE(run({"tokenizer", "import", broken}).status, 3);
        QCOMPARE(run({"tokenizer", "import", ctl_.path("none.json")}).status, 3);
        QCOMPARE(run({"tokenizer", "import", ctl_.write(QStringLiteral("text.txt"), "a")}).status, 2);
        QCOMPARE(run({"tokenizer", "import", file_, "--eos", "<end>"}).status, 3);
    }
    void kindsAreTrainedAndCompared() {
        QStringList compared = {"tokenizer", "compare", file_};
        for (const QStringList& options :
             std::vector<QStringList>{{"--kind", "unigram", "--vocab", "330"},
                                      {"--no-byte-fallback", "--vocab", "300", "--sampling", "proportional"},
                                      {"--no-split-whitespace", "--vocab", "500"}}) {
            const auto made = run(QStringList{"tokenizer", "train", "--corpus", "tiny"} + options);
            QVERIFY2(made.status == 0, made.error.constData());
            compared << QString::fromUtf8(made.out).section(' ', 0, 0);
        }
        const auto result = run(compared + QStringList{"--corpus", "tiny", "--domains", "en,py", "--json"});
        QVERIFY2(result.status == 0, result.error.constData());
        const json all = json::parse(result.out.toStdString());
        QCOMPARE(all.size(), std::size_t{4});
        for (const json& one : all) {
            QCOMPARE(one["domains"].size(), std::size_t{3}); // and all together
            QCOMPARE(one["domains"][0]["domain"].get<std::string>(), "en");
            const double per_byte = one["domains"][2]["tokens_per_byte"];
            QVERIFY(per_byte > 0.1 && per_byte < 1);
        }
        QCOMPARE(all[1]["vocabulary"]["entries"].get<int>(), 330);
        QVERIFY(run(compared + QStringList{"--corpus", "tiny"}).out.contains("single characters"));
    }
    void statsNameWhatBelongsToADomain() {
        const auto made = run({"tokenizer", "train", "--corpus", "tiny", "--vocab", "400"});
        const QString id = QString::fromUtf8(made.out).section(' ', 0, 0);
        const auto result = run({"tokenizer", "stats", id, "--corpus", "tiny", "--top", "5", "--json"});
        QVERIFY2(result.status == 0, result.error.constData());
        const json stats = json::parse(result.out.toStdString());
        QCOMPARE(stats["characteristic"]["en"].size(), std::size_t{5});
        QCOMPARE(stats["vocabulary"]["bytes"].get<int>(), 256);
        QVERIFY(run({"tokenizer", "stats", id, "--corpus", "tiny"}).out.contains("More often in py"));
        QCOMPARE(run({"tokenizer", "stats", "none", "--corpus", "tiny"}).status, 3);
    }
    void runsTrainWithAnImportedFile() {
        json patch;
        patch["data"]["tokenizer"] = {
            {"kind", "huggingface-file"}, {"path", file_.toStdString()}, {"vocab", entries_ + 1}};
        const auto wrong = run({"run", ctl_.write_study("wrong.json", patch.dump().c_str())});
        QCOMPARE(wrong.status, 2);
        QVERIFY2(wrong.error.contains(QByteArray::number(qulonglong(entries_))), wrong.error.constData());
        patch["data"]["tokenizer"]["vocab"] = entries_;
        const auto result = run({"run", ctl_.write_study("imported.json", patch.dump().c_str())});
        QVERIFY2(result.status == 0, result.error.constData());
        const auto text = run({"generate", "tiny/v/1", "--prompt", "ba", "--tokens", "5"});
        QVERIFY2(text.status == 0, text.error.constData());
    }
};

QTEST_GUILESS_MAIN(TestTokenizerCommands)
#include "test_tokenizer_commands.moc"
