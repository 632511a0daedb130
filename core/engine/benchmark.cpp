// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/benchmark.h"

#include "analysis/model_size.h"
#include "base/error.h"
#include "data/block_cache.h"
#include "engine/devices.h"
#include "engine/stopwatch.h"
#include "nn/torch_settings.h"
#include "nn/trainee.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace retort {
namespace fs = std::filesystem;
namespace {

constexpr int warm_up_steps = 3;
constexpr int students_of_fan_out = 4;
constexpr int cached_batches = 8;

double peak_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::vector<LossTerm> terms_of(const BenchmarkSizes& sizes, bool taught) {
    LossTerm ce, kl;
    ce.normaliser = kl.normaliser = static_cast<double>(sizes.batch * sizes.context);
    if (!taught) return {ce};
    kl.divergence = Divergence::forward_kl;
    ce.weight = kl.weight = 0.5;
    return {ce, kl};
}

/// Hidden states of a few batches in a file, read as training reads them.
class KeptHidden {
public:
    KeptHidden(const BenchmarkSizes& sizes, at::ScalarType compute)
        : file_(fs::temp_directory_path() / ("retort-benchmark-" + std::to_string(::getpid()))),
          cache_(file_, cached_batches * sizes.batch, sizes.context * sizes.teacher.width),
          block_(at::randn({sizes.batch, sizes.context, sizes.teacher.width}).to(at::kBFloat16)),
          compute_(compute) {
        for (std::int64_t i = 0; i < cached_batches * sizes.batch; ++i)
            (void)cache_.write(i, bits_of(block_[i % sizes.batch]));
    }
    ~KeptHidden() { fs::remove(file_); }
    KeptHidden(const KeptHidden&) = delete;
    KeptHidden& operator=(const KeptHidden&) = delete;

    at::Tensor read(int step, std::int64_t first, std::int64_t sequences) {
        for (std::int64_t row = first; row < first + sequences; ++row)
            (void)cache_.read(step % cached_batches * block_.size(0) + row, bits_of(block_[row]));
        return block_.slice(0, first, first + sequences).to(compute_).flatten(0, 1);
    }

private:
    fs::path file_;
    BlockCache cache_;
    at::Tensor block_;
    at::ScalarType compute_;
};

class Bench {
public:
    Bench(const BenchmarkSizes& sizes, BenchmarkMode mode, const ResolvedSettings& resolved)
        : sizes_(sizes),
          device_(resolved.device),
          compute_(compute_type(resolved)),
          mode_(mode),
          team_(team_threads(resolved)),
          teacher_(frozen(Gpt2(shape_of(sizes.teacher, sizes.vocab, sizes.context), 1), compute_, device_)),
          terms_(terms_of(sizes, mode != BenchmarkMode::text)) {
        for (int i = 0; i < (mode == BenchmarkMode::fan_out ? students_of_fan_out : 1); ++i)
            students_.push_back(std::make_unique<Trainee>(shape_of(sizes.student, sizes.vocab, sizes.context),
                                                          OptimSpec{}, 2 + static_cast<std::uint64_t>(i),
                                                          compute_, device_));
        if (mode == BenchmarkMode::cached) kept_ = std::make_unique<KeptHidden>(sizes, compute_);
    }

    /// Seconds per student.
    double step(int number) {
        const at::Tensor windows = at::randint(sizes_.vocab, {sizes_.batch, sizes_.context + 1}, at::kLong);
        const Stopwatch watch;
        std::vector<BatchShare> shares = cut_batch(windows, team_, device_);
        if (mode_ != BenchmarkMode::text) teach(shares, number);
        ForwardContext context;
        context.dropout = sizes_.student.dropout;
        context.step = static_cast<std::uint64_t>(number);
        for (const auto& student : students_) {
            student->accumulate({team_, shares, terms_, context});
            student->update(1e-4, student->gradient_norm(), 1.0);
        }
        return watch.seconds() / static_cast<double>(students_.size());
    }

private:
    void teach(std::vector<BatchShare>& shares, int number) {
        team_.run(shares.size(), [&](std::size_t i) {
            BatchShare& share = shares[i];
            share.teachers.emplace_back(HeadInput{hidden(share, number), teacher_.head_weight()},
                                        share.batch.targets, mode_ == BenchmarkMode::fan_out);
        });
    }

    at::Tensor hidden(const BatchShare& share, int number) {
        if (kept_) return kept_->read(number, share.first_sequence, share.batch.inputs.size(0)).to(device_);
        const at::NoGradGuard no_grad;
        return teacher_.hidden(share.batch.inputs, {}).flatten(0, 1);
    }

    BenchmarkSizes sizes_;
    at::Device device_;
    at::ScalarType compute_;
    BenchmarkMode mode_;
    ShareTeam team_;
    Gpt2 teacher_;
    std::vector<LossTerm> terms_;
    std::vector<std::unique_ptr<Trainee>> students_;
    std::unique_ptr<KeptHidden> kept_;
};

double state_mb(const BenchmarkSizes& sizes, BenchmarkMode mode) {
    const double students = mode == BenchmarkMode::fan_out ? students_of_fan_out : 1;
    const auto count = [&](const ModelSpec& model) {
        return static_cast<double>(parameter_count(model, sizes.vocab, sizes.context).total);
    };
    return (4 * students * count(sizes.student) + count(sizes.teacher)) * 4 / (1 << 20);
}

double flops_of(const BenchmarkSizes& sizes, BenchmarkMode mode) {
    const double student = flops_per_token(sizes.student, sizes.vocab, sizes.context).training;
    const double teacher = flops_per_token(sizes.teacher, sizes.vocab, sizes.context).forward;
    const double head = 2.0 * static_cast<double>(sizes.vocab * sizes.teacher.width);
    double share = 0;
    if (mode == BenchmarkMode::online) share = teacher;
    if (mode == BenchmarkMode::cached) share = head;
    if (mode == BenchmarkMode::fan_out) share = teacher / students_of_fan_out;
    return (student + share) * static_cast<double>(sizes.batch * sizes.context);
}

} // namespace

BenchmarkSizes benchmark_sizes(const std::string& name) {
    const auto model = [](std::int64_t layers, std::int64_t width, std::int64_t heads) {
        return ModelSpec{.layers = layers, .width = width, .heads = heads};
    };
    if (name == "a") return {model(6, 256, 4), model(3, 128, 4), 4'000, 128, 16};
    if (name == "b") return {model(12, 768, 12), model(6, 768, 12), 32'000, 256, 4};
    if (name == "paper") return {model(24, 1024, 16), model(6, 768, 12), 32'000, 1024, 32};
    throw Error(ErrorKind::usage, "There is no benchmark " + name + "; take a, b or paper.");
}

StepFigures measure_steps(const BenchmarkSizes& sizes, BenchmarkMode mode, int steps,
                          const RunSettings& settings) {
    const ResolvedSettings resolved = resolve(settings);
    enter_training_thread(resolved);
    StepFigures figures;
    figures.idle_mb = peak_mb();
    Bench bench(sizes, mode, resolved);
    std::vector<double> seconds;
    for (int step = 0; step < warm_up_steps + steps; ++step) {
        const double taken = bench.step(step);
        if (step >= warm_up_steps) seconds.push_back(taken);
    }
    std::ranges::nth_element(seconds, seconds.begin() + steps / 2);
    figures.step_seconds = seconds[static_cast<std::size_t>(steps) / 2];
    figures.tokens_per_second = static_cast<double>(sizes.batch * sizes.context) / figures.step_seconds;
    figures.peak_mb = peak_mb();
    figures.state_mb = state_mb(sizes, mode);
    figures.flops = flops_of(sizes, mode);
    return figures;
}

double gemm_rate(const RunSettings& settings) {
    constexpr std::int64_t size = 1024;
    constexpr int rounds = 12;
    const ResolvedSettings resolved = resolve(settings);
    enter_training_thread(resolved);
    const auto options = at::TensorOptions(at::Device(resolved.device))
                             .dtype(resolved.precision == "bf16" ? at::kBFloat16 : at::kFloat);
    const at::Tensor a = at::randn({size, size}).to(options), b = at::randn({size, size}).to(options);
    ShareTeam team(team_threads(resolved));
    const auto products = static_cast<std::size_t>(team.size());
    double best = 0;
    for (int round = 0; round < rounds; ++round) {
        std::vector<double> sums(products);
        const Stopwatch watch;
        team.run(products,
                 [&](std::size_t i) { sums[i] = at::mm(a, b).sum().item<double>(); }); // item waits for a GPU
        best = std::max(best, 2.0 * static_cast<double>(products * size * size * size) / watch.seconds());
    }
    return best;
}

} // namespace retort
