// SPDX-License-Identifier: GPL-3.0-or-later
// Runs with stages as a training might leave them, for tests and galleries.
#pragma once

#include "analysis/forgetting.h"
#include "sample_study.h"
#include "spec/stages.h"

#include <algorithm>

namespace retort {

/// Steps of 2048 tokens, 50 for each domain.
inline RunSpec sequentialSpec(const std::vector<std::string>& order = {"en", "de", "fr", "py"},
                              ScheduleKind kind = ScheduleKind::sequential) {
    RunSpec spec = read_run_spec(Json::object()).spec;
    spec.data.domains = {"en", "fr", "de", "py"};
    spec.schedule.kind = kind;
    spec.schedule.domains = order;
    spec.optim.tokens = 2048 * 50 * static_cast<std::int64_t>(order.size());
    return spec;
}

inline EvaluationRow stageRow(const std::string& domain, double loss, double accuracy,
                              std::string_view setting = {}) {
    return {domain, "",    std::string(setting),         "valid", loss * 4096,
            4096,   16384, std::llround(accuracy * 4096)};
}

/// Losses of domains that fade while another is learned, by a share `kept` of what would be lost.
class FadingModel {
public:
    FadingModel(RunSpec spec, double kept) : m_spec(std::move(spec)), m_kept(kept) {}

    /// What the step after `step` whole ones does.
    void train(std::int64_t step) {
        const std::vector<std::string>& order = training_domains(m_spec);
        const auto count = static_cast<std::int64_t>(order.size());
        const bool isSequential = m_spec.schedule.kind == ScheduleKind::sequential;
        const std::int64_t stage = stage_after(step, count, total_steps(m_spec));
        for (std::size_t j = 0; j < order.size(); ++j) {
            const bool isOwn =
                isSequential ? static_cast<std::int64_t>(j) == stage : step % count == std::int64_t(j);
            const double level = order[j] == "py" ? 0.2 : 0.5; // of what others teach
            double& known = m_known[order[j]];
            if (isOwn)
                known += (isSequential ? 0.06 : 0.08) * (1 - known);
            else if (isSequential)
                known += 0.03 * (level - known) * (known > level ? 1 - m_kept : 1);
        }
    }
    [[nodiscard]] double loss(const std::string& domain) const {
        const auto known = m_known.find(domain);
        const double floor = domain == "py" ? 3.0 : domain == "de" ? 4.2 : 4.0;
        return 8.3 - (8.3 - floor) * (known == m_known.end() ? 0 : known->second);
    }

private:
    RunSpec m_spec;
    double m_kept;
    std::map<std::string, double> m_known;
};

/// Evaluated before the first step, with the unigram model, and every ten steps up to `steps`; `shift` in
/// nats per token lies on every loss but the untrained ones.
inline std::vector<LiveHistory::Evaluation> fadingEvaluations(const RunSpec& spec, std::int64_t steps,
                                                              double kept = 0, double shift = 0) {
    std::vector<LiveHistory::Evaluation> evaluations;
    FadingModel model(spec, kept);
    for (std::int64_t step = 0; step <= steps; ++step) {
        for (const std::string& domain : spec.data.domains) {
            const double loss = model.loss(domain) + (step > 0 ? shift : 0);
            if (step % 10 == 0) evaluations.push_back({step, stageRow(domain, loss, std::exp(-loss / 3))});
        }
        for (const std::string& domain : spec.data.domains)
            if (step == 0) evaluations.push_back({0, stageRow(domain, 6.4, 0.05, unigram_setting)});
        model.train(step);
    }
    return evaluations;
}

inline RunRecord sequentialRecord(const RunSpec& spec, const std::string& variant, std::uint64_t seed,
                                  RunStatus status, std::int64_t steps) {
    RunRecord record =
        sampleRecord("01" + variant + std::to_string(seed), variant, seed, status, steps, total_steps(spec));
    RunSpec own = spec;
    own.seed = seed;
    record.spec = to_json(own);
    record.study = "forgetting";
    return record;
}

inline ComparedRun comparedRun(const RunSpec& spec, const std::string& variant, std::uint64_t seed,
                               double kept, double shift) {
    ComparedRun run;
    const std::int64_t steps = total_steps(spec);
    run.record = sequentialRecord(spec, variant, seed, RunStatus::done, steps);
    run.evaluations = fadingEvaluations(spec, steps, kept, shift + 0.02 * static_cast<double>(seed));
    run.clock = {{steps, steps * 2048, static_cast<double>(steps)}};
    return run;
}

/// Remedies that keep more or less and cost more or less, and a joint run.
inline void fillWithRemedies(SampleSource& source, std::uint64_t seeds) {
    struct Remedy {
        const char* name;
        double kept, shift;
    };
    for (const auto& [name, kept, shift] :
         {Remedy{"a-naive", 0.0, 0.0}, Remedy{"b-replay-10", 0.6, 0.03}, Remedy{"c-replay-25", 0.75, 0.06},
          Remedy{"d-freeze", 0.2, 0.35}, Remedy{"e-average", 0.9, 0.9}, Remedy{"f-ewc", 0.35, 0.1},
          Remedy{"g-lwf", 0.55, 0.12}})
        for (std::uint64_t seed = 1; seed <= seeds; ++seed)
            source.runs.push_back(comparedRun(sequentialSpec(), name, seed,
                                              kept + 0.02 * static_cast<double>(seed % 3), shift));
    for (std::uint64_t seed = 1; seed <= seeds; ++seed)
        source.runs.push_back(comparedRun(sequentialSpec({"en", "de", "fr", "py"}, ScheduleKind::balanced),
                                          "joint", seed, 0, 0));
}

/// The same run in each order of three domains.
inline void fillWithOrders(SampleSource& source, std::uint64_t seeds) {
    std::vector<std::string> order = {"en", "fr", "py"};
    do
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            RunSpec spec = sequentialSpec(order);
            spec.data.domains = {"en", "fr", "py"};
            source.runs.push_back(
                comparedRun(spec, order[0] + "-" + order[1] + "-" + order[2], seed, 0.2, 0));
        }
    while (std::ranges::next_permutation(order).found);
}

/// With curves of training, among them those that the remedies add.
inline LiveHistory fadingHistory(const RunSpec& spec, std::int64_t steps) {
    LiveHistory history = sampleHistory(steps);
    history.evaluations = fadingEvaluations(spec, steps, 0.3);
    for (const char* name : {"lwf", "ewc"}) {
        history.series.push_back({{name, "", "", "", "train"}, {}, {}});
        for (std::int64_t step = 51; step <= steps; ++step) {
            history.series.back().steps.push_back(step);
            history.series.back().values.push_back(0.4 + 0.3 * std::sin(static_cast<double>(step) / 9));
        }
    }
    return history;
}

} // namespace retort
