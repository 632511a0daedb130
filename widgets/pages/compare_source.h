// SPDX-License-Identifier: GPL-3.0-or-later
// What the Compare page needs from a workspace.
#pragma once

#include "spec/run_record.h"
#include "widgets/pages/live_history.h"

#include <functional>
#include <string>
#include <vector>

namespace retort {

/// A run and what of its past a comparison needs.
struct ComparedRun {
    RunRecord record;
    std::vector<SeriesKey> keys;                      ///< of all its curves
    std::vector<LiveHistory::Series> series;          ///< of the asked name
    std::vector<LiveHistory::Evaluation> evaluations; ///< by rising step
    std::vector<ClockTick> clock;                     ///< by rising step
};

class CompareSource {
public:
    using Answer = std::function<void(std::vector<ComparedRun>)>;

    virtual ~CompareSource() = default;
    /// Reads runs with the curves named `series` (empty: none). The answer comes on the window's thread, at
    /// once or later, with those of the runs that there are; it does not come after the source has gone.
    virtual void read(const std::vector<std::string>& runs, const std::string& series, Answer answer) = 0;
};

} // namespace retort
