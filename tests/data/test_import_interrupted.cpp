// SPDX-License-Identifier: GPL-3.0-or-later
// Imports that are killed or that fill the disk, and what they leave behind: nothing but what was there
// before.
#include "data/corpus.h"
#include "import_fixture.h"

#include <QTest>
#include <algorithm>
#include <csignal>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace retort;
using namespace retort::test;
namespace fs = std::filesystem;

namespace {

/// Runs `act` in a process of its own and gives its status as waitpid() does. What `act` throws becomes
/// status 100.
int in_child(const std::function<int()>& act) {
    const pid_t child = ::fork();
    if (child == 0) {
        int status = 100;
        try {
            status = act();
        } catch (const std::exception& error) {
            qWarning("%s", error.what());
        }
        ::_exit(status);
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child ? status : -1;
}

/// Imports in a process of its own, which is killed as soon as it says that it is in `phase`.
void import_until_killed(const ImportSpec& spec, const std::string& phase) {
    const int status = in_child([&] {
        import_documents(spec, [&](const std::string& now, double) {
            if (now == phase) ::raise(SIGKILL);
        });
        return 0;
    });
    QVERIFY2(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, phase.c_str());
}

/// Imports and says how that ended: 0, 1 for what a full disk is to give, 2 for anything else.
int outcome_of(const ImportSpec& spec) {
    const auto error = error_of([&] { import_documents(spec, {}); });
    if (!error) return 0;
    const std::string said = error->what();
    const bool is_one_sentence =
        said.starts_with("Cannot write ") && said.ends_with('.') && said.find('\n') == std::string::npos;
    if (error->kind() == ErrorKind::workspace && is_one_sentence) return 1;
    qWarning("%s", said.c_str());
    return 2;
}

} // namespace

class TestImportInterrupted : public QObject {
    Q_OBJECT
    const ImportHome home_;

private Q_SLOTS:
    void cleanup() { home_.clear(); }

    void whatWasKilledBeginsAnew_data() {
        QTest::addColumn<QString>("phase");
        for (const char* phase : {"reading", "finding duplicates", "choosing", "writing"})
            QTest::addRow("%s", phase) << phase;
    }
    void whatWasKilledBeginsAnew() {
        QFETCH(QString, phase);
        const ImportSpec old = import_of({home_.write("old.json", array_of(wiki(1, 50)))});
        ImportSpec spec = import_of({home_.write("x.json", array_of(wiki(2, 1500)))});
        const std::string before = import_documents(old, {}).identity();

        import_until_killed(spec, phase.toStdString());
        QVERIFY(!is_tidy()); // it was at work
        QCOMPARE(open_corpus("x").identity(), before);
        QCOMPARE(list_corpora().size(), std::size_t{1});

        const std::string again = import_documents(spec, {}).identity();
        QVERIFY(is_tidy());
        spec.name = "undisturbed";
        QCOMPARE(import_documents(spec, {}).identity(), again);
        QVERIFY(again != before);
    }
    void whatOthersAreMakingStays() {
        const fs::path own = corpora_folder() / (".y." + std::to_string(::getpid()) + ".tmp");
        fs::create_directories(own);
        (void)import_documents(import_of({home_.write("x.json", array_of(wiki(1, 50)))}), {});
        QVERIFY(fs::exists(own));
    }
    void fullDiskKeepsTheOldCorpus_data() {
        QTest::addColumn<int>("kilobytes"); // that a file may have
        for (const int kilobytes : {0, 4, 100, 400})
            QTest::addRow("%d kB", kilobytes) << kilobytes;
    }
    /// A limit on the size of files fails where a full disk does: in the write.
    void fullDiskKeepsTheOldCorpus() {
        QFETCH(int, kilobytes);
        const ImportSpec old = import_of({home_.write("old.json", array_of(wiki(1, 50)))});
        const ImportSpec spec = import_of({home_.write("x.json", array_of(wiki(2, 1500)))});
        const std::string before = import_documents(old, {}).identity();
        const int status = in_child([&] {
            const auto bytes = static_cast<rlim_t>(kilobytes) * 1000;
            const rlimit limit{bytes, bytes};
            if (std::signal(SIGXFSZ, SIG_IGN) == SIG_ERR || ::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 3;
            return outcome_of(spec);
        });
        if (WIFEXITED(status) && WEXITSTATUS(status) == 3) QSKIP("the size of files cannot be limited here");
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 1);
        QVERIFY(is_tidy());
        QCOMPARE(open_corpus("x").identity(), before);
    }
    /// A file system of 3 MB that only the child sees.
    void fullFileSystemKeepsTheOldCorpus() {
        const ImportSpec old = import_of({home_.write("old.json", array_of(wiki(1, 50)))});
        const ImportSpec spec = import_of({home_.write("x.json", array_of(wiki(2, 1500)))});
        fs::create_directories(home_.path() / "cache");
        const int status = in_child([&] {
            const bool is_possible =
                ::unshare(CLONE_NEWNS) == 0 &&
                ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                ::mount("none", (home_.path() / "cache").c_str(), "tmpfs", 0, "size=3m") == 0;
            if (!is_possible) return 3;
            const std::string before = import_documents(old, {}).identity();
            const int outcome = outcome_of(spec);
            return outcome == 1 && (!is_tidy() || open_corpus("x").identity() != before) ? 4 : outcome;
        });
        if (WIFEXITED(status) && WEXITSTATUS(status) == 3) QSKIP("only root may mount a file system");
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 1);
    }
};

QTEST_APPLESS_MAIN(TestImportInterrupted)
#include "test_import_interrupted.moc"
