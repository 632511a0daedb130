// SPDX-License-Identifier: GPL-3.0-or-later
// Time of the processor, so that a busy machine does not count, and figures beside their limits.
#pragma once

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

namespace retort {

/// Milliseconds of this thread.
inline double now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

inline double milliseconds_of(const std::function<void()>& work) {
    const double start = now();
    work();
    return now() - start;
}

/// Median of `times`.
inline double milliseconds(const std::function<void()>& work, int times = 15) {
    std::vector<double> all;
    for (int i = 0; i < times; ++i)
        all.push_back(milliseconds_of(work));
    std::ranges::sort(all);
    return all[all.size() / 2];
}

/// "frame …            12.34 ms   limit 16 ms   held". `limit` 0: none.
inline void print_figure(const std::string& what, double time, double limit = 0) {
    std::printf("%-66s %9.3f ms", what.c_str(), time);
    if (limit > 0) std::printf("   limit %3.0f ms   %s", limit, time <= limit ? "held" : "MISSED");
    std::printf("\n");
    std::fflush(stdout);
}

} // namespace retort
