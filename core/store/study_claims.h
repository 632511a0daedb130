// SPDX-License-Identifier: GPL-3.0-or-later
// What the studies of a workspace claim, and what their finished runs say to it.
#pragma once

#include "analysis/claims.h"
#include "store/run_store.h"

namespace retort {

/// Of the newest text of a study, from the newest finished attempt of each variant and seed. Throws
/// Error{data} when this Retort cannot read the text.
[[nodiscard]] StudyClaims assess_study(RunStore& store, const StudyRecord& study);

/// One number of a finished run; NaN when it has not measured it, or its specification cannot be read.
[[nodiscard]] double read_metric(RunStore& store, const RunRecord& run, const ClaimMetric& metric);

} // namespace retort
