// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 in a loop while training: nothing acknowledged is lost, the run resumes, and its numbers and
// weights are those of a run that was never killed.
#include "ctl.h"

#include <QDir>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <csignal>

using namespace retort;
using nlohmann::json;

class TestKillAndResume : public QObject {
    Q_OBJECT
    test::Ctl ctl_;

    [[nodiscard]] QStringList numbers(const QString& workspace) const {
        const auto result = ctl_({"metrics", "tiny/v/1", "--workspace", workspace});
        QStringList lines;
        for (const QString& line : QString::fromUtf8(result.out).split('\n')) {
            const QStringList cells = line.split(',');
            if (cells.size() == 6 && cells[3] != "tokens_per_second")
                lines << cells[0] + "," + cells[1] + "," + cells.mid(3).join(',');
        }
        return lines;
    }
    /// Starts the command and kills it when it has printed `events` steps. True: it was killed, not finished.
    [[nodiscard]] static bool run_and_kill(const QStringList& arguments, int steps) {
        QProcess process;
        process.start(QStringLiteral(RETORTCTL), arguments);
        for (int seen = 0; seen < steps;) {
            if (!process.waitForReadyRead(-1)) break;
            while (process.canReadLine())
                seen += process.readLine().contains("\"event\":\"step\"");
        }
        process.kill();
        process.waitForFinished(-1);
        return process.exitStatus() == QProcess::CrashExit;
    }
    [[nodiscard]] json record(const QString& workspace) const {
        return json::parse(ctl_({"show", "tiny/v/1", "--json", "--workspace", workspace}).out.toStdString());
    }

private Q_SLOTS:
    void killedAndResumedEqualsUninterrupted() {
        const QString study =
            ctl_.write_study("study.json", R"({"optim": {"tokens": 12800}, "run": {"checkpoint_every": 7}})");
        const QString whole = ctl_.path("whole"), killed = ctl_.path("killed");
        QCOMPARE(ctl_({"run", study, "--workspace", whole}).status, 0);
        // The teacher is trained whole first, so that the kills meet the student.
        (void)run_and_kill({"run", study, "--workspace", killed, "--json"}, 10 + 3);
        int kills = 0;
        for (const int steps : {1, 9, 2, 17, 5}) {
            if (record(killed)["status"] == "done") break;
            QCOMPARE(record(killed)["status"].get<std::string>(), std::string("interrupted"));
            kills += run_and_kill({"resume", "tiny/v/1", "--workspace", killed, "--json"}, steps);
        }
        QVERIFY(kills >= 3);
        if (record(killed)["status"] != "done") {
            const auto last = ctl_({"resume", "tiny/v/1", "--workspace", killed});
            QVERIFY2(last.status == 0, last.error.constData());
        }
        QCOMPARE(numbers(killed), numbers(whole));
        QFile a(model(whole)), b(model(killed));
        QVERIFY(a.open(QIODevice::ReadOnly) && b.open(QIODevice::ReadOnly));
        QVERIFY(a.readAll() == b.readAll());
    }
    void aTruncatedCheckpointGivesWayToTheOneBefore() {
        const QString study =
            ctl_.write_study("study.json", R"({"optim": {"tokens": 12800}, "run": {"checkpoint_every": 7}})");
        const QString workspace = ctl_.path("truncated");
        (void)run_and_kill({"run", study, "--workspace", workspace, "--json"}, 10 + 40);
        const QDir checkpoints(workspace + "/artifacts/runs/" +
                               QString::fromStdString(record(workspace)["id"]) + "/checkpoints");
        const QStringList folders = checkpoints.entryList({"step-*"}, QDir::Dirs, QDir::Name);
        QVERIFY(!folders.isEmpty());
        QFile newest(checkpoints.filePath(folders.last() + "/optimizer.safetensors"));
        QVERIFY(newest.resize(newest.size() / 2));
        const auto result = ctl_({"resume", "tiny/v/1", "--workspace", workspace});
        QVERIFY2(folders.size() > 1 ? result.status == 0 : result.status == 3, result.error.constData());
        if (result.status == 0) QCOMPARE(numbers(workspace), numbers(ctl_.path("whole")));
    }

private:
    [[nodiscard]] QString model(const QString& workspace) const {
        return workspace + "/artifacts/" + QString::fromStdString(record(workspace)["model"]) +
               "/model.safetensors";
    }
};

QTEST_GUILESS_MAIN(TestKillAndResume)
#include "test_kill_and_resume.moc"
