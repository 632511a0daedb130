// SPDX-License-Identifier: GPL-3.0-or-later
// router train, evaluate and predict, and matrix, as a person or a script calls them.
#include "ctl.h"

#include <QTest>

using namespace retort::test;
using Json = nlohmann::ordered_json;

class TestRouterCommands : public QObject {
    Q_OBJECT
    Ctl ctl_;

    QString study() const {
        return ctl_.write(QStringLiteral("routes.json"),
                          R"({"retort": 1, "name": "routes", "seeds": [1], "base": {"task": "router",
            "data": {"corpus": "tiny", "tokenizer": {"vocab": 400}}, "router": {"longest": 16}},
            "variants": {"logistic": {}, "bayes": {"router": {"classifier": "multinomial_nb"}}}})");
    }
    CtlResult router(const QStringList& arguments) const {
        return ctl_(QStringList{"router"} + ctl_.in_workspace(arguments));
    }
    QString first_valid_lines() const {
        QByteArray lines;
        for (const char* domain : {"en", "fr", "de", "py"}) {
            QFile file(ctl_.path(QStringLiteral("cache/retort/corpora/tiny/valid.%1.jsonl").arg(domain)));
            if (!file.open(QIODevice::ReadOnly)) qFatal("no corpus");
            lines += file.readLine();
        }
        return ctl_.write(QStringLiteral("texts.jsonl"), lines);
    }

private Q_SLOTS:
    void initTestCase() {
        const CtlResult result = router({"train", study()});
        QVERIFY2(result.status == 0, result.error);
        QVERIFY(result.out.contains("weighted F1"));
        QVERIFY(result.out.contains("routes/bayes/1"));
    }
    void evaluatePrintsScores() {
        const CtlResult result =
            router({"evaluate", "routes/logistic/1", "--jsonl", first_valid_lines(), "--json"});
        QVERIFY2(result.status == 0, result.error);
        const Json json = Json::parse(result.out.toStdString());
        QCOMPARE(json.at("accuracy").get<double>(), 1.0);
        QCOMPARE(json.at("weighted").at("f1").get<double>(), 1.0);
        QCOMPARE(json.at("per_class").at("fr").at("support").get<int>(), 1);
        QCOMPARE(json.at("confusion").at("de").at("de").get<int>(), 1);
        QCOMPARE(json.at("confusion").at("de").at("en").get<int>(), 0);
        const CtlResult table = router({"evaluate", "routes/logistic/1", "--jsonl", first_valid_lines()});
        QVERIFY(table.out.contains("100.0000 %"));
    }
    void domainsMayBeMissingOrForeign() {
        const QString file =
            ctl_.write(QStringLiteral("foreign.jsonl"), "{\"text\": \"a\", \"domain\": \"es\"}\n"
                                                        "{\"text\": \"b\", \"domain\": \"en\"}\n");
        const CtlResult result = router({"evaluate", "routes/logistic/1", "--jsonl", file, "--json"});
        QVERIFY2(result.status == 0, result.error);
        const Json json = Json::parse(result.out.toStdString());
        QCOMPARE(json.at("texts").get<int>(), 2);
        QCOMPARE(json.at("per_class").at("es").at("support").get<int>(), 1);
        QCOMPARE(json.at("per_class").at("es").at("recall").get<double>(), 0.0);
        QCOMPARE(json.at("per_class").at("fr").at("support").get<int>(), 0);
    }
    void predictSaysEachDomain() {
        const CtlResult result =
            router({"predict", "routes/bayes/1", "--jsonl", first_valid_lines(), "--json"});
        QVERIFY2(result.status == 0, result.error);
        QStringList domains;
        for (const QByteArray& line : result.out.trimmed().split('\n')) {
            const Json json = Json::parse(line.toStdString());
            double sum = 0;
            for (const auto& [domain, probability] : json.at("probabilities").items())
                sum += probability.get<double>();
            QVERIFY(std::abs(sum - 1) < 1e-9);
            domains << QString::fromStdString(json.at("domain"));
        }
        QCOMPARE(domains, (QStringList{"en", "fr", "de", "py"}));
    }
    void nothingToDecideOnIsUnknown() {
        const CtlResult result = router({"predict", "routes/logistic/1", "--text", "", "--json"});
        QVERIFY2(result.status == 0, result.error);
        const Json json = Json::parse(result.out.toStdString());
        QCOMPARE(json.at("domain").get<std::string>(), std::string("unknown"));
        QVERIFY(json.at("abstained").get<bool>());
    }
    void matricesComeAsATable() {
        const CtlResult result = ctl_(ctl_.in_workspace({"matrix", "routes/logistic/1", "--csv", "-"}));
        QVERIFY2(result.status == 0, result.error);
        QVERIFY(result.out.startsWith("kind,classifier,split,fold,length,step,true,said,count"));
        QCOMPARE(result.out.count('\n'), 1 + 3 * 4 * 5); // lengths 0, 8, 16; rows × columns
    }
    void badInputSaysWhatAndWhere_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("neither") << QStringList{"predict", "routes/logistic/1"} << 2
                                 << "Give the text with --text";
        QTest::newRow("no such run") << QStringList{"predict", "routes/x/1", "--text", "a"} << 3
                                     << "There is no run";
        QTest::newRow("no file") << QStringList{"evaluate", "routes/logistic/1", "--jsonl", "none.jsonl"} << 3
                                 << "Cannot read none.jsonl";
        QTest::newRow("no domain") << QStringList{"evaluate", "routes/logistic/1", "--jsonl",
                                                  ctl_.write(QStringLiteral("bad.jsonl"),
                                                             "{\"text\": \"a\"}\n")}
                                   << 3 << "bad.jsonl, line 1, has no field domain in quotes";
        QTest::newRow("no JSON") << QStringList{"predict", "routes/logistic/1", "--jsonl",
                                                ctl_.write(QStringLiteral("worse.jsonl"), "\nhello\n")}
                                 << 3 << "worse.jsonl, line 2, is no JSON object";
        QTest::newRow("empty") << QStringList{"evaluate", "routes/logistic/1", "--jsonl",
                                              ctl_.write(QStringLiteral("empty.jsonl"), "")}
                               << 3 << "has no line";
        QTest::newRow("not UTF-8") << QStringList{"predict", "routes/logistic/1", "--jsonl",
                                                  ctl_.write(QStringLiteral("latin.jsonl"),
                                                             "{\"text\": \"caf\xE9\"}\n")}
                                   << 3 << "latin.jsonl, line 1";
        QTest::newRow("no router's study")
            << QStringList{"train", ctl_.write_study(QStringLiteral("other.json"))} << 2
            << "has the task distill";
    }
    void badInputSaysWhatAndWhere() {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QString, sentence);
        const CtlResult result = router(arguments);
        QCOMPARE(result.status, status);
        QVERIFY2(QString::fromUtf8(result.error).contains(sentence), result.error);
        QCOMPARE(result.error.count('\n'), 1); // one sentence
    }
    void aLongTextIsRouted() {
        const QByteArray text = QByteArray("word and word, ").repeated(700'000); // about 10 MB
        const CtlResult result =
            router({"predict", "routes/bayes/1", "--jsonl",
                    ctl_.write(QStringLiteral("long.jsonl"), "{\"text\": \"" + text + "\"}\n"), "--json"});
        QVERIFY2(result.status == 0, result.error);
        QVERIFY(Json::parse(result.out.toStdString()).contains("domain"));
    }
    void aRouterIsNoModelOfText() {
        const CtlResult result =
            ctl_(ctl_.in_workspace({"export", "routes/logistic/1", "--out", ctl_.path("out")}));
        QCOMPARE(result.status, 2);
        QVERIFY(result.error.contains("is a router"));
    }
};

QTEST_GUILESS_MAIN(TestRouterCommands)
#include "test_router_commands.moc"
