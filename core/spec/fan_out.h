// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/study_spec.h"

#include <cstddef>
#include <span>
#include <vector>

namespace retort {

/// Indices, in order, of the plans that train beside the first of them, and its own: each can share batches
/// with all the others (can_share_batches).
[[nodiscard]] std::vector<std::size_t> first_group(std::span<const RunPlan> plans);

} // namespace retort
