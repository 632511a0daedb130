// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/run_study.h"
#include "store/run_store.h"

#include <string>
#include <vector>

namespace retort::ctl {

/// Weighted F1 of each router by input length, and on whole articles: by cross-validation where there is one,
/// else on the validation text.
[[nodiscard]] std::string router_table(RunStore& store, const std::vector<RunOutcome>& outcomes);

} // namespace retort::ctl
