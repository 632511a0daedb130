// SPDX-License-Identifier: GPL-3.0-or-later
// How long a workspace of many runs keeps a person waiting, each step beside its limit: the list read from
// the store, the table filled and drawn, filtered, sorted, grouped. Run: bench_runs [RUNS [FOLDER]]; a folder
// that is given keeps the workspace, and is used again as it is.
#include "analysis/run_filter.h"
#include "spec/run_spec_fields.h"
#include "store/run_store.h"
#include "tests/benchmarks/generated_runs.h"
#include "widgets/pages/runs_page.h"
#include "widgets/tables/run_table.h"
#include "widgets/tables/run_table_model.h"

#include <QApplication>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <unistd.h>

namespace {

using namespace retort;
namespace fs = std::filesystem;

struct Measured {
    double wall = 0;
    double processor = 0; ///< what other programs take is not in it
};

Measured seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t processor = std::clock();
    work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
            static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC};
}

/// Returns what was measured, to be added up.
Measured print(const char* what, double limit, const std::function<void()>& work) {
    const Measured measured = seconds_of(work);
    std::printf("%-44s %8.3f s %8.3f s of the processor   limit %5.2f s  %s\n", what, measured.wall,
                measured.processor, limit, measured.wall <= limit ? "ok" : "ABOVE");
    return measured;
}

RunFilter filter_of(const char* text, const RunFields& fields) {
    FilterReading reading = read_run_filter(text, fields);
    if (reading.problem) std::printf("%s\n", reading.problem->message.c_str());
    return reading.filter;
}

void measure_filters(RunTable& table, const std::vector<RunRecord>& runs) {
    RunFields fields;
    print("names of all fields and values", 0.05, [&] { fields = RunFields::of(runs); });
    for (const char* text :
         {"v42", "perplexity.de < 40", "alpha.mode = adaptive and lr > 5e-4 or loss < 3.2"})
        print((std::string("filter: ") + text).c_str(), 0.1, [&] {
            table.setFilter(filter_of(text, fields));
            table.grab();
        });
    print("no filter", 0.1, [&] {
        table.setFilter({});
        table.grab();
    });
}

void measure_table(RunTable& table, const std::vector<RunRecord>& runs) {
    measure_filters(table, runs);
    const auto sort = [&](int column) {
        table.sortByColumn(column, Qt::AscendingOrder);
        table.grab();
    };
    print("sort by name", 0.25, [&] { sort(RunTableModel::Name); });
    print("sort by loss", 0.25, [&] { sort(RunTableModel::Loss); });
    table.showField(QStringLiteral("optim.lr"));
    print("sort by a field of the specification", 0.25, [&] { sort(table.model()->columnCount() - 1); });
    print("group by variant", 0.25, [&] {
        table.setGrouping(RunGrouping::variant);
        table.grab();
    });
    print("ungroup", 0.25, [&] {
        table.setGrouping(RunGrouping::none);
        table.grab();
    });
}

void measure(const Workspace& workspace) {
    RunStore store(workspace);
    std::vector<RunRecord> runs;
    RunsPage page;
    page.resize(1280, 800);
    page.show();
    const Measured list = print("list from the store", 0.4, [&] { runs = store.runs(); });
    print("those in training, from the store", 0.01, [&] { (void)store.live_runs(); });
    const Measured table = print("table filled and drawn", 0.25, [&] {
        page.setRuns(runs);
        page.grab();
    });
    std::printf("%-44s %8.3f s %8.3f s of the processor   limit %5.2f s  %s\n", "usable",
                list.wall + table.wall, list.processor + table.processor, 0.5,
                list.wall + table.wall <= 0.5 ? "ok" : "ABOVE");
    print("one run of them changed", 0.016, [&] { page.updateRun(runs.front()); });
    print("the list anew", 0.1, [&] { page.setRuns(runs); });
    measure_table(*page.findChild<RunTable*>(), runs);
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication app(argc, argv);
    const int count = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const fs::path kept = argc > 2 ? argv[2] : "";
    const fs::path folder =
        kept.empty() ? fs::temp_directory_path() / ("retort-bench-runs-" + std::to_string(::getpid())) : kept;
    {
        const bool is_there = fs::exists(folder / "retort.sqlite");
        const Workspace workspace(folder);
        if (!is_there)
            std::printf("%d runs written in %.1f s\n", count,
                        seconds_of([&] { generate_runs(workspace, count); }).wall);
        measure(workspace);
    }
    if (kept.empty()) fs::remove_all(folder);
}
