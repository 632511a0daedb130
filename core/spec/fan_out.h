// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/study_spec.h"

#include <cstddef>
#include <span>
#include <vector>

namespace retort {

/// Indices of the plans that train beside each other, group after group and in order within each: a plan is
/// in the earliest group whose plans can all share batches with it (can_share_batches).
[[nodiscard]] std::vector<std::vector<std::size_t>> fan_out_groups(std::span<const RunPlan> plans);

} // namespace retort
