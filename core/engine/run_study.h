// SPDX-License-Identifier: GPL-3.0-or-later
// From a plan to trained weights: makes or finds the tokenizer, the tokens and the teacher, then trains.
#pragma once

#include "engine/train.h"
#include "spec/artifact.h"
#include "spec/run_ledger.h"

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace retort {

/// What a study needs from outside; everything must outlive the call.
struct Laboratory {
    ArtifactStore& artifacts;
    RunLedger& ledger;
    RunControls& controls;
    EventSink& sink;
};

struct StudyOptions {
    bool again = false; ///< a new attempt, whatever there is of the same specification
    /// Runs that can share batches (can_share_batches) train beside each other from one pass of the teacher.
    bool fan_out = true;
};

struct RunOutcome {
    RunPlan plan;
    std::string run_id;   ///< empty when the run could not begin
    bool skipped = false; ///< a finished attempt of the same specification was there
    Outcome outcome;
};

/// Runs the plans in order, or those that can share batches together with the first of them; one whose newest
/// attempt of the same specification is done is skipped, one that was cut short goes on from its checkpoint.
/// Each teacher is trained once before the first student that needs it, as a run of its own
/// (study/teacher/seed). A run that fails or diverges does not keep the next from starting; `stop` does.
std::vector<RunOutcome> run_study(std::span<const RunPlan> plans, const StudyOptions& options,
                                  Laboratory laboratory, std::stop_token stop);

/// Goes on with one run from its newest good checkpoint.
RunOutcome resume_run(const std::string& run_id, Laboratory laboratory, std::stop_token stop);

} // namespace retort
