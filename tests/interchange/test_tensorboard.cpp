// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/tensorboard.h"

#include "base/error.h"
#include "interchange/event_file.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <limits>

using namespace retort;
namespace fs = std::filesystem;

namespace {

using Values = std::vector<double>;
using Steps = std::vector<std::int64_t>;

RunCurves sample() {
    RunCurves run;
    run.began = 1'722'097'270;
    const double inf = std::numeric_limits<double>::infinity();
    run.curves = {{{"ce", {}, {}, {}, "train"}, {1, 2, 3}, {2.5, inf, -inf}},
                  {{"nll", "fr", "de", "uniform", "valid"}, {0, 3}, {4.25, 3.5}}};
    run.clock = {{0, 0, 0}, {1, 100, 0.5}, {2, 200, 1}, {3, 300, 1.75}};
    return run;
}

/// An event file as another program writes it.
EventFile file_of(const fs::path& folder, const std::string& name, const std::vector<ScalarEvent>& events,
                  const std::string& split = {}) {
    fs::create_directories(folder);
    std::ofstream out(folder / name, std::ios::binary);
    EventFileWriter writer(out, events.front().wall_time, "");
    for (const ScalarEvent& event : events)
        writer.write(event);
    return {folder / name, split};
}

} // namespace

class TestTensorboard : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    [[nodiscard]] fs::path path(const char* name) const { return folder_.filePath(name).toStdString(); }

private Q_SLOTS:
    void aRunGoesOutAndComesBack() {
        write_tensorboard(sample(), path("out"));
        std::vector<EventFile> files;
        for (const auto& entry : fs::directory_iterator(path("out")))
            files.push_back({entry.path(), {}});
        QCOMPARE(files.size(), 1U);
        QVERIFY(is_event_file_name(files.front().path));
        const CurveReading back = read_tensorboard(files);
        QVERIFY(back.notices.empty());
        QCOMPARE(back.curves.began, sample().began);
        QCOMPARE(back.curves.curves.size(), 2U);
        for (const RunCurves::Curve& curve : sample().curves)
            QVERIFY(std::ranges::count(back.curves.curves, curve) == 1);
        QCOMPARE(back.curves.clock.size(), 4U);
        QCOMPARE(back.curves.clock[3].tokens, 300);
        QCOMPARE(back.curves.clock[3].wall_seconds, 1.75);
    }
    void filesOfOneFolderAreStitched() { // a restart writes a new file
        const CurveReading read = read_tensorboard(
            {file_of(path("a"), "events.out.tfevents.1", {{1, 10, "loss", 3}, {2, 11, "loss", 2}}),
             file_of(path("a"), "events.out.tfevents.2", {{2, 20, "loss", 1.5}, {3, 21, "loss", 1}})});
        QCOMPARE(read.curves.curves.size(), 1U);
        QCOMPARE(read.curves.curves.front().steps, (Steps{1, 2, 3}));
        QCOMPARE(read.curves.curves.front().values, (Values{3, 1.5, 1}));
        QCOMPARE(read.curves.clock.back().wall_seconds, 11);
        QCOMPARE(read.notices.size(), 1U);
    }
    void splitsStayApart() {
        const CurveReading read =
            read_tensorboard({file_of(path("b/train"), "x.tfevents.1", {{1, 10, "loss", 3}}, "train"),
                              file_of(path("b/validation"), "x.tfevents.1", {{1, 10, "loss", 4}}, "valid")});
        QCOMPARE(read.curves.curves.size(), 2U);
        QCOMPARE(read.curves.curves[0].key.name, "loss");
        QCOMPARE(read.curves.curves[1].key.name, "valid/loss");
    }
    void tagsMayComeInAnyOrder() { // the guess of the next tag is only a guess
        std::vector<ScalarEvent> events;
        const std::vector<const char*> tags = {"a", "b", "c", "a", "c", "b", "b", "a", "d", "a"};
        for (std::size_t i = 0; i < tags.size(); ++i)
            events.push_back({static_cast<std::int64_t>(i), 0, tags[i], static_cast<double>(i)});
        const CurveReading read = read_tensorboard({file_of(path("c"), "x.tfevents.1", events)});
        QCOMPARE(read.curves.curves.size(), 4U);
        for (const RunCurves::Curve& curve : read.curves.curves)
            for (std::size_t i = 0; i < curve.steps.size(); ++i) {
                QCOMPARE(static_cast<double>(curve.steps[i]), curve.values[i]);
                QCOMPARE(curve.key.name, tags[static_cast<std::size_t>(curve.steps[i])]);
            }
    }
    void aCutTailIsTold() {
        const EventFile file = file_of(path("d"), "x.tfevents.1", {{1, 0, "a", 1}, {2, 0, "a", 2}});
        fs::resize_file(file.path, fs::file_size(file.path) - 3);
        const CurveReading read = read_tensorboard({file});
        QCOMPARE(read.curves.curves.front().steps, (Steps{1}));
        QCOMPARE(read.notices.size(), 1U);
        QVERIFY(read.notices.front().find("no whole record") != std::string::npos);
    }
    void anotherFileIsRefused() {
        std::ofstream(path("tfevents.txt")) << "no event file at all";
        try {
            (void)read_tensorboard({{path("tfevents.txt"), {}}});
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::data);
        }
    }
};

QTEST_APPLESS_MAIN(TestTensorboard)
#include "test_tensorboard.moc"
