// SPDX-License-Identifier: GPL-3.0-or-later
// Milliseconds of one frame with 50 curves × 2,000 noisy points, all and the live layer alone, and of one
// query of a series of ten million points. Run with QT_QPA_PLATFORM=offscreen.
#include "widgets/plots/line_plot.h"

#include <QApplication>
#include <QPixmap>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <qcustomplot.h>
#include <random>

using namespace retort;

namespace {

constexpr int curveCount = 50;
constexpr int pointCount = 2000;

/// Processor time of this thread, so that a busy machine does not count.
double now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

/// Median of 15.
double milliseconds(const std::function<void()>& work) {
    std::vector<double> times;
    for (int i = 0; i < 15; ++i) {
        const double start = now();
        work();
        times.push_back(now() - start);
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

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
    std::printf("frame, %d curves x %d points: %.1f ms\n", curveCount, pointCount, milliseconds(frame));
    std::printf("frame of the live layer alone: %.1f ms\n",
                milliseconds([canvas] { canvas->layer("live")->replot(); }));
    plot.setSmoothing(0.9);
    QApplication::processEvents();
    std::printf("frame, the same with smoothing: %.1f ms\n", milliseconds(frame));
}

void benchQuery() {
    constexpr std::size_t size = 10'000'000;
    MinMaxPyramid series;
    std::vector<double> positions(size);
    std::mt19937 random(1);
    const double start = now();
    for (std::size_t i = 0; i < size; ++i)
        series.append(static_cast<double>(random()));
    std::printf("append: %.0f million points/s\n", 1e-3 * size / (now() - start));
    for (std::size_t i = 0; i < size; ++i)
        positions[i] = static_cast<double>(i);
    std::size_t seen = 0;
    for (const double share : {1.0, 0.1, 0.001}) {
        const Window window{0.3 * size, (0.3 + 0.7 * share) * size};
        const double time = milliseconds([&] { seen += query(series, positions, window, 1100).size(); });
        std::printf("query of %.1f %% of ten million points to 1100 columns: %.3f ms\n", share * 70, time);
    }
    if (seen == 0) std::printf("nothing was seen\n");
}

} // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    benchFrames();
    benchQuery();
}
