// SPDX-License-Identifier: GPL-3.0-or-later
// What needs a file system of its own: one that runs full and one that is read-only. Both are made in a mount
// namespace of this process, which needs no rights on most machines and vanishes with it.
#include "store/artifact_folder.h"
#include "store_fixture.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace retort;
namespace fs = std::filesystem;

namespace {

bool write_line(const char* file, const std::string& line) {
    std::ofstream stream(file);
    stream << line << std::flush;
    return stream.good();
}

/// Our own mounts; as root directly, otherwise as root of a user namespace.
bool enter_namespace() {
    const uid_t user = ::geteuid();
    if (::unshare(user == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER) != 0) return false;
    if (user != 0 && !write_line("/proc/self/uid_map", "0 " + std::to_string(user) + " 1")) return false;
    return ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

bool mount_small_disk(const fs::path& folder) {
    fs::create_directories(folder);
    return ::mount("none", folder.c_str(), "tmpfs", 0, "size=4m") == 0;
}

/// Takes all the space that is left.
void fill_disk(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT, 0644);
    for (const std::size_t size : {std::size_t{65536}, std::size_t{1}}) {
        const std::string block(size, 'x');
        while (::write(descriptor, block.data(), block.size()) > 0) {
        }
    }
    ::close(descriptor);
}

} // namespace

class TestFullDisk : public QObject {
    Q_OBJECT
    TemporaryFolder folder_;
    bool may_mount_ = false;

private Q_SLOTS:
    void initTestCase() { may_mount_ = enter_namespace() && mount_small_disk(folder_.path("disk")); }
    void cleanupTestCase() {
        if (may_mount_) ::umount2(folder_.path("disk").c_str(), MNT_DETACH);
    }
    void eventsAreKeptUntilThereIsRoomAgain() {
        if (!may_mount_) QSKIP("this process may not mount a small disk");
        const Workspace workspace(folder_.path("disk") / "workspace");
        RunStore store(workspace);
        const std::string run = store.begin(plan_named("full")).id;
        RunControls controls;
        Recorder recorder(workspace, &controls);
        recorder.accept(event_of(run, RunStarted{}));
        recorder.flush();
        fill_disk(folder_.path("disk") / "ballast");

        constexpr std::int64_t steps = 20'000;
        for (std::int64_t step = 1; step <= steps; ++step)
            recorder.accept(event_of(run, step_of(step, {{train_series("ce"), 1.0 / double(step)}})));
        QTRY_VERIFY_WITH_TIMEOUT(!recorder.trouble().empty(), patience_ms);
        QCOMPARE(controls.command(run), RunCommand::stop);
        const Thrown error = error_of([&] { recorder.flush(); });
        QCOMPARE(error.kind, ErrorKind::workspace);
        QVERIFY2(error.says(workspace.database().string()), error.sentence.c_str());
        QVERIFY2(error.says("free"), error.sentence.c_str());

        fs::remove(folder_.path("disk") / "ballast");
        QTRY_COMPARE_WITH_TIMEOUT(recorder.trouble(), "", patience_ms);
        recorder.flush();
        const auto series = store.series(run);
        QCOMPARE(series.at(0).values.size(), static_cast<std::size_t>(steps));
        for (std::int64_t step = 1; step <= steps; ++step)
            QCOMPARE(series[0].values[static_cast<std::size_t>(step - 1)], 1.0 / double(step));
        QCOMPARE(store.run(run).steps, steps);
        QCOMPARE(look(workspace.database(), "PRAGMA integrity_check"), "ok");
    }
    void artifactThatFindsNoRoomIsAbsent() {
        if (!may_mount_) QSKIP("this process may not mount a small disk");
        const Workspace workspace(folder_.path("disk") / "workspace");
        ArtifactFolder artifacts(workspace);
        const ArtifactRecipe recipe = {"model", Json{{"seed", 1}}};
        const Thrown error = error_of([&] {
            artifacts.put(recipe, [](const fs::path& folder) {
                fill_disk(folder / "weights");
                throw Error(ErrorKind::workspace, "The disk is full.");
            });
        });
        QCOMPARE(error.sentence, "The disk is full.");
        QVERIFY(!artifacts.find(recipe));
        QVERIFY(fs::space(folder_.path("disk")).available > 1'000'000); // what was written has gone again
    }
    void readOnlyDiskIsReadAndRefusedForWriting() {
        if (!may_mount_) QSKIP("this process may not mount a small disk");
        const fs::path disk = folder_.path("disk");
        std::string run;
        {
            RunStore store{Workspace(disk / "archive %41 ?#")}; // a name that a URI must escape
            run = store.begin(plan_named("archived")).id;
        }
        QCOMPARE(::mount("none", disk.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
        const Thrown writing = error_of([&] { Workspace{disk / "archive %41 ?#"}; });
        const Thrown making = error_of([&] { Workspace{disk / "new"}; });
        const Workspace archive(disk / "archive %41 ?#", Workspace::Access::read_only);
        QCOMPARE(RunStore(archive).run("archived/base/1").id, run);
        QCOMPARE(::mount("none", disk.c_str(), nullptr, MS_REMOUNT, nullptr), 0);
        QCOMPARE(writing.kind, ErrorKind::workspace);
        QVERIFY2(writing.says((disk / "archive %41 ?#").string()), writing.sentence.c_str());
        QCOMPARE(making.kind, ErrorKind::workspace);
        QVERIFY2(making.says("Cannot make the folder"), making.sentence.c_str());
    }
};

QTEST_GUILESS_MAIN(TestFullDisk)
#include "test_full_disk.moc"
