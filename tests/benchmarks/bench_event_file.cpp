// SPDX-License-Identifier: GPL-3.0-or-later
// Reading an event file of 150 MB with its checksums, as an import does, beside the checksums alone and
// beside a plain pass over the bytes. Run: bench_event_file [MEGABYTES]
#include "base/files.h"
#include "interchange/crc32c.h"
#include "interchange/event_file.h"
#include "interchange/tensorboard.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <numeric>
#include <string>
#include <unistd.h>

namespace {

using namespace retort;
namespace fs = std::filesystem;

constexpr int series_count = 20;

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Twenty scalars a step, until the file has its size; returns how many.
std::int64_t write_events(const fs::path& file, std::int64_t bytes) {
    std::ofstream out(file, std::ios::binary);
    EventFileWriter writer(out, 1'722'097'270, "");
    std::int64_t count = 0;
    for (std::int64_t step = 1; out.tellp() < bytes; ++step)
        for (int i = 0; i < series_count; ++i, ++count)
            writer.write({step, 1'722'097'270 + 0.1 * static_cast<double>(step),
                          "train/metric_" + std::to_string(i), 1.0 / static_cast<double>(step + i)});
    return count;
}

void print_rate(const char* what, double megabytes, double seconds, double peer) {
    std::printf("%-44s %8.3f s %8.0f MB/s %8.2f times the checksums alone\n", what, seconds,
                megabytes / seconds, seconds / peer);
}

} // namespace

int main(int argc, char** argv) {
    const double megabytes = argc > 1 ? std::atof(argv[1]) : 150;
    const fs::path file = fs::temp_directory_path() / ("retort-" + std::to_string(::getpid()) + ".tfevents");
    const std::int64_t points = write_events(file, static_cast<std::int64_t>(megabytes * 1e6));
    {
        const MappedFile mapped(file);
        std::uint64_t sum = 0;
        const double pass = seconds_of([&] {
            for (const std::byte byte : mapped.bytes())
                sum += std::to_integer<std::uint64_t>(byte);
        });
        const double checksums = seconds_of([&] { sum += crc32c(mapped.bytes()); });
        std::size_t read = 0;
        const double reading = seconds_of([&] {
            for (const RunCurves::Curve& curve : read_tensorboard({{file, {}}}).curves.curves)
                read += curve.steps.size();
        });
        std::printf("%.0f MB, %lld points, %zu read (%llu)\n", megabytes, static_cast<long long>(points),
                    read, static_cast<unsigned long long>(sum & 0xFF));
        print_rate("a pass over the bytes", megabytes, pass, checksums);
        print_rate("checksums alone", megabytes, checksums, checksums);
        print_rate("read, checked, as curves (limit: 1 s)", megabytes, reading, checksums);
    }
    fs::remove(file);
}
