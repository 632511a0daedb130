// SPDX-License-Identifier: GPL-3.0-or-later
// Stored runs as curves that leave the workspace, and curves from elsewhere as stored runs.
#pragma once

#include "spec/imported_run.h"
#include "store/run_store.h"

#include <string>
#include <vector>

namespace retort {

/// All that a run measured. An evaluation comes as its four ratios and the counts of tokens and bytes (see
/// evaluation_series), one curve for each domain, expert and setting.
[[nodiscard]] RunCurves read_run_curves(RunStore& store, const RunRecord& run);

struct ImportOutcome {
    std::string run;     ///< its id
    bool is_new = false; ///< false: a run of that name holds just these curves already
};

/// Stores an imported run, whole or not at all, as one that is done; beside others of its name it is a new
/// attempt. Where all curves of an evaluation are there, its sums are made again from them. What the clock
/// does not know stands at what it last knew. `notices` go into the run's log. One thread at a time, beside
/// recorders of other threads and processes. Throws Error{workspace} when it cannot be written.
[[nodiscard]] ImportOutcome import_run(const Workspace& workspace, const ImportedRun& run,
                                       const std::vector<std::string>& notices = {});

} // namespace retort
