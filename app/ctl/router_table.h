// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/confusion.h"
#include "engine/run_study.h"
#include "store/run_store.h"

#include <string>
#include <vector>

namespace retort::ctl {

/// Without abstention, as the paper counts; with it where there are domains that only abstention is right
/// for.
[[nodiscard]] ConfusionMatrix headline_matrix(const RoutingEvaluation& evaluation);

/// Weighted F1 of each router by input length, and on whole articles: by cross-validation where there is one,
/// else on the validation text.
[[nodiscard]] std::string router_table(RunStore& store, const std::vector<RunOutcome>& outcomes);

} // namespace retort::ctl
