// SPDX-License-Identifier: GPL-3.0-or-later
// What a run forgot, as the commands show it.
#pragma once

#include "analysis/forgetting.h"
#include "spec/run_spec_json.h"

#include <string>

namespace retort::ctl {

/// A line for each stage, a column for each domain, empty where nothing was measured; `measure` is loss (nats
/// per token), perplexity or accuracy (a share).
[[nodiscard]] std::string stage_csv(const StageMatrix& matrix, const std::string& measure);

/// Means by name, each null with NAME_reason beside it where there is none; then `per_domain`, `avalanche`
/// and `mammoth`.
[[nodiscard]] Json forgetting_json(const ForgettingMeasures& measures);

/// The losses by stage, what each domain forgot, and the means with their formulas.
[[nodiscard]] std::string forgetting_text(const StageMatrix& matrix, const ForgettingMeasures& measures);

} // namespace retort::ctl
