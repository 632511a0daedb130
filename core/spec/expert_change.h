// SPDX-License-Identifier: GPL-3.0-or-later
// An expert added to a finished modular model, replaced in it or taken away: as a run of its own, on the
// finished model as its base. All other experts and all shared weights stay to the byte.
#pragma once

#include "spec/run_record.h"
#include "spec/study_spec.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace retort {

struct FinishedModel {
    RunPlan plan;
    std::string artifact;         ///< of the model
    std::string teacher_artifact; ///< that its experts learnt from; empty when they had none
};

/// What is known of a run's model; nothing when it is no modular one or has not finished. The teacher is
/// looked for among the runs.
[[nodiscard]] std::optional<FinishedModel> finished_model(const RunRecord& run,
                                                          std::span<const RunRecord> runs);

struct ExpertChange {
    enum class Kind { add, replace, remove };
    Kind kind = Kind::add;
    std::string expert; ///< the domain that it reads
    std::string file;   ///< an expert file to take; empty: it is trained
    /// Targets that a trained one learns from; nothing: as many as an expert of the model had.
    std::optional<std::int64_t> tokens;
};

/// The run, named study/variant+expert, ~expert or -expert. Its router is trained anew on all domains, its
/// tokenizer is the model's. A problem where the change is not possible.
[[nodiscard]] PlanReading changed_run(const FinishedModel& model, const ExpertChange& change);

} // namespace retort
