// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/schema.h"
#include "store_fixture.h"

#include <algorithm>
#include <sys/stat.h>

using namespace retort;
namespace fs = std::filesystem;

namespace {

void overwrite(const fs::path& file, std::streamoff at, const std::string& bytes) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(at);
    stream << bytes;
}

/// A workspace of one run with enough points for many pages.
std::string fill(const Workspace& workspace) {
    RunStore store(workspace);
    const std::string run = store.begin(plan_named("study")).id;
    Recorder recorder(workspace);
    for (int step = 1; step <= 5000; ++step)
        recorder.accept(event_of(run, step_of(step, {{train_series("ce"), 0.1 * step}})));
    recorder.flush();
    return run;
}

} // namespace

class TestWorkspace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void openingMakesFoldersAndDatabase() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path("deep/er"));
        QVERIFY(fs::is_directory(workspace.artifacts()));
        QVERIFY(fs::is_directory(workspace.folder() / "exports"));
        QVERIFY(!fs::exists(workspace.database().string() + "-wal")); // all is in the one file after closing
        QCOMPARE(look(workspace.database(), "PRAGMA journal_mode"), "wal");
        QCOMPARE(look(workspace.database(), "PRAGMA application_id"), std::to_string(application_id));
    }
    void defaultFollowsTheXdgRules() {
        const auto before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", "/somewhere");
        QCOMPARE(Workspace::default_folder().string(), "/somewhere/retort");
        qputenv("XDG_DATA_HOME", before);
    }
    void folderThatCannotBeMadeIsOneSentence() {
        const TemporaryFolder folder;
        std::ofstream(folder.path("file")) << "x";
        const Thrown error = error_of([&] { Workspace{folder.path("file") / "workspace"}; });
        QCOMPARE(error.kind, ErrorKind::workspace);
        QVERIFY2(error.says("Cannot make the folder"), error.sentence.c_str());
        QVERIFY(error.says((folder.path("file") / "workspace").string()));
    }
    void databaseThatCannotBeWrittenIsOneSentence() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        // A folder in the place of the database can be written by nobody, not even root.
        fs::remove(workspace.database());
        fs::create_directory(workspace.database());
        const Thrown error = error_of([&] { Workspace{folder.path()}; });
        QCOMPARE(error.kind, ErrorKind::workspace);
        QVERIFY2(error.says("Cannot open " + workspace.database().string()), error.sentence.c_str());
    }
    void readingNeedsAWorkspace() {
        const TemporaryFolder folder;
        const Thrown error = error_of([&] { Workspace(folder.path(), Workspace::Access::read_only); });
        QCOMPARE(error.kind, ErrorKind::workspace);
        QVERIFY(error.says("There is no workspace in"));
        QVERIFY(!fs::exists(folder.path()));
    }
    void readOnlyAccessReadsAndDoesNotWrite() {
        const TemporaryFolder folder;
        const std::string run = fill(Workspace(folder.path()));
        RunStore store(Workspace(folder.path(), Workspace::Access::read_only));
        QCOMPARE(store.series(run).at(0).steps.size(), std::size_t{5000});
        QCOMPARE(error_of([&] { store.set_deleted(run, true); }).kind, ErrorKind::workspace);
    }
    void garbageInPlaceOfTheDatabaseIsNamedAndKept() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        const std::string garbage(10'000, 'g');
        std::ofstream(workspace.database(), std::ios::binary) << garbage;
        const Thrown error = error_of([&] { Workspace{folder.path()}; });
        QCOMPARE(error.kind, ErrorKind::workspace);
        QVERIFY2(error.says(workspace.database().string() + " is damaged"), error.sentence.c_str());
        QCOMPARE(bytes_of(workspace.database()), garbage);
    }
    void garbageInTheMiddleIsNamedAndKept() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        fill(workspace);
        overwrite(workspace.database(), static_cast<std::streamoff>(fs::file_size(workspace.database()) / 2),
                  std::string(4096, 'g'));
        const std::string damaged = bytes_of(workspace.database());
        const Thrown error = error_of([&] { Workspace{folder.path()}; });
        QCOMPARE(error.kind, ErrorKind::workspace);
        QVERIFY2(error.says(workspace.database().string() + " is damaged"), error.sentence.c_str());
        QVERIFY(bytes_of(workspace.database()) == damaged);
    }
    void truncatedDatabaseIsNamedAndKept() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        fill(workspace);
        const auto half = fs::file_size(workspace.database()) / 2;
        fs::resize_file(workspace.database(), half);
        const Thrown error = error_of([&] { Workspace{folder.path()}; });
        QCOMPARE(error.kind, ErrorKind::workspace);
        QVERIFY2(error.says(workspace.database().string() + " is damaged"), error.sentence.c_str());
        QCOMPARE(fs::file_size(workspace.database()), half);
    }
    void newerDatabaseIsRefusedAndKept() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        alter(workspace.database(), "PRAGMA user_version = 1000");
        const std::string before = bytes_of(workspace.database());
        const Thrown error = error_of([&] { Workspace{folder.path()}; });
        QCOMPARE(error.kind, ErrorKind::workspace);
        QVERIFY2(error.says("was made by a newer Retort"), error.sentence.c_str());
        QVERIFY(bytes_of(workspace.database()) == before);
    }
    void databaseOfAnotherProgramIsRefusedAndKept() {
        const TemporaryFolder folder;
        fs::create_directory(folder.path());
        alter(folder.path() / "retort.sqlite", "CREATE TABLE theirs (x)");
        const Thrown error = error_of([&] { Workspace{folder.path()}; });
        QCOMPARE(error.kind, ErrorKind::workspace);
        QVERIFY2(error.says("belongs to another program"), error.sentence.c_str());
        QCOMPARE(look(folder.path() / "retort.sqlite", "SELECT group_concat(name) FROM sqlite_schema"),
                 "theirs");
    }
    void databaseOfTheOldestVersionOpensToday() {
        const TemporaryFolder folder;
        fs::create_directory(folder.path());
        const fs::path database = folder.path() / "retort.sqlite";
        alter(database, bytes_of(fs::path(RETORT_SOURCE_DIR) / "tests/store/version_1.sql"));
        RunStore store{Workspace(folder.path())};
        const RunRecord run = store.run("alpha/fixed/3");
        QCOMPARE(run.status, RunStatus::done);
        QCOMPARE(run.summary.perplexity.at("en"), 20.5);
        QCOMPARE(store.series(run.id).at(0).values, (std::vector<double>{8.25, 4.5}));
        QCOMPARE(store.evaluations(run.id).at(0).row.nll, 302.0);
        QCOMPARE(store.log(run.id).at(0).notice.text, "Training the tokenizer");
        QCOMPARE(look(database, "PRAGMA user_version"), std::to_string(schema_steps().size()));
    }
    void migrationsRunInOrderAndKeepACopyOfTheOld() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        const std::string run = fill(workspace);
        const std::size_t now = schema_steps().size();
        std::vector<const char*> steps(schema_steps().begin(), schema_steps().end());
        steps.push_back("CREATE TABLE added (x)");
        steps.push_back("INSERT INTO added VALUES (7)"); // fails unless the step before was taken
        {
            Connection connection(workspace);
            migrate_schema(connection, steps);
        }
        QCOMPARE(look(workspace.database(), "SELECT x FROM added"), "7");
        QCOMPARE(look(workspace.database(), "PRAGMA user_version"), std::to_string(now + 2));
        const std::string copy =
            workspace.database().string() + ".version-" + std::to_string(now) + ".backup";
        QCOMPARE(look(copy, "SELECT id FROM run"), run);
        QCOMPARE(look(copy, "SELECT count(*) FROM point"), "5000");
        QCOMPARE(look(copy, "SELECT count(*) FROM sqlite_schema WHERE name = 'added'"), "0");
        QCOMPARE(look(copy, "PRAGMA user_version"), std::to_string(now));
    }
    void migrationThatFailsChangesNothing() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        std::vector<const char*> steps(schema_steps().begin(), schema_steps().end());
        steps.push_back("CREATE TABLE added (x)");
        steps.push_back("this is no SQL");
        {
            Connection connection(workspace);
            QVERIFY_THROWS_EXCEPTION(Error, migrate_schema(connection, steps));
        }
        QCOMPARE(look(workspace.database(), "SELECT count(*) FROM sqlite_schema WHERE name = 'added'"), "0");
        Workspace{folder.path()};
    }
};

QTEST_APPLESS_MAIN(TestWorkspace)
#include "test_workspace.moc"
