// SPDX-License-Identifier: GPL-3.0-or-later
// Points a second that the recorder takes in, beside the same rows by an insert and a commit each, as a
// program without a recorder writes them. Run: bench_store [STEPS]
#include "store/recorder.h"
#include "store/run_store.h"
#include "store/workspace.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using namespace retort;
namespace fs = std::filesystem;
using Seconds = std::chrono::duration<double>;

constexpr int series_count = 20;

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return Seconds(std::chrono::steady_clock::now() - start).count();
}

std::vector<Metric> metrics_of(std::int64_t step) {
    std::vector<Metric> metrics;
    for (int i = 0; i < series_count; ++i) {
        SeriesKey key;
        key.name = "metric_" + std::to_string(i);
        key.domain = i % 2 == 0 ? "en" : "";
        key.split = "train";
        metrics.push_back({key, 1.0 / static_cast<double>(step + i)});
    }
    return metrics;
}

std::string new_run(const Workspace& workspace) {
    RunStore store(workspace);
    RunPlan plan{"bench", "base", 1, {}};
    plan.spec.task = Task::teacher;
    return store.begin(plan).id;
}

double record(const Workspace& workspace, const std::vector<RunEvent>& events) {
    Recorder recorder(workspace);
    return seconds_of([&] {
        for (const RunEvent& event : events)
            recorder.accept(event);
        recorder.flush();
    });
}

double commit_each(const fs::path& file, const std::vector<RunEvent>& events) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                  "CREATE TABLE point (name TEXT, domain TEXT, step INTEGER, value REAL)");
    return seconds_of([&] {
        SQLite::Statement insert(database, "INSERT INTO point VALUES (?, ?, ?, ?)");
        for (const RunEvent& event : events)
            for (const Metric& metric : std::get<StepMeasured>(event.what).metrics) {
                insert.bind(1, metric.series.name);
                insert.bind(2, metric.series.domain);
                insert.bind(3, std::get<StepMeasured>(event.what).step);
                insert.bind(4, metric.value);
                insert.exec();
                insert.reset();
            }
    });
}

std::vector<RunEvent> events_of(const std::string& run, std::int64_t steps) {
    std::vector<RunEvent> events;
    for (std::int64_t step = 1; step <= steps; ++step) {
        RunEvent event;
        event.run = run;
        event.what = StepMeasured{step, step * 2048, 0.1 * static_cast<double>(step), metrics_of(step)};
        events.push_back(std::move(event));
    }
    return events;
}

void print_rate(const char* what, std::int64_t points, double seconds) {
    std::printf("%-34s %9lld points %8.2f s %10.0f points/s\n", what, static_cast<long long>(points), seconds,
                static_cast<double>(points) / seconds);
}

void finish(Recorder& recorder, const std::string& run) {
    RunEvent evaluated{run, 1, 1, Evaluated{}}, done{run, 1, 2, StatusChanged{RunStatus::done, {}, "model"}};
    for (const char* domain : {"en", "fr", "de", "py"})
        std::get<Evaluated>(evaluated.what).rows.push_back({domain, {}, {}, "valid", 300, 100, 400, 20});
    recorder.accept(evaluated);
    recorder.accept(done);
}

void list_many(const Workspace& workspace, int count) {
    RunStore store(workspace);
    Recorder recorder(workspace);
    RunPlan plan{"many", "base", 1, {}};
    plan.spec.teacher.emplace();
    plan.spec.distill.emplace();
    for (int i = 0; i < count; ++i) {
        plan.seed = plan.spec.seed = static_cast<std::uint64_t>(i);
        finish(recorder, store.begin(plan).id);
    }
    recorder.flush();
    std::size_t listed = 0;
    const auto start = std::clock();
    const double seconds = seconds_of([&] { listed = store.runs().size(); });
    std::printf("%-34s %9zu runs   %8.2f s, of the processor %.2f s\n", "table of runs", listed, seconds,
                static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
}

} // namespace

int main(int argc, char** argv) {
    const std::int64_t steps = argc > 1 ? std::atoll(argv[1]) : 50'000;
    const fs::path folder = fs::temp_directory_path() / ("retort-bench-" + std::to_string(::getpid()));
    {
        const Workspace workspace(folder);
        const std::vector<RunEvent> events = events_of(new_run(workspace), steps);
        const std::int64_t points = steps * series_count;
        const double ours = record(workspace, events);
        const double peer = commit_each(folder / "peer.sqlite", events);
        print_rate("recorder", points, ours);
        print_rate("peer: one insert, one commit", points, peer);
        std::printf("%-34s %9.1f times\n", "ratio", peer / ours);
        list_many(workspace, 10'000);
    }
    fs::remove_all(folder);
}
