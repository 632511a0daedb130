// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a distillation step is on this machine. Figures for a person; nothing here decides a run.
#pragma once

#include "spec/run_spec.h"

#include <cstdint>
#include <string>

namespace retort {

struct BenchmarkSizes {
    ModelSpec teacher, student;
    std::int64_t vocab = 4000;
    std::int64_t context = 128;
    std::int64_t batch = 16;
};
/// "a": teacher 6×256, student 3×128; "b": 12×768 and 6×768, vocabulary 32 000; "paper": 24×1024 and 6×768,
/// batch 32, context 1024. Throws Error{usage} for another name.
[[nodiscard]] BenchmarkSizes benchmark_sizes(const std::string& name);

enum class BenchmarkMode {
    online,  ///< one student, the teacher computed
    cached,  ///< one student, the teacher's hidden states from a file
    fan_out, ///< four students from one pass of the teacher
    text     ///< one student without a teacher
};
template <>
struct EnumNames<BenchmarkMode> {
    static constexpr std::array<std::pair<BenchmarkMode, std::string_view>, 4> values = {
        {{BenchmarkMode::online, "online"},
         {BenchmarkMode::cached, "cached"},
         {BenchmarkMode::fan_out, "fan-out"},
         {BenchmarkMode::text, "text"}}};
};

struct StepFigures {
    double step_seconds = 0; ///< median, of one student: a step of four takes four times as long
    double tokens_per_second = 0;
    double peak_mb = 0;  ///< of the process, resident; MB are 2^20 bytes
    double idle_mb = 0;  ///< before the first tensor
    double state_mb = 0; ///< weights, gradients and moments of all students, weights of the teacher
    double flops = 0;    ///< operations of a student's share of a step
};

/// Makes three steps and then `steps` measured ones on random tokens. Memory is the process's, so that only
/// the first measurement of a process tells it.
[[nodiscard]] StepFigures measure_steps(const BenchmarkSizes& sizes, BenchmarkMode mode, int steps,
                                        const RunSettings& settings);

/// Operations per second of a product of two 1024 × 1024 matrices, the best of several: what the machine's
/// own library does.
[[nodiscard]] double gemm_rate(const RunSettings& settings);

} // namespace retort
