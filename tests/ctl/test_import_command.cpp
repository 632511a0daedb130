// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl.h"

#include <QTest>

using json = nlohmann::ordered_json;
using namespace retort;

class TestImportCommand : public QObject {
    Q_OBJECT
    test::Ctl ctl_;

    /// 60 articles in two languages as JSON lines; the French ones are twice as long.
    [[nodiscard]] QString articles() const {
        QByteArray lines;
        for (int i = 0; i < 60; ++i)
            for (const char* language : {"en", "fr"}) {
                QByteArray text;
                for (int word = 0; word < (QByteArray(language) == "en" ? 40 : 80); ++word)
                    text +=
                        QByteArray::number(qHash(QPair(word * 131 + i, QByteArray(language))), 26) + " x" +
                        QByteArray(1 + (i * 7 + word) % 5, static_cast<char>('a' + (i + word) % 26)) + " ";
                lines += QByteArray::fromStdString(
                    json{{"id", "a" + std::to_string(i)}, {"lang", language}, {"text", text.toStdString()}}
                        .dump() +
                    "\n");
            }
        return ctl_.write("articles.jsonl", lines);
    }
    [[nodiscard]] test::CtlResult import(const QStringList& options) const {
        return ctl_(QStringList{"corpus", "import", articles(), "--name", "mine", "--set",
                                "/cleaning/near_duplicates=false", "--set", "/split/valid=0.2", "--json"} +
                    options);
    }

private Q_SLOTS:
    void importBalancesAndReports() {
        const test::CtlResult made = import({"--max-diff", "6"});
        QVERIFY2(made.status == 0, made.error);
        const json report = json::parse(made.out.toStdString());
        QCOMPARE(report["domains"][1]["read"]["articles"].get<int>(), 60);
        QVERIFY(report["balance"][0]["difference_percent"].get<double>() <= 6);
        QVERIFY(report["skipped"]["surplus"].get<int>() > 15); // of the longer French ones
        const test::CtlResult stats = ctl_({"corpus", "stats", "mine"});
        QVERIFY(stats.out.contains("articles.jsonl") && stats.out.contains("differ by"));
        const json all = json::parse(ctl_({"corpus", "stats", "mine", "--json"}).out.toStdString());
        QCOMPARE(all["import"]["spec"]["balance"]["max_diff_percent"].get<int>(), 6);
    }
    void dryRunMakesNothing() {
        QVERIFY(ctl_({"corpus", "remove", "mine"}).status == 0);
        const test::CtlResult said = import({"--dry-run"});
        QVERIFY2(said.status == 0, said.error);
        QCOMPARE(ctl_({"corpus", "stats", "mine"}).status, 3);
        QCOMPARE(ctl_({"corpus", "remove", "mine"}).status, 3);
    }
    void faultsAreUsage() {
        QCOMPARE(import({"--set", "/cleaning/similarity=2"}).status, 2);
        const test::CtlResult unknown = import({"--set", "/nowhere/at/all=2"});
        QCOMPARE(unknown.status, 2);
        QVERIFY(unknown.error.contains("/nowhere/at/all"));
        QCOMPARE(import({"--unit", "tokens"}).status, 2); // of which tokenizer?
        QCOMPARE(ctl_({"corpus", "import", "--name", "x"}).status, 2);
    }
    void folderOfACorpusIsCopied() {
        const QString tiny = QString::fromStdString(open_corpus("tiny").folder.string());
        const test::CtlResult copied = ctl_({"corpus", "import", tiny, "--name", "copy"});
        QVERIFY2(copied.status == 0, copied.error);
        QCOMPARE(open_corpus("copy").identity(), open_corpus("tiny").identity());
    }
};

QTEST_APPLESS_MAIN(TestImportCommand)
#include "test_import_command.moc"
