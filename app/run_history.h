// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/event.h"
#include "spec/run_record.h"
#include "store/run_store.h"
#include "widgets/pages/live_history.h"

#include <cstdint>
#include <string>
#include <vector>

namespace retort {

/// A run and all it has said, as far as it is in the store.
struct StoredRun {
    RunRecord record;
    LiveHistory history;
    std::int64_t lastStep = 0;
    std::int64_t lastEvaluation = -1; ///< step; −1 before the first, which may be at step 0

    /// Those of `events` that are not in the history yet; they come from the same run and were heard while
    /// the history was read.
    [[nodiscard]] std::vector<RunEvent> newer(std::vector<RunEvent> events) const;
};

/// Throws Error{data} when there is no such run.
[[nodiscard]] StoredRun readHistory(RunStore& store, const std::string& runId);

} // namespace retort
