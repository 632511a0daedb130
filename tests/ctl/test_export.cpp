// SPDX-License-Identifier: GPL-3.0-or-later
// A model goes out as a Hugging Face folder and comes back as a teacher, unchanged.
#include "ctl.h"

#include <QDir>
#include <QTest>

using namespace retort;

class TestExport : public QObject {
    Q_OBJECT
    test::Ctl ctl_;

private Q_SLOTS:
    void initTestCase() {
        const auto run = ctl_(ctl_.in_workspace({"run", ctl_.write_study("study.json")}));
        QVERIFY2(run.status == 0, run.error.constData());
    }
    void aModelGoesOutAndComesBackAsATeacher() {
        const QString out = ctl_.path("exported");
        const auto exported = ctl_(ctl_.in_workspace({"export", "tiny/teacher/1", "--out", out}));
        QVERIFY2(exported.status == 0, exported.error.constData());
        QVERIFY((QDir(out).entryList(QDir::Files) ==
                 QStringList{"config.json", "model.safetensors", "tokenizer.model"}));
        const QByteArray patch =
            "{\"teacher\": {\"path\": \"" + out.toUtf8() + "\"}, \"optim\": {\"lr\": 0.002}}";
        const auto run =
            ctl_(ctl_.in_workspace({"run", ctl_.write_study("from-folder.json", patch.constData())}));
        QVERIFY2(run.status == 0, run.error.constData());
        QVERIFY(!run.out.contains("tiny/teacher/1")); // none was trained
    }
    void aStudentOfTheFolderIsThatOfTheRun() { // the same weights teach the same
        const auto losses = [&](const QString& name, const QByteArray& patch) {
            const QString out = ctl_.path("trace-" + name);
            const QString study = ctl_.write_study(name + ".json", patch.constData());
            (void)ctl_(ctl_.in_workspace({"run", study}));
            (void)ctl_(ctl_.in_workspace({"trace", "tiny/v/1", "--steps", "3", "--out", out}));
            QFile file(out + "/losses.csv");
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const QByteArray own = losses("own", "{}"),
                         folder = losses("folder", "{\"teacher\": {\"path\": \"" +
                                                       ctl_.path("exported").toUtf8() + "\"}}");
        QVERIFY(!own.isEmpty());
        QCOMPARE(folder, own);
    }
    void itWritesOverNothing() {
        const auto again =
            ctl_(ctl_.in_workspace({"export", "tiny/teacher/1", "--out", ctl_.path("exported")}));
        QCOMPARE(again.status, 2);
        QVERIFY2(again.error.contains("is there already"), again.error.constData());
    }
    void aRunWithoutWeightsSaysSo() {
        const auto unknown = ctl_(ctl_.in_workspace({"export", "tiny/none/1", "--out", ctl_.path("none")}));
        QVERIFY(unknown.status != 0);
        QCOMPARE(unknown.error.count('\n'), 1);
    }
};

QTEST_GUILESS_MAIN(TestExport)
#include "test_export.moc"
