// SPDX-License-Identifier: GPL-3.0-or-later
// What retortctl trace writes, replayed in stock PyTorch.
#include "ctl.h"

#include <QDir>
#include <QTest>

using namespace retort;

class TestTraceReplay : public QObject {
    Q_OBJECT
    test::Ctl ctl_;

private Q_SLOTS:
    void pyTorchComputesTheSame_data() {
        QTest::addColumn<QString>("patch");
        QTest::newRow("distilled") << "{}";
        QTest::newRow("temperature")
            << R"({"distill": {"temperature": 2, "scale_t2": true, "alpha": {"value": 0.2}}})";
        QTest::newRow("text alone") << R"({"distill": {"alpha": {"value": 1}}})";
        QTest::newRow("untied, cosine")
            << R"({"model": {"tied": false}, "optim": {"decay": "cosine", "clip": 0.2, "lr": 0.01}})";
    }
    void pyTorchComputesTheSame() {
        QProcess judge;
        judge.start("/usr/bin/python3", {"-c", "import torch"});
        if (!judge.waitForFinished(-1) || judge.exitCode() != 0)
            QSKIP("python3-torch, the judge, is not installed");
        QFETCH(QString, patch);
        const QString study = ctl_.write_study("study.json", patch.toUtf8().constData()),
                      out = ctl_.path("trace");
        const auto run = ctl_(ctl_.in_workspace({"run", study}));
        QVERIFY2(run.status == 0, run.error.constData());
        const auto trace = ctl_(ctl_.in_workspace({"trace", "tiny/v/1", "--steps", "12", "--out", out}));
        QVERIFY2(trace.status == 0, trace.error.constData());
        QProcess replay;
        replay.setProcessChannelMode(QProcess::MergedChannels);
        replay.start("/usr/bin/python3", {RETORT_SOURCE_DIR "/tests/reference/replay_trace.py", out});
        replay.waitForFinished(-1);
        QVERIFY2(replay.exitCode() == 0, replay.readAll().constData());
        QDir(out).removeRecursively();
    }
};

QTEST_GUILESS_MAIN(TestTraceReplay)
#include "test_trace_replay.moc"
