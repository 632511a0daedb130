// SPDX-License-Identifier: GPL-3.0-or-later
// One training step of distillation in Retort and, in the same run, in stock PyTorch (peer_step.py): tokens
// per second and peak memory of both. Usage: bench_step [a|b] [STEPS] [fp32|bf16]; sizes as ARCHITECTURE.md's
// targets name them.
#include "engine/devices.h"
#include "engine/process_setup.h"
#include "nn/trainee.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <sys/resource.h>
#include <vector>

using namespace retort;

namespace {

struct Sizes {
    Gpt2Shape teacher, student;
    std::int64_t batch;
};

Sizes sizes_of(const std::string& name) {
    if (name == "b") return {{12, 768, 12, 32'000, 256, true}, {6, 768, 12, 32'000, 256, true}, 4};
    return {{6, 256, 4, 4'000, 128, true}, {3, 128, 4, 4'000, 128, true}, 16};
}

struct Figures {
    double step_seconds = 0, peak_mb = 0, idle_mb = 0;
};

double resident_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

Figures measure_retort(const Sizes& sizes, int steps, at::ScalarType compute) {
    Figures figures;
    figures.idle_mb = resident_mb();
    const Gpt2 teacher = frozen(Gpt2(sizes.teacher, 1), compute, at::kCPU);
    Trainee student(sizes.student, OptimSpec{}, 2, compute, at::kCPU);
    LossTerm kl;
    kl.divergence = Divergence::forward_kl;
    std::vector<LossTerm> terms = {LossTerm{}, kl};
    for (LossTerm& term : terms)
        term.weight = 0.5;
    std::vector<double> seconds;
    for (int step = 0; step < steps + 3; ++step) {
        const at::Tensor windows =
            at::randint(sizes.student.vocab, {sizes.batch, sizes.student.positions + 1}, at::kLong);
        const auto start = std::chrono::steady_clock::now();
        const Batch batch = split_windows(windows, at::kCPU);
        std::vector<HeadInput> teachers;
        {
            const at::NoGradGuard no_grad;
            teachers.push_back({teacher.hidden(batch.inputs, {}).flatten(0, 1), teacher.head_weight()});
        }
        ForwardContext context;
        context.dropout = 0.1;
        context.step = static_cast<std::uint64_t>(step);
        const auto targets = static_cast<double>(batch.targets.numel());
        student.accumulate({batch, teachers, terms, targets, context});
        student.update(1e-4, student.gradient_norm(), 1.0);
        seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    seconds.erase(seconds.begin(), seconds.begin() + 3);
    std::ranges::sort(seconds);
    figures.step_seconds = seconds[seconds.size() / 2];
    figures.peak_mb = resident_mb();
    return figures;
}

std::string shape_text(const Gpt2Shape& shape) {
    return std::to_string(shape.layers) + "x" + std::to_string(shape.width) + "x" +
           std::to_string(shape.heads);
}

nlohmann::json measure_peer(const Sizes& sizes, int steps, const std::string& options) {
    const std::string command =
        "/usr/bin/python3 " RETORT_SOURCE_DIR "/tests/benchmarks/peer_step.py --teacher " +
        shape_text(sizes.teacher) + " --student " + shape_text(sizes.student) + " --vocab " +
        std::to_string(sizes.student.vocab) + " --context " + std::to_string(sizes.student.positions) +
        " --batch " + std::to_string(sizes.batch) + " --steps " + std::to_string(steps) + " " + options;
    std::string output;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return nullptr;
    for (std::array<char, 4096> part{}; std::fgets(part.data(), part.size(), pipe) != nullptr;)
        output += part.data();
    return pclose(pipe) == 0 ? nlohmann::json::parse(output, nullptr, false) : nlohmann::json();
}

void print_row(const char* name, double tokens, double step_seconds, double peak_mb, double ratio) {
    std::printf("%-28s %8.1f ms  %9.0f tokens/s  %7.0f MB peak  %5.2fx\n", name, 1000 * step_seconds,
                tokens / step_seconds, peak_mb, ratio);
}

} // namespace

int main(int argc, char** argv) {
    set_up_process(argv);
    const Sizes sizes = sizes_of(argc > 1 ? argv[1] : "a");
    const int steps = argc > 2 ? std::stoi(argv[2]) : 20;
    const bool bf16 = argc > 3 && std::string(argv[3]) == "bf16";
    enter_training_thread(resolve(RunSettings{}));
    const Figures mine = measure_retort(sizes, steps, bf16 ? at::kBFloat16 : at::kFloat);
    const double tokens = static_cast<double>(sizes.batch * sizes.student.positions);
    print_row(bf16 ? "Retort, bf16" : "Retort, fp32", tokens, mine.step_seconds, mine.peak_mb, 1.0);
    const std::pair<const char*, const char*> peers[] = {{"PyTorch fp32, as installed", "--precision fp32"},
                                                         {"PyTorch fp32, tuned", "--precision fp32 --tuned"},
                                                         {"PyTorch bf16, tuned", "--precision bf16 --tuned"}};
    for (const auto& [name, options] : peers) {
        const nlohmann::json peer = measure_peer(sizes, steps, options);
        if (!peer.is_object()) {
            std::printf("%-28s not measured (is python3-torch installed?)\n", name);
            continue;
        }
        const double seconds = peer["step_seconds"];
        print_row(name, tokens, seconds, peer["peak_rss_mb"], seconds / mine.step_seconds);
    }
    std::printf("The last column is how many times the step of Retort fits into the peer's.\n");
}
