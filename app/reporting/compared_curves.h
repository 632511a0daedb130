// SPDX-License-Identifier: GPL-3.0-or-later
// Stored runs as the curves that are compared.
#pragma once

#include "analysis/run_comparison.h"
#include "report/comparison_report.h"
#include "store/run_store.h"

#include <optional>
#include <string>
#include <vector>

namespace retort {

/// "perplexity.de": a ratio of evaluations and, where it is named, the domain.
struct EvaluationMetric {
    double (*ratio)(const EvaluationRow&) = nullptr;
    std::string domain;
    ComparisonTopic topic;
};

/// loss, perplexity, accuracy or bits_per_byte, with .DOMAIN for one domain; nothing of another name.
[[nodiscard]] std::optional<EvaluationMetric> evaluation_metric(const std::string& name);

/// The newest done attempt of each variant and seed of a study, in the order in which they began, without its
/// teacher, routers and experts. `all` as RunStore::runs() gives them.
[[nodiscard]] std::vector<RunRecord> runs_of_study(const std::vector<RunRecord>& all,
                                                   const std::string& study);

/// Runs by name, and those of studies.
[[nodiscard]] std::vector<RunRecord> chosen_runs(RunStore& store, const std::vector<std::string>& names);

/// An evaluation metric, or a curve of the training by its name. Throws Error{data} when no run has it.
[[nodiscard]] std::vector<SeedCurve> curves_of(RunStore& store, const std::vector<RunRecord>& runs,
                                               const std::string& metric);

} // namespace retort
