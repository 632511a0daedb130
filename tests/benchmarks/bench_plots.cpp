// SPDX-License-Identifier: GPL-3.0-or-later
// Milliseconds of one frame with 50 curves × 2,000 noisy points, all and the live layer alone, of the page
// Compare with as many, and of one query of a series of ten million points, each beside its limit. Run with
// QT_QPA_PLATFORM=offscreen.
#include "tests/benchmarks/measure.h"
#include "tests/widgets/sample_study.h"
#include "widgets/pages/compare_page.h"
#include "widgets/plots/line_plot.h"

#include <QApplication>
#include <QComboBox>
#include <cmath>
#include <qcustomplot.h>
#include <random>

using namespace retort;

namespace {

constexpr int curveCount = 50;
constexpr int pointCount = 2000;
constexpr double frameLimit = 16;
constexpr double queryLimit = 1;

void fill(LinePlot& plot) {
    std::mt19937_64 random(1);
    std::normal_distribution<double> noise(0, 0.15);
    const auto clock = std::make_shared<RunClock>();
    for (int curve = 0; curve < curveCount; ++curve) {
        const QString id = QString::number(curve);
        plot.addCurve({.id = id,
                       .label = id,
                       .style = {curve % seriesStyleCount},
                       .clock = clock,
                       .isLive = curve == 0});
        for (int step = 1; step <= pointCount; ++step)
            plot.append(id, step, 2 + 6 * std::exp(-step / 400.0) + 0.05 * curve + noise(random));
    }
}

void benchFrames() {
    LinePlot plot(QStringLiteral("Loss"), QStringLiteral("nats per token"));
    plot.resize(1200, 700);
    fill(plot);
    plot.show();
    QApplication::processEvents();
    auto* canvas = plot.findChild<QCustomPlot*>();
    const auto frame = [canvas] { canvas->replot(); };
    print_figure("frame, 50 curves x 2,000 points", milliseconds(frame), frameLimit);
    print_figure("frame of the live layer alone", milliseconds([canvas] { canvas->layer("live")->replot(); }),
                 frameLimit);
    plot.setSmoothing(0.9);
    QApplication::processEvents();
    print_figure("frame, the same with smoothing", milliseconds(frame), frameLimit);
    plot.setReadoutShown(true);
    double place = 0;
    print_figure("cursor moved, with the readout of all", milliseconds([&] {
                     plot.group().setCursor(place += 20);
                     QApplication::processEvents();
                 }),
                 frameLimit);
}

/// As many variants as there are runs, and the same as ten variants with five seeds each.
void benchComparePage(std::uint64_t seeds) {
    SampleSource source;
    for (std::uint64_t variant = 0; variant < curveCount / seeds; ++variant)
        for (std::uint64_t seed = 1; seed <= seeds; ++seed)
            source.runs.push_back(
                sampleSeed("v" + std::to_string(variant), seed, 0.01 * double(variant), pointCount));
    ComparePage page;
    page.setSource(&source);
    page.resize(1280, 800);
    page.setRuns(source.records());
    const std::string study = std::to_string(curveCount / seeds) + " variants x " + std::to_string(seeds);
    const double first = milliseconds_of([&] {
        page.show();
        QApplication::processEvents();
        auto* metric = page.findChild<QComboBox*>(QStringLiteral("metric"));
        metric->setCurrentIndex(metric->findData(QStringLiteral("train/ce")));
        QApplication::processEvents();
        page.grab();
    });
    print_figure("page Compare, first look, " + study + " x 2,000 points", first, 300);
    auto* canvas = page.findChild<LinePlot*>()->findChild<QCustomPlot*>();
    print_figure("frame of its curves", milliseconds([canvas] { canvas->replot(); }), frameLimit);
    auto* band = page.findChild<QComboBox*>(QStringLiteral("band"));
    for (int i = 1; i <= band->count(); ++i) {
        const int next = i % band->count();
        print_figure("all made anew with the band: " + band->itemText(next).toStdString(),
                     milliseconds_of([&] { band->setCurrentIndex(next); }));
    }
}

void benchQuery() {
    constexpr std::size_t size = 10'000'000;
    MinMaxPyramid series;
    std::vector<double> positions(size);
    std::mt19937 random(1);
    print_figure("append of ten million points", milliseconds_of([&] {
                     for (std::size_t i = 0; i < size; ++i)
                         series.append(static_cast<double>(random()));
                 }));
    for (std::size_t i = 0; i < size; ++i)
        positions[i] = static_cast<double>(i);
    std::size_t seen = 0;
    for (const double share : {1.0, 0.1, 0.001}) {
        const Window window{0.3 * size, (0.3 + 0.7 * share) * size};
        const double time = milliseconds([&] { seen += query(series, positions, window, 1100).size(); });
        print_figure("query of " + std::to_string(70 * share) + " % of them to 1,100 columns", time,
                     queryLimit);
    }
    if (seen == 0) std::printf("nothing was seen\n");
}

} // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    benchFrames();
    benchComparePage(1);
    benchComparePage(5);
    benchQuery();
}
