// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl.h"

#include <QDir>
#include <QTest>
#include <filesystem>
#include <sys/mount.h>
#include <unistd.h>

using namespace retort;
using nlohmann::json;

class TestRetortctl : public QObject {
    Q_OBJECT
    test::Ctl ctl_;

    /// One sentence on stderr: no dump, no second line but a list of problems.
    static bool one_sentence(const QByteArray& error) {
        const QList<QByteArray> lines = error.trimmed().split('\n');
        return error.startsWith("retortctl: ") && (lines.size() == 1 || lines[0].endsWith(':')) &&
               lines.last().endsWith('.');
    }

private Q_SLOTS:
    void aStudyRunsAndIsShown() {
        const QString study = ctl_.write_study("study.json");
        QCOMPARE(ctl_({"validate", study}).status, 0);
        const auto result = ctl_(ctl_.in_workspace({"run", study, "--json"}));
        QVERIFY2(result.status == 0, result.error.constData());
        for (const QByteArray& line : result.out.trimmed().split('\n'))
            QVERIFY(json::accept(line.toStdString()));
        const json runs = json::parse(ctl_(ctl_.in_workspace({"runs", "--json"})).out.toStdString());
        QCOMPARE(runs.size(), std::size_t{2});
        for (const char* key : {"id", "study", "variant", "seed", "task", "status"})
            QVERIFY(runs[0].contains(key));
        const json run =
            json::parse(ctl_(ctl_.in_workspace({"show", "tiny/v/1", "--json"})).out.toStdString());
        for (const char* key : {"id", "study", "variant", "seed", "task", "status", "spec", "steps", "tokens",
                                "wall_seconds", "parameters", "summary", "best"})
            QVERIFY2(run.contains(key), key);
        QCOMPARE(run["status"].get<std::string>(), std::string("done"));
        QCOMPARE(run["steps"].get<int>(), 12);
        QCOMPARE(run["summary"]["perplexity"].size(), std::size_t{4});
        QVERIFY(run["summary"]["kd"].is_number());
    }
    void everyPointIsInTheCsv() {
        const auto result = ctl_(ctl_.in_workspace({"metrics", "tiny/v/1", "--csv", ctl_.path("m.csv")}));
        QCOMPARE(result.status, 0);
        QFile file(ctl_.path("m.csv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        QCOMPARE(lines[0], QByteArray("step,tokens,wall_seconds,name,domain,value"));
        QMap<QByteArray, int> names;
        for (const QByteArray& line : lines.mid(1)) {
            const auto cells = line.split(',');
            QCOMPARE(cells.size(), 6);
            ++names[cells[3]];
        }
        QCOMPARE(names["ce"], 12);
        QCOMPARE(names["kd"], 12);
        QCOMPARE(names["perplexity"], 4 * 4); // steps 0, 5, 10, 12
    }
    void aFinishedRunIsSkipped() {
        const auto result = ctl_(ctl_.in_workspace({"run", ctl_.write_study("study.json")}));
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.contains("done before"));
    }
    void setChangesAFieldAndMakesANewAttempt() {
        const auto result =
            ctl_(ctl_.in_workspace({"run", ctl_.write_study("study.json"), "--set", "/optim/lr=1e-4"}));
        QVERIFY2(result.status == 0, result.error.constData());
        const json run =
            json::parse(ctl_(ctl_.in_workspace({"show", "tiny/v/1", "--json"})).out.toStdString());
        QCOMPARE(run["spec"]["optim"]["lr"].get<double>(), 1e-4);
        QCOMPARE(run["attempt"].get<int>(), 2);
    }
    void badInputIsOneSentenceWithItsStatus_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("says");
        const auto base = [](const char* patch) {
            return QString(R"({"retort":1,"name":"x","base":%1})").arg(patch);
        };
        QTest::newRow("no JSON") << "{" << 2 << "is no JSON";
        QTest::newRow("unknown key") << base(R"({"optim":{"speed":1}})") << 2 << "/base/optim/speed";
        QTest::newRow("wrong type") << base(R"({"optim":{"lr":"x"}})") << 2 << "/base/optim/lr";
        QTest::newRow("negative size") << base(R"({"model":{"width":-1}})") << 2 << "/base/model/width";
        QTest::newRow("heads") << base(R"({"model":{"width":10,"heads":3}})") << 2 << "/base/model/heads";
        QTest::newRow("context 0") << base(R"({"data":{"context":0}})") << 2 << "/base/data/context";
        QTest::newRow("newer version") << R"({"retort":99,"name":"x","base":{}})" << 2 << "newer Retort";
        QTest::newRow("missing corpus") << base(R"({"data":{"corpus":"nothing"}})") << 3 << "nothing";
        QTest::newRow("missing teacher")
            << base(
                   R"({"data":{"corpus":"tiny","context":16,"tokenizer":{"vocab":400}},"teacher":{"path":"/none"}})")
            << 3 << "/none";
        QTest::newRow("no GPU")
            << base(
                   R"({"task":"teacher","data":{"corpus":"tiny","context":16,"tokenizer":{"vocab":400}},"run":{"device":"cuda"}})")
            << 2 << "cuda";
        QTest::newRow("large vocabulary")
            << base(
                   R"({"task":"teacher","data":{"corpus":"tiny","context":16,"tokenizer":{"vocab":900000}}})")
            << 3 << "vocab";
        QTest::newRow("long context")
            << base(
                   R"({"task":"teacher","data":{"corpus":"tiny","context":60000,"tokenizer":{"vocab":400}}})")
            << 3 << "/data/context";
    }
    void badInputIsOneSentenceWithItsStatus() {
        QFETCH(QString, text);
        QFETCH(int, status);
        QFETCH(QString, says);
        if (says == "cuda" && QDir("/proc/driver/nvidia").exists()) QSKIP("there is a GPU here");
        const QString study = ctl_.write("bad.json", text.toUtf8());
        const auto result = ctl_({"run", study, "--workspace", ctl_.path("bad workspace")});
        QVERIFY2(result.status == status, (QByteArray::number(result.status) + result.error).constData());
        QVERIFY2(result.error.contains(says.toUtf8()), result.error.constData());
        if (status == 2 && says != "cuda") QVERIFY2(one_sentence(result.error), result.error.constData());
    }
    void usageErrors() {
        QCOMPARE(ctl_({}).status, 2);
        QCOMPARE(ctl_({"fly"}).status, 2);
        QCOMPARE(ctl_({"--version"}).status, 0);
        QCOMPARE(ctl_({"run", "--help"}).status, 0);
        QCOMPARE(ctl_({"run", ctl_.path("none.json")}).status, 3);
        QCOMPARE(ctl_(ctl_.in_workspace({"run", ctl_.write_study("study.json"), "--set", "lr=1"})).status, 2);
        QCOMPARE(ctl_(ctl_.in_workspace({"run", ctl_.write_study("study.json"), "--variant", "none"})).status,
                 2);
        const auto unknown = ctl_(ctl_.in_workspace({"show", "no/such/1"}));
        QCOMPARE(unknown.status, 3);
        QVERIFY2(one_sentence(unknown.error), unknown.error.constData());
        QCOMPARE(ctl_(ctl_.in_workspace({"stop", "tiny/v/1"})).status, 2);
        QCOMPARE(ctl_(ctl_.in_workspace({"resume", "tiny/v/1"})).status, 2);
    }
    void aDivergedRunSaysWhereAndWhat() {
        const QString study =
            ctl_.write_study("wild.json", R"({"optim": {"lr": 1e30, "clip": 0}, "model": {"dropout": 0.2}})");
        const auto result = ctl_(ctl_.in_workspace({"run", study}));
        QVERIFY2(result.status == 4, result.error.constData());
        QVERIFY2(result.error.contains("Diverged at step"), result.error.constData());
    }
    void aDamagedWorkspaceIsLeftAsItIs() {
        QDir().mkpath(ctl_.path("damaged"));
        const QByteArray garbage(10'000, 'x');
        ctl_.write("damaged/retort.sqlite", garbage);
        const auto result = ctl_({"runs", "--workspace", ctl_.path("damaged")});
        QCOMPARE(result.status, 5);
        QVERIFY2(one_sentence(result.error), result.error.constData());
        QFile file(ctl_.path("damaged/retort.sqlite"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), garbage);
        QCOMPARE(ctl_({"run", ctl_.write_study("study.json"), "--workspace", "/proc/retort"}).status, 5);
    }
    void aFullDiskLeavesAUsableWorkspace() {
        const QByteArray folder = ctl_.path("small disk").toUtf8();
        QDir().mkpath(QString::fromUtf8(folder));
        if (geteuid() != 0 || mount("retort", folder.constData(), "tmpfs", 0, "size=1200k") != 0)
            QSKIP("a small disk can only be mounted by root");
        const QString large = ctl_.write_study(
            "large.json",
            R"({"task": "teacher", "teacher": null, "model": {"layers": 2, "width": 128}, "run": {"checkpoint_every": 1}})");
        const auto result = ctl_({"run", large, "--workspace", QString::fromUtf8(folder)});
        const auto after = ctl_({"runs", "--json", "--workspace", QString::fromUtf8(folder)});
        umount(folder.constData());
        QVERIFY2(result.status == 5, (QByteArray::number(result.status) + result.error).constData());
        QVERIFY2(after.status == 0, after.error.constData());
        QVERIFY(json::accept(after.out.toStdString()));
    }
    void tokenizerRoundTrip() {
        const auto made =
            ctl_(ctl_.in_workspace({"tokenizer", "train", "--corpus", "tiny", "--vocab", "400"}));
        QVERIFY2(made.status == 0, made.error.constData());
        const QString id = QString::fromUtf8(made.out).section(' ', 0, 0);
        const QString text = QStringLiteral("\tdéf x():\n  retour «ß»");
        const auto ids = ctl_(ctl_.in_workspace({"tokenizer", "encode", id, "--text", text}));
        QCOMPARE(ids.status, 0);
        const auto back =
            ctl_(ctl_.in_workspace({"tokenizer", "decode", id, "--text", QString::fromUtf8(ids.out)}));
        QCOMPARE(QString::fromUtf8(back.out), text + "\n");
        QCOMPARE(ctl_(ctl_.in_workspace({"tokenizer", "decode", id, "--text", "1 x"})).status, 2);
        QCOMPARE(ctl_(ctl_.in_workspace({"tokenizer", "decode", "tokenizer-0", "--text", "1"})).status, 3);
    }
    void corporaAreListed() {
        const json all = json::parse(ctl_({"corpus", "list", "--json"}).out.toStdString());
        QCOMPARE(all.size(), std::size_t{1});
        QCOMPARE(all[0]["name"].get<std::string>(), std::string("tiny"));
        QCOMPARE(ctl_({"corpus", "stats", "none"}).status, 3);
        QCOMPARE(ctl_({"corpus", "build", "none"}).status, 3);
        QCOMPARE(ctl_({"corpus", "import", ctl_.path("nowhere"), "--name", "x"}).status, 3);
    }
};

QTEST_GUILESS_MAIN(TestRetortctl)
#include "test_retortctl.moc"
