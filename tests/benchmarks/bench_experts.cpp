// SPDX-License-Identifier: GPL-3.0-or-later
// What a training step of JEET costs per token as experts are added, each with 8 sequences, beside the step
// with two; the shape is the student of design.md's case (a). Run: bench_experts [ROUNDS]
#include "engine/process_setup.h"
#include "nn/modular_model.h"
#include "nn/trainee.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>

namespace {

using namespace retort;
constexpr std::int64_t vocab = 4000, context = 128, sequences_of_expert = 8;

class Bench {
public:
    explicit Bench(std::int64_t experts)
        : batch_(experts * sequences_of_expert),
          trainee_(std::make_unique<ModularModel>(shape(experts), 1), OptimSpec(), at::kFloat, at::kCPU) {
        for (std::int64_t i = 0; i < batch_; ++i)
            readers_.push_back(i / sequences_of_expert);
        numbers_.resize(readers_.size());
        std::iota(numbers_.begin(), numbers_.end(), 0);
    }

    /// Microseconds a token.
    double step(ShareTeam& team) {
        const auto start = std::chrono::steady_clock::now();
        ForwardContext context_of_pass;
        context_of_pass.dropout = 0.1;
        LossTerm term;
        term.normaliser = static_cast<double>(batch_ * context);
        std::vector<LossTerm> terms = {term};
        std::vector<BatchShare> shares =
            cut_batch(at::randint(vocab, {batch_, context + 1}, at::kLong), team, at::kCPU);
        (void)trainee_.accumulate({team, shares, terms, context_of_pass, readers_, numbers_});
        trainee_.update(1e-4, trainee_.gradient_norm(), 1.0);
        const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - start;
        return spent.count() / static_cast<double>(batch_ * context);
    }

private:
    static ModularShape shape(std::int64_t experts) {
        ModularShape shape{{3, 128, 4, vocab, context, true}, Architecture::jeet, {}, false, 0.5};
        for (std::int64_t i = 0; i < experts; ++i)
            shape.experts.push_back("e" + std::to_string(i));
        return shape;
    }

    std::int64_t batch_;
    Trainee trainee_;
    std::vector<std::int64_t> readers_, numbers_;
};

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char** argv) {
    set_up_process(argv);
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 15;
    at::set_num_threads(1);
    ShareTeam team(2);
    const std::vector<std::int64_t> counts = {2, 4, 8, 16};
    std::vector<Bench> benches;
    for (const std::int64_t count : counts)
        benches.emplace_back(count);
    std::vector<std::vector<double>> ratios(counts.size()), times(counts.size());
    for (int round = 0; round < rounds; ++round) { // side by side, so that a busy machine slows all alike
        for (std::size_t i = 0; i < counts.size(); ++i)
            times[i].push_back(benches[i].step(team));
        for (std::size_t i = 0; i < counts.size(); ++i)
            ratios[i].push_back(times[i].back() / times[0].back());
    }
    std::printf("experts  microseconds/token  of the step with 2\n");
    for (std::size_t i = 0; i < counts.size(); ++i)
        std::printf("%7lld  %18.1f  %18.3f\n", static_cast<long long>(counts[i]), median(times[i]),
                    median(ratios[i]));
}
