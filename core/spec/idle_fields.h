// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec.h"

#include <set>
#include <string>

namespace retort {

/// Pointers of the fields that change nothing while the others are as they are: the β of a divergence that
/// has none, the block of a schedule that is not cyclic. A form need not show them.
[[nodiscard]] std::set<std::string> idle_fields(const RunSpec& spec);

} // namespace retort
