// SPDX-License-Identifier: GPL-3.0-or-later
// generate, as a person or a script calls it.
#include "ctl.h"

#include <QTest>
#include <csignal>

using namespace retort::test;
using Json = nlohmann::ordered_json;

class TestGenerateCommand : public QObject {
    Q_OBJECT
    Ctl ctl_;

    CtlResult generate(const QStringList& arguments) const {
        return ctl_(QStringList{"generate"} + ctl_.in_workspace(arguments));
    }

private Q_SLOTS:
    void initTestCase() {
        const CtlResult result =
            ctl_(QStringList{"run"} + ctl_.in_workspace({ctl_.write_study(QStringLiteral("study.json"))}));
        QVERIFY2(result.status == 0, result.error);
    }
    void theTextAloneGoesToStdout() {
        const QStringList asked = {"tiny/v/1", "--prompt", "ab", "--tokens", "12", "--seed", "3"};
        const CtlResult first = generate(asked), again = generate(asked);
        QVERIFY2(first.status == 0, first.error);
        QVERIFY(first.out.size() > 1 && first.out.endsWith('\n'));
        QCOMPARE(first.out, again.out);
        QCOMPARE(first.error, QByteArray());
        const CtlResult json = generate(asked + QStringList{"--json"});
        const QList<QByteArray> lines = json.out.trimmed().split('\n');
        std::string joined;
        for (qsizetype i = 0; i + 1 < lines.size(); ++i) {
            const Json token = Json::parse(lines[i].toStdString());
            QCOMPARE(token.at("number").get<qsizetype>(), i + 1);
            QCOMPARE(token.at("alternatives").size(), std::size_t{10});
            joined += token.at("text").get<std::string>();
        }
        const Json whole = Json::parse(lines.last().toStdString());
        QCOMPARE(whole.at("text").get<std::string>(), joined);
        QCOMPARE(QByteArray::fromStdString(joined + "\n"), first.out);
        QVERIFY(whole.at("routing").is_null());
        QCOMPARE(whole.at("prompt").get<std::string>(), std::string("ab"));
    }
    void aLongPromptIsSaid() {
        const CtlResult result =
            generate({"tiny/teacher/1", "--prompt", QString("word ").repeated(40), "--tokens", "1"});
        QVERIFY2(result.status == 0, result.error);
        QVERIFY(result.error.contains("more than the context; its last part was read."));
    }
    void anInterruptedTextStillEndsWithItsObject() {
        QProcess process;
        process.start(QStringLiteral(RETORTCTL),
                      QStringList{"generate"} + ctl_.in_workspace({"tiny/v/1", "--tokens", "100000",
                                                                   "--temperature", "0", "--json"}));
        while (!process.canReadLine()) // what is not read holds the process up, so that it cannot end before
            QVERIFY(process.waitForReadyRead(-1));
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        process.waitForFinished(-1);
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        const QList<QByteArray> lines = process.readAllStandardOutput().trimmed().split('\n');
        const Json whole = Json::parse(lines.last().toStdString());
        QCOMPARE(whole.at("end").get<std::string>(), std::string("stopped"));
        QCOMPARE(whole.at("tokens").get<qsizetype>(), lines.size() - 1);
        QVERIFY(process.readAllStandardError().contains("Stopping after this token"));
    }
    void badUseSaysWhat_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("no such run") << QStringList{"tiny/none/1"} << 3 << "There is no run";
        QTest::newRow("no experts") << QStringList{"tiny/v/1", "--expert", "en"} << 2
                                    << "is one model without experts";
        QTest::newRow("both") << QStringList{"tiny/v/1", "--expert", "en", "--setting", "top1(all)"} << 2
                              << "and not both";
        QTest::newRow("temperature") << QStringList{"tiny/v/1", "--temperature", "-1"} << 2
                                     << "The temperature must be 0 or above.";
    }
    void badUseSaysWhat() {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QString, sentence);
        const CtlResult result = generate(arguments);
        QCOMPARE(result.status, status);
        QVERIFY2(QString::fromUtf8(result.error).contains(sentence), result.error);
        QCOMPARE(result.error.count('\n'), 1);
        QCOMPARE(result.out, QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestGenerateCommand)
#include "test_generate_command.moc"
