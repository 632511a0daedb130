// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of a run from outside: the row of a table, the object of `show --json`.
#pragma once

#include "spec/shared_json.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

enum class RunStatus { queued, running, paused, stopped, done, diverged, failed, interrupted };

template <>
struct EnumNames<RunStatus> {
    static constexpr std::array<std::pair<RunStatus, std::string_view>, 8> values = {
        {{RunStatus::queued, "queued"},
         {RunStatus::running, "running"},
         {RunStatus::paused, "paused"},
         {RunStatus::stopped, "stopped"},
         {RunStatus::done, "done"},
         {RunStatus::diverged, "diverged"},
         {RunStatus::failed, "failed"},
         {RunStatus::interrupted, "interrupted"}}};
};

/// Whether a run can be continued by `resume`.
[[nodiscard]] constexpr bool is_resumable(RunStatus status) noexcept {
    return status == RunStatus::stopped || status == RunStatus::interrupted || status == RunStatus::failed;
}

/// Whether the run is in the hands of some process now.
[[nodiscard]] constexpr bool is_live(RunStatus status) noexcept {
    return status == RunStatus::running || status == RunStatus::paused;
}

struct ParameterCount {
    std::int64_t total = 0;
    std::int64_t active = 0; ///< used for one token
    bool operator==(const ParameterCount&) const = default;
};

/// What "auto" became; a resume is exact only with the same.
struct ResolvedSettings {
    std::string device;    ///< cpu, cuda
    std::string precision; ///< fp32, bf16
    int threads = 1;
    std::string vector_level; ///< avx2, avx512, …
    std::string blas;
    std::string torch;
    bool operator==(const ResolvedSettings&) const = default;
};

/// Last values of the curves and the newest evaluation. Losses in nats per token.
struct RunSummary {
    std::optional<double> loss; ///< macro mean over the domains of the newest evaluation
    std::optional<double> ce;   ///< of the last training step
    std::optional<double> kd;
    std::optional<double> tokens_per_second;
    std::map<std::string, double> perplexity; ///< by domain, newest evaluation
    std::map<std::string, double> accuracy;   ///< top-1, by domain, newest evaluation
};

/// The evaluation with the lowest value of the run's `best` criterion.
struct BestEvaluation {
    std::int64_t step = 0;
    double loss = 0;
};

/// What a person says of a run; no number depends on it.
struct RunMarks {
    std::string name;              ///< shown in the place of study/variant/seed; empty: none
    std::vector<std::string> tags; ///< as tidy_tags() leaves them
    bool starred = false;
    std::string note;
    bool operator==(const RunMarks&) const = default;
};

/// Without spaces around them and without empty ones, sorted, each once.
[[nodiscard]] std::vector<std::string> tidy_tags(const std::vector<std::string>& tags);

struct RunRecord {
    std::string id; ///< ULID
    std::string study;
    std::string variant;
    std::uint64_t seed = 1;
    int attempt = 1;
    Task task = Task::distill;
    RunStatus status = RunStatus::queued; ///< a dead process's run reads as interrupted
    std::string reason;
    std::string created; ///< ISO 8601, UTC
    SharedJson spec;     ///< materialised
    std::int64_t steps = 0;
    std::int64_t total_steps = 0;
    std::int64_t tokens = 0;
    double wall_seconds = 0;
    ParameterCount parameters;
    RunSummary summary;
    std::optional<BestEvaluation> best;
    std::string model_artifact;
    RunMarks marks;

    [[nodiscard]] std::string label() const { return study + "/" + variant + "/" + std::to_string(seed); }
    /// What a list calls the run.
    [[nodiscard]] std::string title() const { return marks.name.empty() ? label() : marks.name; }
};

/// The object of `retortctl show --json`.
[[nodiscard]] Json to_json(const RunRecord& record);

} // namespace retort
