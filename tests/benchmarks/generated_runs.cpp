// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/generated_runs.h"

#include "store/recorder.h"
#include "store/run_store.h"

#include <string>

namespace retort {
namespace {

constexpr int seeds = 5, variants = 100;

RunPlan plan_number(int number) {
    const int variant = number / seeds % variants;
    RunPlan plan{"sweep-" + std::to_string(number / (seeds * variants)),
                 "v" + std::to_string(variant),
                 static_cast<std::uint64_t>(number % seeds + 1),
                 {}};
    plan.spec.seed = plan.seed;
    plan.spec.optim.lr = 1e-4 * (1 + variant % 10);
    plan.spec.teacher.emplace();
    DistillSpec& distill = plan.spec.distill.emplace();
    distill.temperature = 1 + variant / 10;
    distill.alpha.mode = variant % 2 == 0 ? AlphaMode::fixed : AlphaMode::adaptive;
    return plan;
}

void finish(Recorder& recorder, const std::string& run, int number) {
    RunEvent evaluated{run, 1, 1, Evaluated{}}, done{run, 1, 2, StatusChanged{RunStatus::done, {}, "model"}};
    int domain = 0;
    for (const char* name : {"en", "fr", "de", "py"}) {
        const double nll = 300 + number % 97 + 10 * domain++;
        std::get<Evaluated>(evaluated.what).rows.push_back({name, {}, {}, "valid", nll, 100, 400, 20});
    }
    recorder.accept(evaluated);
    recorder.accept(done);
}

} // namespace

void generate_runs(const Workspace& workspace, int count) {
    RunStore store(workspace);
    Recorder recorder(workspace);
    for (int number = 0; number < count; ++number)
        finish(recorder, store.begin(plan_number(number)).id, number);
    recorder.flush();
}

} // namespace retort
