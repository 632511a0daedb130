// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study_files.h"
#include "base/error.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace retort;

namespace {

void write(const QString& path, const QByteArray& bytes) {
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QString sentenceOf(const QString& file) {
    try {
        static_cast<void>(readStudyFile(file));
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

} // namespace

class TestStudyFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatItWrote() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("study.json"));
        writeStudyFile(file, newStudy());
        const StudySpec read = readStudyFile(file);
        QCOMPARE(QString::fromStdString(to_json(read).dump()),
                 QString::fromStdString(to_json(newStudy()).dump()));
    }

    void aNewStudyCanBeRun() {
        const PlanReading reading = plan_runs(newStudy());
        QVERIFY(reading.problems.empty());
        QCOMPARE(reading.plans.size(), std::size_t{2});
        QVERIFY(!uses_teacher(reading.plans.front().spec));
        QVERIFY(uses_teacher(reading.plans.back().spec));
    }

    void namesTheFileAndTheFirstProblem() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("wrong.json"));
        write(file, R"({"retort": 1, "name": "x", "base": {"optim": {"lr": -1, "batch": 0}}})");
        const QString sentence = sentenceOf(file);
        QVERIFY2(sentence.contains(file), qPrintable(sentence));
        QVERIFY2(sentence.contains(QStringLiteral("/base/optim/lr")), qPrintable(sentence));
        QVERIFY2(sentence.contains(QStringLiteral("1 more")), qPrintable(sentence));
        QVERIFY(!sentence.contains(QLatin1Char('\n')));
    }

    void saysThatAFileIsMissing() {
        QVERIFY(sentenceOf(QStringLiteral("/nowhere/study.json"))
                    .contains(QStringLiteral("/nowhere/study.json")));
    }

    void firstLightComesFirstThenQuickForms() {
        const QList<ReadyStudy> ready = readyStudies({QStringLiteral(RETORT_SOURCE_DIR "/experiments")});
        QVERIFY(ready.front().path.endsWith(QStringLiteral("first-light.json")));
        QVERIFY(ready[1].path.contains(QStringLiteral("/quick/")));
        QVERIFY(ready.back().path.contains(QStringLiteral("/experiments/")) &&
                !ready.back().path.contains(QStringLiteral("/quick/")));
        for (const ReadyStudy& study : ready)
            QCOMPARE(study.description.endsWith(QStringLiteral("routers")),
                     study.path.contains(QStringLiteral("router")));
    }

    void listsReadyStudies() {
        const QTemporaryDir folder;
        for (const char* name :
             {"first/b.json", "first/paper/a.json", "second/b.json", "second/c.json", "second/d.txt"})
            write(folder.filePath(QLatin1String(name)), "{}");
        const QStringList found = studyFilesBelow(
            {folder.filePath(QStringLiteral("first")), folder.filePath(QStringLiteral("second"))});
        QStringList names;
        for (const QString& file : found)
            names << QDir(folder.path()).relativeFilePath(file);
        QCOMPARE(names.join(QLatin1Char(' ')),
                 QStringLiteral("first/b.json first/paper/a.json second/c.json"));
    }
};

QTEST_GUILESS_MAIN(TestStudyFiles)
#include "test_study_files.moc"
