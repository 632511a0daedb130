// SPDX-License-Identifier: GPL-3.0-or-later
// A generated workspace with a series of ten million points and ten runs of ten curves × 10,000 steps: read
// from SQLite, drawn and zoomed, each figure beside its limit. Run with QT_QPA_PLATFORM=offscreen:
// bench_series [MILLIONS]
#include "store/run_store.h"
#include "store/workspace.h"
#include "tests/benchmarks/measure.h"
#include "widgets/plots/curve_stack.h"
#include "widgets/plots/line_plot.h"

#include <QApplication>
#include <QPixmap>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <cmath>
#include <cstdlib>
#include <random>
#include <unistd.h>

using namespace retort;
namespace fs = std::filesystem;

namespace {

constexpr double frameLimit = 16;
constexpr double firstPaintLimit = 300;
constexpr double queryLimit = 1;
constexpr std::int64_t steps = 10'000;
constexpr int runCount = 10;
constexpr int chartCount = 10;

/// Fills series as training would leave them, but in one transaction.
class Filler {
public:
    explicit Filler(const fs::path& file) : m_database(file.string(), SQLite::OPEN_READWRITE) {}

    void fill(const std::string& run, const std::string& name, std::int64_t count) {
        SQLite::Transaction transaction(m_database);
        SQLite::Statement series(m_database,
                                 "INSERT INTO series (run, name, domain, expert, setting, split) "
                                 "SELECT number, ?, '', '', '', 'train' FROM run WHERE id = ? RETURNING id");
        series.bind(1, name);
        series.bind(2, run);
        series.executeStep();
        const std::int64_t id = series.getColumn(0).getInt64();
        series.reset();
        SQLite::Statement point(m_database, "INSERT INTO point VALUES (?, ?, ?)");
        std::normal_distribution<double> noise(0, 0.15);
        point.bind(1, id);
        for (std::int64_t step = 1; step <= count; ++step) {
            point.bind(2, step);
            point.bind(3, 2 + 6 * std::exp(-4.0 * double(step) / double(count)) + noise(m_random));
            point.exec();
            point.reset();
        }
        transaction.commit();
    }

private:
    SQLite::Database m_database;
    std::mt19937_64 m_random{1};
};

std::string newRun(RunStore& store, const std::string& variant) {
    RunPlan plan{"bench", variant, 1, {}};
    plan.spec.task = Task::teacher;
    return store.begin(plan).id;
}

CurvePoints pointsOf(SeriesPoints& series) {
    return {std::move(series.steps), std::move(series.values), {}, {}};
}

/// What one turn of the event loop draws.
void paint(QWidget& widget) {
    QApplication::processEvents();
    QPixmap picture(widget.size());
    widget.render(&picture);
}

void addCurve(LinePlot& plot, const QString& id, int place, CurvePoints points) {
    plot.addCurve(
        {.id = id, .label = id, .style = styleOfVariant(place), .clock = std::make_shared<RunClock>()});
    plot.setPoints(id, std::move(points));
}

void benchQueries(const MinMaxPyramid& series, std::span<const double> positions) {
    const auto size = static_cast<double>(series.size());
    std::size_t seen = 0;
    for (const double share : {1.0, 0.1, 0.001, 0.00001}) {
        const Window window{0.3 * size, (0.3 + 0.7 * share) * size};
        const double time = milliseconds([&] { seen += query(series, positions, window, 1100).size(); });
        print_figure("query of " + std::to_string(70 * share) + " % to 1,100 columns", time, queryLimit);
    }
    if (seen == 0) std::printf("nothing was seen\n");
}

void benchLongSeries(RunStore& store, const std::string& run, double millions) {
    std::vector<SeriesPoints> series;
    print_figure("reading " + std::to_string(millions) + " million points from SQLite",
                 milliseconds_of([&] { series = store.series(run, "loss"); }));
    LinePlot plot(QStringLiteral("Loss"), QStringLiteral("nats per token"));
    plot.resize(1200, 700);
    print_figure("minima and maxima of them",
                 milliseconds_of([&] { addCurve(plot, QStringLiteral("long"), 0, pointsOf(series[0])); }));
    plot.show();
    paint(plot);
    const Curve& curve = *plot.curves().front();
    benchQueries(curve.values(), curve.positions());
    const double end = curve.positions().back();
    double zoom = 1;
    const double frame = milliseconds(
        [&] {
            zoom *= 0.5;
            plot.group().zoomTo({0.4 * end, (0.4 + 0.5 * zoom) * end});
            paint(plot);
        },
        20);
    print_figure("frame while zooming into it, halving 20 times", frame, frameLimit);
}

void benchFirstPaint(RunStore& store, const std::vector<std::string>& runs) {
    std::vector<std::vector<SeriesPoints>> read;
    const double reading = milliseconds_of([&] {
        for (const std::string& run : runs)
            read.push_back(store.series(run));
    });
    print_figure("reading 10 runs x 10 curves x 10,000 steps from SQLite", reading);
    CurveStack stack;
    stack.resize(1200, 2000);
    const double painting = milliseconds_of([&] {
        for (int chart = 0; chart < chartCount; ++chart) {
            LinePlot* plot = stack.addPlot(QString::number(chart), {}, 1);
            for (std::size_t run = 0; run < read.size(); ++run)
                addCurve(*plot, QStringLiteral("run %1").arg(run), static_cast<int>(run),
                         pointsOf(read[run][static_cast<std::size_t>(chart)]));
        }
        stack.show();
        paint(stack);
    });
    print_figure("first paint of 10 charts with them", painting, firstPaintLimit);
    print_figure("both", reading + painting, firstPaintLimit);
}

} // namespace

int main(int argc, char** argv) {
    const QApplication app(argc, argv);
    const double millions = argc > 1 ? std::atof(argv[1]) : 10;
    const fs::path folder = fs::temp_directory_path() / ("retort-series-" + std::to_string(::getpid()));
    {
        const Workspace workspace(folder);
        RunStore store(workspace);
        const std::string longRun = newRun(store, "long");
        std::vector<std::string> runs;
        for (int run = 0; run < runCount; ++run)
            runs.push_back(newRun(store, "run-" + std::to_string(run)));
        print_figure("generating the workspace", milliseconds_of([&] {
                         Filler filler(folder / "retort.sqlite");
                         filler.fill(longRun, "loss", static_cast<std::int64_t>(millions * 1e6));
                         for (const std::string& run : runs)
                             for (int chart = 0; chart < chartCount; ++chart)
                                 filler.fill(run, "metric_" + std::to_string(chart), steps);
                     }));
        benchLongSeries(store, longRun, millions);
        benchFirstPaint(store, runs);
    }
    fs::remove_all(folder);
}
