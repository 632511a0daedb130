// SPDX-License-Identifier: GPL-3.0-or-later
// What stored runs have learned and forgotten; see analysis/forgetting.h.
#pragma once

#include "analysis/remedy_comparison.h"
#include "store/run_store.h"

#include <optional>

namespace retort {

/// Throws Error{data} when the stored specification cannot be read.
[[nodiscard]] StageMatrix read_stage_matrix(RunStore& store, const RunRecord& run);

/// Of the newest finished run of `joint_variant` of the same study and seed; nothing when there is none.
[[nodiscard]] std::optional<StageMatrix> read_joint_matrix(RunStore& store, const RunRecord& run);

} // namespace retort
