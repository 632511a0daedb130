// SPDX-License-Identifier: GPL-3.0-or-later
// experts list, add, remove, replace and export, as a person or a script calls them.
#include "ctl.h"

#include <QFile>
#include <QTest>

using namespace retort::test;
using Json = nlohmann::ordered_json;

class TestExpertCommands : public QObject {
    Q_OBJECT
    Ctl ctl_;

    CtlResult experts(const QStringList& arguments) const {
        return ctl_(QStringList{"experts"} + ctl_.in_workspace(arguments));
    }
    /// Bytes of each expert by name.
    std::map<std::string, std::string> hashes(const QString& run) const {
        std::map<std::string, std::string> found;
        const CtlResult result = experts({"list", run, "--json"});
        for (const Json& expert : Json::parse(result.out.toStdString()))
            found[expert.at("expert")] = expert.at("sha256");
        return found;
    }

private Q_SLOTS:
    void initTestCase() {
        const QString study =
            ctl_.write(QStringLiteral("mod.json"), R"({"retort": 1, "name": "mod", "seeds": [1],
            "base": {"task": "modular",
            "data": {"corpus": "tiny", "domains": ["en", "fr", "de"], "context": 16, "tokenizer": {"vocab": 400}},
            "teacher": {"model": {"layers": 1, "width": 24, "heads": 2}, "optim": {"batch": 6, "tokens": 384}},
            "model": {"layers": 1, "width": 16, "heads": 2}, "optim": {"batch": 6, "tokens": 384},
            "run": {"threads": 1, "eval_tokens": 64}}, "variants": {"jeet": {}}})");
        const CtlResult result = ctl_(ctl_.in_workspace({"run", study}));
        QVERIFY2(result.status == 0, result.error);
    }
    void theyAreListed() {
        const auto found = hashes("mod/jeet/1");
        QCOMPARE(found.size(), std::size_t{3});
        QVERIFY(experts({"list", "mod/jeet/1"}).out.contains("expert.fr.safetensors"));
    }
    void oneIsAddedAndTheOthersStay() {
        const CtlResult result = experts({"add", "mod/jeet/1", "--expert", "py", "--tokens", "128"});
        QVERIFY2(result.status == 0, result.error);
        QCOMPARE(result.out.count("to the bit"), 3);
        auto after = hashes("mod/jeet+py/1");
        QCOMPARE(after.size(), std::size_t{4});
        after.erase("py");
        QVERIFY(after == hashes("mod/jeet/1"));
    }
    void oneIsTakenAwayAndPutBackFromItsFile() {
        const QString file = ctl_.path("expert.de.safetensors");
        QCOMPARE(experts({"export", "mod/jeet/1", "--expert", "de", "--out", file}).status, 0);
        const CtlResult removed = experts({"remove", "mod/jeet/1", "--expert", "de"});
        QVERIFY2(removed.status == 0, removed.error);
        QCOMPARE(hashes("mod/jeet-de/1").size(), std::size_t{2});
        const CtlResult back = experts({"add", "mod/jeet-de/1", "--expert", "de", "--file", file});
        QVERIFY2(back.status == 0, back.error);
        QVERIFY(hashes("mod/jeet-de+de/1") == hashes("mod/jeet/1"));
    }
    void oneIsTrainedFurther() {
        const CtlResult result = experts({"replace", "mod/jeet/1", "--expert", "fr", "--tokens", "64"});
        QVERIFY2(result.status == 0, result.error);
        const auto before = hashes("mod/jeet/1"), after = hashes("mod/jeet~fr/1");
        QCOMPARE(after.at("en"), before.at("en"));
        QVERIFY(after.at("fr") != before.at("fr"));
    }
    void mistakesAreSaid_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("there already")
            << QStringList{"add", "mod/jeet/1", "--expert", "fr"} << 2 << QByteArray("already");
        QTest::newRow("not there") << QStringList{"remove", "mod/jeet/1", "--expert", "es"} << 2
                                   << QByteArray("no expert es");
        QTest::newRow("no text") << QStringList{"add", "mod/jeet/1", "--expert", "es"} << 3
                                 << QByteArray("es");
        QTest::newRow("no model") << QStringList{"list", "mod/teacher/1"} << 2
                                  << QByteArray("no modular model");
        QTest::newRow("no file") << QStringList{"add", "mod/jeet/1", "--expert", "py", "--file", "/nowhere"}
                                 << 3 << QByteArray("/nowhere");
        QTest::newRow("a wrong field")
            << QStringList{"add", "mod/jeet/1", "--expert", "py", "--set", "/optim/lr=-1"} << 2
            << QByteArray("/optim/lr");
    }
    void mistakesAreSaid() {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QByteArray, sentence);
        const CtlResult result = experts(arguments);
        QVERIFY2(result.error.contains(sentence), result.error);
        QCOMPARE(result.status, status);
    }
};

QTEST_GUILESS_MAIN(TestExpertCommands)
#include "test_expert_commands.moc"
