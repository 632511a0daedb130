// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/token_store.h"
#include "spec/event.h"
#include "spec/run_spec.h"

#include <functional>
#include <vector>

namespace retort {

class ShareTeam;
class Trainee;

/// Sums over the valid split, a row for each of the run's domains. `interrupt` is called between layers, from
/// the threads of the team, and may throw.
[[nodiscard]] std::vector<EvaluationRow> evaluate(const Trainee& trainee, const RunSpec& spec,
                                                  const TokenStore& store, const std::string& device,
                                                  ShareTeam& team, const std::function<void()>& interrupt);

} // namespace retort
