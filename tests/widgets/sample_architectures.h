// SPDX-License-Identifier: GPL-3.0-or-later
// Modular runs as a study might leave them, for tests and galleries.
#pragma once

#include "sample_study.h"
#include "spec/grid.h"

namespace retort {

inline RunSpec sampleModular(Architecture architecture, std::vector<std::string> domains = sampleDomains) {
    RunSpec spec;
    spec.task = Task::modular;
    spec.data.domains = std::move(domains);
    spec.teacher.emplace();
    spec.distill.emplace();
    spec.modular.emplace().architecture = architecture;
    spec.router.emplace();
    spec.evaluation.emplace().grid = {"paper", "posterior", "parameters"};
    return spec;
}

inline EvaluationRow architectureRow(const std::string& domain, const std::string& setting, double nats) {
    return {domain, "", setting, "valid", nats * 1000, 1000, 4000, 200};
}

/// Evaluated at steps 10 and 20; at 20, the loss of domain d is `loss` + d / 10, and setting s of the grid
/// lies s / 100 above that.
inline ComparedRun sampleArchitecture(const std::string& variant, Architecture architecture,
                                      std::uint64_t seed, double loss, ParameterCount parameters) {
    ComparedRun run;
    const RunSpec spec = sampleModular(architecture);
    run.record = sampleRecord("01" + variant + std::to_string(seed), variant, seed, RunStatus::done, 20, 20);
    run.record.task = Task::modular;
    run.record.spec = to_json(spec);
    run.record.parameters = parameters;
    for (std::size_t d = 0; d < sampleDomains.size(); ++d) {
        run.evaluations.push_back({10, architectureRow(sampleDomains[d], "", 8)});
        EvaluationRow expert = architectureRow(sampleDomains[d], "", 8);
        expert.expert = sampleDomains[d];
        run.evaluations.push_back({10, expert});
    }
    const std::vector<GridSetting> settings = grid_of(spec);
    for (std::size_t d = 0; d < sampleDomains.size(); ++d) {
        const double nats = loss + 0.1 * static_cast<double>(d);
        run.evaluations.push_back({20, architectureRow(sampleDomains[d], "", nats)});
        for (std::size_t s = 0; s < settings.size(); ++s)
            run.evaluations.push_back(
                {20, architectureRow(sampleDomains[d], name_of(settings[s], sampleDomains),
                                     nats + 0.01 * static_cast<double>(s))});
    }
    run.clock = {{10, 1000, 4}, {20, 2000, 8}};
    return run;
}

/// ple, jeet and moe-ce over seeds 1 to `seeds`, and a dense student without experts.
inline void fillWithArchitectures(SampleSource& source, std::uint64_t seeds) {
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const double own = 0.02 * static_cast<double>(seed);
        source.runs.push_back(
            sampleArchitecture("a-ple", Architecture::ple, seed, 4.1 + own, {2'480'640, 620'160}));
        source.runs.push_back(
            sampleArchitecture("b-jeet", Architecture::jeet, seed, 4.0 + own, {1'328'640, 620'160}));
        source.runs.push_back(
            sampleArchitecture("c-moe-ce", Architecture::moe_ce, seed, 3.9 + own, {1'564'800, 856'320}));
        ComparedRun dense =
            sampleArchitecture("d-dense", Architecture::jeet, seed, 4.2 + own, {620'160, 620'160});
        std::erase_if(dense.evaluations,
                      [](const auto& e) { return !e.row.setting.empty() || !e.row.expert.empty(); });
        dense.record.task = Task::distill;
        source.runs.push_back(std::move(dense));
    }
}

} // namespace retort
