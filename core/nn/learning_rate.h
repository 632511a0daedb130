// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec.h"

#include <cstdint>

namespace retort {

/// Rate of update `step` (1 for the first) of `total`. With w = round(warmup × total):
///   step ≤ w        lr × step / w, so that no update is made with a rate of 0 (the paper's first one is)
///   linear          lr × r, cosine lr × (1 + cos(π (1 − r))) / 2, constant lr,  r = (total − step + 1) /
///   (total − w + 1)
[[nodiscard]] double learning_rate(const OptimSpec& optim, std::int64_t step, std::int64_t total);

/// Rate of update `step` of a run; where each stage warms up again, as if the stage were a training of its
/// own.
[[nodiscard]] double learning_rate(const RunSpec& spec, std::int64_t step);

} // namespace retort
