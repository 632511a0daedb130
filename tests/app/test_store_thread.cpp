// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store_thread.h"

#include "app/mailbox.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace retort;

class TestStoreThread : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhyItCannotOpenAndServesOnceItCan() {
        const QTemporaryDir folder;
        const Workspace workspace(folder.path().toStdString());
        const QString database = folder.filePath(QStringLiteral("retort.sqlite")), away = database + ".away";
        QVERIFY(QFile::rename(database, away));
        QVERIFY(QDir().mkdir(database)); // which nobody can open, not even root
        Mailbox<std::string> told;
        std::vector<std::string> sentences;
        const auto hear = [&] {
            for (std::string& sentence : told.take())
                sentences.push_back(std::move(sentence));
            return sentences.size();
        };
        std::promise<std::size_t> runs;
        StoreThread thread(workspace, [&](std::string sentence) { told.post(std::move(sentence)); });
        thread.post([&](RunStore& store) { runs.set_value(store.runs().size()); });
        QTRY_COMPARE(hear(), std::size_t{1});
        QVERIFY2(sentences[0].starts_with("No run can be listed or changed: "), sentences[0].c_str());
        QVERIFY2(sentences[0].find(database.toStdString()) != std::string::npos, sentences[0].c_str());

        QVERIFY(QDir().rmdir(database));
        QVERIFY(QFile::rename(away, database));
        QCOMPARE(runs.get_future().get(), std::size_t{0});
        QCOMPARE(hear(), std::size_t{2});
        QCOMPARE(sentences[1], std::string());
    }
    void aJobThatThrowsDoesNotEndIt() {
        const QTemporaryDir folder;
        const Workspace workspace(folder.path().toStdString());
        Mailbox<std::string> told;
        std::promise<void> second;
        StoreThread thread(workspace, [&](std::string sentence) { told.post(std::move(sentence)); });
        thread.post([](RunStore& store) { (void)store.run("no/such/1"); });
        thread.post([&](RunStore&) { second.set_value(); });
        second.get_future().get();
        QCOMPARE(told.take().size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestStoreThread)
#include "test_store_thread.moc"
