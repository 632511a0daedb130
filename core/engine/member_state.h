// SPDX-License-Identifier: GPL-3.0-or-later
// What a checkpoint holds of a run besides weights and moments.
#pragma once

#include "data/sampler.h"
#include "spec/run_record.h"

#include <optional>

namespace retort {

struct MemberState {
    double wall_seconds = 0;
    std::int64_t evaluated_step = -1; ///< of the newest evaluation
    Sampler::State sampler;
    Json objective;               ///< Objective::state()
    Json stages = Json::object(); ///< StageKeeper::state()
    std::optional<BestEvaluation> best;
    ResolvedSettings resolved;
};

[[nodiscard]] Json to_json(const MemberState& state);
/// Throws Error{data} when the checkpoint's state lacks a field.
[[nodiscard]] MemberState member_state_of(const Json& json);

} // namespace retort
