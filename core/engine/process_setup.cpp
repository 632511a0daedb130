// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/process_setup.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <fstream>
#include <malloc.h>
#include <sched.h>
#include <set>
#include <string>
#include <unistd.h>
#include <utility>

namespace retort {
namespace {

constexpr const char* already_set_up = "RETORT_PROCESS_IS_SET_UP";

/// Temporaries of tens of megabytes come and go in each step; by default glibc maps and unmaps every one of
/// them.
void keep_large_blocks() {
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    mallopt(M_TOP_PAD, 256 << 20);
    mallopt(M_ARENA_MAX, 1); // other arenas give their memory back at once, whatever the thresholds
}

/// LibTorch takes AVX2 where the processor has AVX-512, unless it is told.
void choose_vector_kernels() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
        setenv("ATEN_CPU_CAPABILITY", "avx512", 0);
#endif
}

/// A team of OpenMP that spins takes the cores from the shares of a batch, and from a BLAS with threads of
/// its own. The wait policy is read when libgomp is loaded, so the program has to be started once more.
void calm_thread_pools(char** argv) {
    if (std::getenv("OMP_WAIT_POLICY") != nullptr || std::getenv(already_set_up) != nullptr) return;
    setenv("OMP_WAIT_POLICY", "PASSIVE", 1);
    setenv(already_set_up, "1", 1);
    execv("/proc/self/exe", argv);
}

int read_number(const std::string& file) {
    std::ifstream in(file);
    int number = -1;
    in >> number;
    return number;
}

} // namespace

void set_up_process(char** argv) {
    keep_large_blocks();
    choose_vector_kernels();
    calm_thread_pools(argv);
}

int physical_cores() {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
    std::set<std::pair<int, int>> cores;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &allowed)) continue;
        const std::string topology = "/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/";
        const int core = read_number(topology + "core_id");
        cores.emplace(read_number(topology + "physical_package_id"), core >= 0 ? core : cpu);
    }
    return std::max(1, static_cast<int>(cores.size()));
}

} // namespace retort
