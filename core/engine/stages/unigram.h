// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/token_store.h"
#include "spec/event.h"
#include "spec/run_spec.h"

#include <string>

namespace retort {

/// A row of the setting `unigram_setting` (analysis/forgetting.h): what a unigram model of the domain's own training text scores on the run's evaluation text of it:
/// p(v) = (count(v) + 1) / (N + V).
[[nodiscard]] EvaluationRow evaluate_unigram(const RunSpec& spec, const TokenStore& store,
                                             const std::string& domain);

} // namespace retort
