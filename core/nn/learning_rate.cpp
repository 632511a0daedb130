// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/learning_rate.h"

#include "spec/stages.h"

#include <cmath>
#include <numbers>

namespace retort {

double learning_rate(const OptimSpec& optim, std::int64_t step, std::int64_t total) {
    const auto warmup = static_cast<std::int64_t>(std::llround(optim.warmup * static_cast<double>(total)));
    if (step <= warmup) return optim.lr * static_cast<double>(step) / static_cast<double>(warmup);
    const double rest = static_cast<double>(total - step + 1) / static_cast<double>(total - warmup + 1);
    switch (optim.decay) {
    case Decay::linear:
        return optim.lr * rest;
    case Decay::cosine:
        return optim.lr * 0.5 * (1.0 + std::cos(std::numbers::pi * (1.0 - rest)));
    case Decay::constant:
        break;
    }
    return optim.lr;
}

double learning_rate(const RunSpec& spec, std::int64_t step) {
    if (spec.schedule.rewarm)
        for (const Stage& stage : stages_of(spec))
            if (step <= stage.end) return learning_rate(spec.optim, step - stage.begin, stage.steps());
    return learning_rate(spec.optim, step, total_steps(spec));
}

} // namespace retort
