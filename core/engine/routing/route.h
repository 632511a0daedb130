// SPDX-License-Identifier: GPL-3.0-or-later
// A run with the task router: learns, is asked, and leaves its weights.
#pragma once

#include "engine/train.h"

#include <stop_token>

namespace retort {

/// Trains the run's router on the train split, asks it about the valid split at every input length and, where
/// folds are set, about all text by cross-validation; emits a RoutingEvaluation for each. Runs on the calling
/// thread until done, stopped or failed; a stop begins anew the next time. The last event is left to the
/// caller, as with train().
[[nodiscard]] Outcome route(const TrainingMember& run, const RunControls& controls, EventSink& sink,
                            const std::stop_token& stop);

} // namespace retort
