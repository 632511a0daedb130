// SPDX-License-Identifier: GPL-3.0-or-later
// A study with seeds as a workspace might hold it, for tests and galleries of the Compare page.
#pragma once

#include "sample_runs.h"
#include "widgets/pages/compare_source.h"

#include <cstdio>

namespace retort {

/// Of `variant`, whose losses lie `shift` above the first variant's; each seed has noise of its own.
inline ComparedRun sampleSeed(const std::string& variant, std::uint64_t seed, double shift,
                              std::int64_t steps) {
    ComparedRun run;
    run.record =
        sampleRecord("01" + variant + std::to_string(seed), variant, seed, RunStatus::done, steps, steps);
    run.series.push_back({{"ce", "", "", "", "train"}, {}, {}});
    run.keys = {run.series.front().key, {"alpha", "", "", "", "train"}};
    std::mt19937_64 random(seed * 31 + static_cast<std::uint64_t>(variant.front()));
    std::normal_distribution<double> noise(0, 1);
    const double own = 0.02 * noise(random);
    for (std::int64_t step = 1; step <= steps; ++step) {
        run.series[0].steps.push_back(step);
        run.series[0].values.push_back(sampleLoss(step, 3.3 + shift + own) * std::exp(0.03 * noise(random)));
        if (step % 10 == 0) run.clock.push_back({step, step * 2048, static_cast<double>(step) * 0.34});
        if (step % 100 != 0) continue;
        for (std::size_t domain = 0; domain < sampleDomains.size(); ++domain) {
            EvaluationRow row = sampleEvaluation(step, domain);
            row.nll += (shift + own + 0.004 * noise(random)) * static_cast<double>(row.tokens);
            run.evaluations.push_back({step, row});
        }
    }
    return run;
}

/// Answers at once with the runs that it was given, and counts.
class SampleSource : public CompareSource {
public:
    std::vector<ComparedRun> runs;
    std::vector<std::string> asked; ///< "id id|series" of each reading

    void read(const std::vector<std::string>& ids, const std::string& series, Answer answer) override {
        std::string question;
        std::vector<ComparedRun> found;
        for (const std::string& id : ids) {
            question += (question.empty() ? "" : " ") + id;
            for (const ComparedRun& run : runs)
                if (run.record.id == id) found.push_back(withSeries(run, series));
        }
        asked.push_back(question + "|" + series);
        answer(std::move(found));
    }
    [[nodiscard]] std::vector<RunRecord> records() const {
        std::vector<RunRecord> all;
        for (const ComparedRun& run : runs)
            all.push_back(run.record);
        return all;
    }

private:
    static ComparedRun withSeries(ComparedRun run, const std::string& name) {
        std::erase_if(run.series, [&](const auto& series) { return series.key.name != name; });
        return run;
    }
};

/// Three variants: "adaptive" 0.03 nats above "fixed", "alone" 0.2 above it.
inline void fillWithStudy(SampleSource& source, std::uint64_t seeds, std::int64_t steps) {
    for (const auto& [variant, shift] :
         {std::pair("a-fixed", 0.0), std::pair("b-adaptive", 0.03), std::pair("c-alone", 0.2)})
        for (std::uint64_t seed = 1; seed <= seeds; ++seed)
            source.runs.push_back(sampleSeed(variant, seed, shift, steps));
}

/// A grid of learning rates, temperatures and kinds of alpha, three seeds each.
inline void fillWithSweep(SampleSource& source) {
    for (const double lr : {1e-4, 3e-4, 1e-3, 3e-3})
        for (const double temperature : {1.0, 2.0, 4.0})
            for (const char* kind : {"fixed", "adaptive"})
                for (std::uint64_t seed = 1; seed <= 3; ++seed) {
                    const double shift = 0.1 * std::abs(std::log10(lr / 8e-4)) +
                                         0.03 * std::abs(temperature - 2) + (*kind == 'f' ? 0.02 : 0);
                    char name[64];
                    std::snprintf(name, sizeof name, "lr-%g-T-%g-%s", lr, temperature, kind);
                    source.runs.push_back(sampleSeed(name, seed, shift, 2000));
                    Json spec = *source.runs.back().record.spec;
                    spec["optim"]["lr"] = lr;
                    spec["distill"]["temperature"] = temperature;
                    spec["distill"]["alpha"]["kind"] = kind;
                    source.runs.back().record.spec = std::move(spec);
                }
}

} // namespace retort
