// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/token_store.h"
#include "spec/event.h"
#include "spec/run_spec.h"

#include <string>

namespace retort {

/// Setting of the rows that a model of single tokens scores, which forward transfer is measured against.
inline constexpr const char* unigram_setting = "unigram";

/// What a unigram model of the domain's own training text scores on the run's evaluation text of it:
/// p(v) = (count(v) + 1) / (N + V).
[[nodiscard]] EvaluationRow evaluate_unigram(const RunSpec& spec, const TokenStore& store,
                                             const std::string& domain);

} // namespace retort
