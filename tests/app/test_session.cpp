// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"
#include "app/settings.h"
#include "app/window_lock.h"
#include "base/error.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace retort;

namespace {

std::filesystem::path pathOf(const QTemporaryDir& folder) {
    return folder.path().toStdString();
}

StudySpec study() {
    StudySpec result;
    result.name = "alpha";
    result.title = "Fixed or adaptive?";
    result.seeds = {3, 1};
    result.base = {{"optim", {{"lr", -1}}}}; // a form in the middle of an edit
    result.variants = {{"b", Json::object()}, {"a", {{"model", {{"layers", 3}}}}}};
    return result;
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsTheWindow() {
        const QTemporaryDir folder;
        Session(pathOf(folder)).setWindow({"geometry", 2, "columns", {{"page", QByteArray("sizes")}}});
        const Session::Window window = Session(pathOf(folder)).window();
        QCOMPARE(window.geometry, QByteArray("geometry"));
        QCOMPARE(window.page, 2);
        QCOMPARE(window.runsTable, QByteArray("columns"));
        QCOMPARE(window.splitters.value("page").toByteArray(), QByteArray("sizes"));
    }

    void keepsTheStudyOfEachWorkspace() {
        const QTemporaryDir folder;
        Session session(pathOf(folder));
        session.setStudy("/one", {study(), QStringLiteral("/tmp/alpha.json"), true, QStringLiteral("{\"é")});
        QVERIFY(!session.study("/other"));
        const auto kept = Session(pathOf(folder)).study("/one");
        QVERIFY(kept);
        QVERIFY(kept->modified);
        QCOMPARE(kept->unapplied, QStringLiteral("{\"é"));
        QCOMPARE(kept->file, QStringLiteral("/tmp/alpha.json"));
        QCOMPARE(QString::fromStdString(to_json(kept->study).dump()),
                 QString::fromStdString(to_json(study()).dump()));
    }

    void takesADamagedFileForNone() {
        const QTemporaryDir folder;
        Session session(pathOf(folder));
        session.setStudy("/one", {study(), {}, false});
        const QDir studies(folder.filePath(QStringLiteral("studies")));
        QCOMPARE(studies.entryList(QDir::Files).size(), 1);
        QFile file(studies.filePath(studies.entryList(QDir::Files).first()));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("{\"study\": 1");
        file.close();
        QVERIFY(!session.study("/one"));
    }

    void rememberingIsNoReasonToFail() {
        Session session("/proc/nowhere");
        session.setStudy("/one", {study(), {}, false});
        QVERIFY(!session.study("/one"));
    }

    void remembersTheNewestWorkspacesThatAreThere() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("retort.ini"));
        for (const char* name : {"a", "b", "c"})
            QVERIFY(QDir(folder.path()).mkdir(QLatin1String(name)));
        {
            Settings settings(file);
            for (const char* name : {"a", "b", "c", "a"})
                settings.addRecentWorkspace(folder.filePath(QLatin1String(name)));
        }
        QVERIFY(QDir(folder.path()).rmdir(QStringLiteral("c")));
        QCOMPARE(Settings(file).recentWorkspaces(),
                 QStringList({folder.filePath(QStringLiteral("a")), folder.filePath(QStringLiteral("b"))}));
    }

    void remembersTheTheme() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("retort.ini"));
        QCOMPARE(Settings(file).theme(), Theme::system);
        Settings(file).setTheme(Theme::dark);
        QCOMPARE(Settings(file).theme(), Theme::dark);
        QCOMPARE(themeOf(QStringLiteral("mauve")), Theme::system);
    }

    void oneWindowHasAWorkspace() {
        const QTemporaryDir folder;
        {
            const WindowLock lock(pathOf(folder));
            QVERIFY_EXCEPTION_THROWN(WindowLock{pathOf(folder)}, Error);
        }
        const WindowLock again(pathOf(folder));
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "test_session.moc"
