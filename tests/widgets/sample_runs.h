// SPDX-License-Identifier: GPL-3.0-or-later
// Runs as a training might leave them, for tests and galleries.
#pragma once

#include "spec/run_spec_json.h"
#include "widgets/pages/live_history.h"

#include <cmath>
#include <random>

namespace retort {

inline const std::vector<std::string> sampleDomains = {"en", "fr", "de", "py"};

inline RunRecord sampleRecord(const std::string& id, const std::string& variant, std::uint64_t seed,
                              RunStatus status, std::int64_t steps, std::int64_t total) {
    RunRecord record;
    record.id = id;
    record.study = "alpha";
    record.variant = variant;
    record.seed = seed;
    record.status = status;
    record.created = "2025-03-14T09:26:53Z";
    RunSpec spec;
    spec.seed = seed;
    spec.optim.lr = variant == "fixed" ? 5e-4 : 1e-3;
    record.spec = to_json(spec);
    record.steps = steps;
    record.total_steps = total;
    record.tokens = steps * 2048;
    record.wall_seconds = static_cast<double>(steps) * 0.34;
    record.parameters = {705'408, 705'408};
    return record;
}

inline double sampleLoss(std::int64_t step, double floor) {
    return floor + 5.2 * std::exp(-static_cast<double>(step) / 400);
}

inline EvaluationRow sampleEvaluation(std::int64_t step, std::size_t domain) {
    EvaluationRow row;
    row.domain = sampleDomains[domain];
    row.tokens = 8192;
    row.bytes = 8192 * 3 + 1000 * static_cast<std::int64_t>(domain);
    const double loss = sampleLoss(step, 3.1 + 0.18 * static_cast<double>(domain));
    row.nll = loss * static_cast<double>(row.tokens);
    row.correct = static_cast<std::int64_t>(static_cast<double>(row.tokens) * 0.55 * std::exp(-loss / 6));
    return row;
}

/// Noisy curves of `steps` steps, an evaluation every hundred, a NaN and an infinity in the gradient norm.
inline LiveHistory sampleHistory(std::int64_t steps) {
    LiveHistory history;
    const std::vector<std::string> names = {"loss", "ce", "kd",        "alpha",
                                            "beta", "lr", "grad_norm", "teacher_ce"};
    for (const std::string& name : names)
        history.series.push_back({{name, "", "", "", "train"}, {}, {}});
    std::mt19937_64 random(7);
    std::normal_distribution<double> noise(0, 1);
    for (std::int64_t step = 1; step <= steps; ++step) {
        const double ce = sampleLoss(step, 3.3) * std::exp(0.03 * noise(random));
        const double kd = sampleLoss(step, 1.9) * std::exp(0.04 * noise(random));
        const double norm = step == 700   ? std::nan("")
                            : step == 900 ? INFINITY
                                          : std::exp(0.2 * noise(random)) * 1.4;
        const std::vector<double> values = {(ce + kd) / 2,
                                            ce,
                                            kd,
                                            0.5,
                                            0.5,
                                            5e-4 * std::min(1.0, static_cast<double>(step) / 150) *
                                                (1 - static_cast<double>(step) / 4100),
                                            norm,
                                            2.9 * std::exp(0.03 * noise(random))};
        for (std::size_t i = 0; i < values.size(); ++i) {
            history.series[i].steps.push_back(step);
            history.series[i].values.push_back(values[i]);
        }
        history.clock.push_back({step, step * 2048, static_cast<double>(step) * 0.34});
        for (std::size_t domain = 0; step % 100 == 0 && domain < sampleDomains.size(); ++domain)
            history.evaluations.push_back({step, sampleEvaluation(step, domain)});
    }
    history.log = {
        {"2025-03-14T09:26:53Z", "Tokenizer found: tokenizer-51f0c2aa90b3e7d1.", Notice::Level::info},
        {"2025-03-14T09:26:54Z", "Teacher found: model-8c11d0e2f6a94b37 (alpha/teacher/1).",
         Notice::Level::info},
        {"2025-03-14T09:30:12Z", "Gradient norm was NaN at step 700; the step was skipped.",
         Notice::Level::warning}};
    return history;
}

} // namespace retort
