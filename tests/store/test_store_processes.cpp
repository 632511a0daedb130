// SPDX-License-Identifier: GPL-3.0-or-later
// What only several processes can show: deaths in mid-write and races. The program runs itself as its own
// second process: `record`, `resume`, `put` and `write` below.
#include "base/files.h"
#include "store/artifact_folder.h"
#include "store_fixture.h"

#include <QCoreApplication>
#include <QProcess>
#include <cstdio>
#include <fcntl.h>
#include <iostream>
#include <memory>
#include <sys/file.h>
#include <unistd.h>

using namespace retort;
namespace fs = std::filesystem;

namespace {

const ArtifactRecipe recipe = {"tokens", Json{{"corpus", "c"}}};

void say(const std::string& line) {
    std::cout << line << std::endl;
}

void wait_for_a_line() {
    std::string line;
    std::getline(std::cin, line);
}

std::vector<Metric> metrics_of(std::int64_t step) {
    std::vector<Metric> metrics;
    for (const char* name : {"ce", "kd", "loss", "lr", "grad_norm"})
        metrics.push_back({train_series(name), static_cast<double>(step)});
    return metrics;
}

/// Records for ever and says each step that flush() has acknowledged.
void record(const Workspace& workspace) {
    RunStore store(workspace);
    const std::string run = store.begin(plan_named("killed")).id;
    Recorder recorder(workspace);
    recorder.accept(event_of(run, RunStarted{}));
    say(run);
    for (std::int64_t step = 1;; ++step) {
        recorder.accept(event_of(run, step_of(step, metrics_of(step))));
        if (step % 25 != 0) continue;
        recorder.flush();
        say(std::to_string(step));
    }
}

/// Resumes when it is told to, says how it went and holds the run until it is told to go.
void resume(const Workspace& workspace, const std::string& run) {
    RunStore store(workspace);
    say("ready");
    wait_for_a_line();
    const Thrown error = error_of([&] { (void)store.resume(run); });
    say(error.sentence.empty() ? "won" : error.sentence);
    wait_for_a_line();
}

void put(const Workspace& workspace) {
    ArtifactFolder artifacts(workspace);
    say("ready");
    wait_for_a_line();
    bool made = false;
    const Artifact artifact = artifacts.put(recipe, [&](const fs::path& folder) {
        made = true;
        for (int i = 0; i < 20; ++i)
            std::ofstream(folder / std::to_string(i)) << std::string(100'000, 'x');
    });
    say((made ? "made " : "found ") + artifact.sha256);
}

/// Stays in the middle of an artifact and of a checkpoint.
void write_for_ever(const Workspace& workspace) {
    const RunTicket ticket = RunStore(workspace).begin(plan_named("cut"));
    fs::create_directories(ticket.folder / "checkpoints");
    (void)ArtifactFolder(workspace).put(recipe, [&](const fs::path&) {
        write_folder_atomically(ticket.folder / "checkpoints" / "1", [](const fs::path&) {
            say("writing");
            wait_for_a_line();
        });
    });
}

int unfinished_below(const fs::path& folder) {
    int count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        count += entry.path().extension() == ".tmp" ? 1 : 0;
    return count;
}

class Process {
public:
    explicit Process(const QStringList& arguments) {
        process_.start(QCoreApplication::applicationFilePath(), arguments);
    }
    ~Process() { kill(); }
    /// Empty when the process ended instead.
    [[nodiscard]] std::string read_line() {
        while (!process_.canReadLine())
            if (!process_.waitForReadyRead(60'000)) return {};
        return process_.readLine().trimmed().toStdString();
    }
    void tell() {
        process_.write("\n");
        process_.waitForBytesWritten();
    }
    [[nodiscard]] qint64 pid() const { return process_.processId(); }
    void kill() {
        process_.kill();
        process_.waitForFinished();
    }

private:
    QProcess process_;
};

QString text_of(const fs::path& path) {
    return QString::fromStdString(path.string());
}

} // namespace

class TestStoreProcesses : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingAcknowledgedIsLostByAKill() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        for (int death = 0; death < 12; ++death) {
            Process child({"record", text_of(folder.path())});
            const std::string run = child.read_line();
            std::int64_t acknowledged = 0;
            const int lines = 1 + death * 7 % 5; // dies early and late
            for (int line = 0; line < lines; ++line)
                acknowledged = std::stoll(child.read_line());
            child.kill();

            const Workspace again(folder.path());
            QCOMPARE(look(again.database(), "PRAGMA integrity_check"), "ok");
            RunStore store(again);
            const auto series = store.series(run);
            QCOMPARE(series.size(), std::size_t{5});
            const auto last = static_cast<std::int64_t>(series[0].values.size());
            QVERIFY2(last >= acknowledged, qPrintable(QString("%1 of %2").arg(last).arg(acknowledged)));
            for (const SeriesPoints& points : series)
                for (std::int64_t step = 1; step <= last; ++step)
                    QCOMPARE(points.values.at(static_cast<std::size_t>(step - 1)), static_cast<double>(step));
            QCOMPARE(store.clock(run).size(), series[0].values.size());
            QCOMPARE(store.run(run).steps, last); // the summary is of the same moment as the points
            QCOMPARE(store.run(run).status, RunStatus::interrupted);
            QVERIFY(store.resume(run).resume);
        }
    }
    void ofTwoThatResumeOneWins() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        RunStore store(workspace);
        for (int round = 0; round < 4; ++round) {
            const std::string run = store.begin(plan_named("raced")).id;
            alter(workspace.database(), "UPDATE run SET status = 'stopped'");
            Process a({"resume", text_of(folder.path()), QString::fromStdString(run)});
            Process b({"resume", text_of(folder.path()), QString::fromStdString(run)});
            QCOMPARE(a.read_line(), "ready");
            QCOMPARE(b.read_line(), "ready");
            a.tell();
            b.tell();
            const std::string of_a = a.read_line(), of_b = b.read_line();
            QVERIFY2((of_a == "won") != (of_b == "won"), (of_a + " | " + of_b).c_str());
            const Process& winner = of_a == "won" ? a : b;
            const std::string refusal = of_a == "won" ? of_b : of_a;
            const std::string expected = "is held by process " + std::to_string(winner.pid());
            QVERIFY2(refusal.find(expected) != std::string::npos, refusal.c_str());
        }
    }
    void ofTwoThatPutOneMakes() {
        for (int round = 0; round < 4; ++round) {
            const TemporaryFolder folder;
            const Workspace workspace(folder.path());
            Process a({"put", text_of(folder.path())}), b({"put", text_of(folder.path())});
            QCOMPARE(a.read_line(), "ready");
            QCOMPARE(b.read_line(), "ready");
            a.tell();
            b.tell();
            const std::string of_a = a.read_line(), of_b = b.read_line();
            const auto artifact = ArtifactFolder(workspace).find(recipe);
            QVERIFY(artifact.has_value());
            QCOMPARE(std::min(of_a, of_b), "found " + artifact->sha256);
            QCOMPARE(std::max(of_a, of_b), "made " + artifact->sha256);
        }
    }
    void whatAKilledWriterLeftGoesWithTheNextOpening() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        Process child({"write", text_of(folder.path())});
        QCOMPARE(child.read_line(), "writing");
        QCOMPARE(unfinished_below(Workspace(folder.path()).artifacts()), 2);
        child.kill();
        QCOMPARE(unfinished_below(Workspace(folder.path()).artifacts()), 0);
    }
    void whatAMakerInAnotherContainerWritesStays() {
        const TemporaryFolder folder;
        const Workspace workspace(folder.path());
        fs::create_directories(workspace.artifacts() / ".locks");
        fs::create_directories(workspace.artifacts() / ".tokens-1.999999999.tmp"); // no pid here is so high
        const std::string file = workspace.artifacts() / ".locks" / "tokens-1";
        const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        QCOMPARE(::flock(lock, LOCK_EX), 0);
        QCOMPARE(unfinished_below(Workspace(folder.path()).artifacts()), 1);
        ::close(lock);
        QCOMPARE(unfinished_below(Workspace(folder.path()).artifacts()), 0);
    }
};

int main(int argc, char** argv) {
    const std::string what = argc > 2 ? argv[1] : "";
    if (what == "record") record(Workspace(argv[2]));
    if (what == "resume") resume(Workspace(argv[2]), argv[3]);
    if (what == "put") put(Workspace(argv[2]));
    if (what == "write") write_for_ever(Workspace(argv[2]));
    if (!what.empty() && what[0] != '-') return 0;
    QCoreApplication application(argc, argv);
    TestStoreProcesses test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_store_processes.moc"
