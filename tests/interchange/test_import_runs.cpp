// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/import_runs.h"

#include "base/error.h"
#include "interchange/event_file.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace retort;
namespace fs = std::filesystem;

namespace {

void write_events(const fs::path& file) {
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary);
    EventFileWriter(out, 0, "").write({1, 0, "loss", 2});
}

void write_text(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

std::vector<std::string> labels_of(const std::vector<ImportedRun>& runs) {
    std::vector<std::string> labels;
    for (const ImportedRun& run : runs)
        labels.push_back(run.name.study + "/" + run.name.variant + "/" + std::to_string(run.name.seed));
    return labels;
}

std::vector<std::string> imported(const fs::path& path, const ImportNames& names = {}) {
    std::vector<std::string> labels;
    for (const RunFiles& source : find_imports(path, names))
        for (const std::string& label : labels_of(read_import(source).runs))
            labels.push_back(label);
    return labels;
}

} // namespace

class TestImportRuns : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    [[nodiscard]] fs::path path(const char* name) const { return folder_.filePath(name).toStdString(); }

private Q_SLOTS:
    void namesComeFromThePath_data() {
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("label");
        QTest::newRow("itself") << ""
                                << "home/logs/1";
        QTest::newRow("a variant") << "adaptive"
                                   << "logs/adaptive/1";
        QTest::newRow("a seed") << "adaptive/3"
                                << "logs/adaptive/3";
        QTest::newRow("a named seed") << "adaptive/seed_3"
                                      << "logs/adaptive/3";
        QTest::newRow("a seed at the end") << "adaptive-seed12"
                                           << "logs/adaptive/12";
        QTest::newRow("a short seed") << "adaptive_s4"
                                      << "logs/adaptive/4";
        QTest::newRow("only a seed") << "seed=7"
                                     << "logs/base/7";
        QTest::newRow("only a number") << "7"
                                       << "logs/base/7";
        QTest::newRow("no seed") << "bs64"
                                 << "logs/bs64/1";
        QTest::newRow("three parts") << "alpha/fixed/2"
                                     << "alpha/fixed/2";
        QTest::newRow("deep") << "a/b/c"
                              << "logs/a-b-c/1";
        QTest::newRow("not plain") << "lr 0.1, wd=0"
                                   << "logs/lr-0.1--wd-0/1";
        QTest::newRow("time") << "2024-07-27_16:21"
                              << "logs/2024-07-27_16-21/1";
    }
    void namesComeFromThePath() {
        QFETCH(QString, place);
        QFETCH(QString, label);
        const fs::path root = "/home/logs";
        const ImportedName name = name_by_path(root, place.isEmpty() ? root : root / place.toStdString(), {});
        QCOMPARE(QString::fromStdString(name.study + "/" + name.variant + "/" + std::to_string(name.seed)),
                 label);
    }
    void chosenNamesComeFirst() {
        const fs::path root = "/home/logs";
        QVERIFY((name_by_path(root, root / "a/seed_3", {"mine", "", {}}) == ImportedName{"mine", "a", 3}));
        QVERIFY((name_by_path(root, root / "a/3", {"", "b", 9}) == ImportedName{"logs", "b", 9}));
        QVERIFY((name_by_path(root, root / "a/b/3", {"mine", "", {}}) == ImportedName{"mine", "a-b", 3}));
    }
    void foldersAreSearched() {
        const fs::path root = path("logs");
        write_events(root / "fixed/1/events.out.tfevents.1");
        write_events(root / "fixed/1/events.out.tfevents.2");
        write_events(root / "keras/train/events.out.tfevents.1.v2");
        write_events(root / "keras/validation/events.out.tfevents.1.v2");
        write_text(root / "wide.csv", "step,a\n1,2\n");
        write_text(root / "notes.txt", "nothing");
        QCOMPARE(imported(root), (std::vector<std::string>{"logs/fixed/1", "logs/keras/1", "logs/wide/1"}));
        QCOMPARE(find_imports(root).front().files.size(), 2U);
        QCOMPARE(imported(root / "fixed/1"), (std::vector<std::string>{"fixed/base/1"}));
        QCOMPARE(imported(root / "wide.csv"), (std::vector<std::string>{"logs/wide/1"}));
        QCOMPARE(imported((root / "fixed").string() + "/"), (std::vector<std::string>{"fixed/base/1"}));
    }
    void runsOfALongFileKeepTheirNames() {
        const fs::path file = path("long/curves.csv");
        write_text(file, "run,series,step,value\na/b/2,ce,1,3\na/b/2,ce,2,3\nplain,ce,1,4\n");
        QCOMPARE(imported(file), (std::vector<std::string>{"a/b/2", "long/plain/1"}));
    }
    void curvesThatTensorBoardGaveOutAreOneRun() {
        const fs::path root = path("given");
        write_text(root / "run-fixed_seed_2-tag-loss.csv", "Wall time,Step,Value\n1722097270,1,2\n");
        write_text(root / "run-fixed_seed_2-tag-lr.csv", "Wall time,Step,Value\n1722097270,1,3\n");
        const std::vector<RunFiles> found = find_imports(root);
        QCOMPARE(found.size(), 1U);
        const ImportReading reading = read_import(found.front());
        QCOMPARE(labels_of(reading.runs), (std::vector<std::string>{"given/fixed/2"}));
        QCOMPARE(reading.runs.front().curves.curves.size(), 2U);
    }
    void whatCannotBeImportedIsSaid() {
        fs::create_directories(path("empty"));
        const auto complaint = [](const fs::path& place, const ImportNames& names) -> std::string {
            try {
                (void)imported(place, names);
            } catch (const Error& error) {
                return error.what();
            }
            return {};
        };
        QVERIFY(complaint(path("empty"), {}).find("neither event files") != std::string::npos);
        QVERIFY(complaint(path("nowhere"), {}).find("nothing at") != std::string::npos);
        QVERIFY(complaint(path("empty"), {"a/b", "", {}}).find("cannot name a study") != std::string::npos);
        write_text(path("words.csv"), "step,word\n1,a\n");
        QVERIFY(complaint(path("words.csv"), {}).find("holds no curve") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestImportRuns)
#include "test_import_runs.moc"
