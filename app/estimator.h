// SPDX-License-Identifier: GPL-3.0-or-later
// What a study will cost, told before it is started.
#pragma once

#include "spec/run_record.h"
#include "spec/study_spec.h"

#include <QString>

#include <span>

namespace retort {

struct StudyEstimate {
    int runs = 0;              ///< to be trained, teachers left out
    int done = 0;              ///< of the study, there already, and skipped
    int teachers = 0;          ///< to be trained first
    double seconds = 0;        ///< of everything, teachers included
    double teacherSeconds = 0; ///< of the teachers alone
    double memory = 0;         ///< bytes, of the largest single training
    bool measured = false;     ///< the rate comes from runs of this workspace and is no guess
};

/// Time is arithmetic over rate: the median rate, in operations per second, of the three newest runs in
/// `known` that are nearest in size (operations per token); where none trained at all, `assumedRate`, which
/// is also the least for a run much larger than any that was measured. Runs and teachers that are done
/// already cost nothing, and each teacher is trained once.
[[nodiscard]] StudyEstimate estimate(std::span<const RunPlan> plans, std::span<const RunRecord> known,
                                     double assumedRate);

/// A rate that any machine of the last ten years with that many cores reaches.
[[nodiscard]] double carefulRate(int cores);

/// One or two short sentences for the Design page.
[[nodiscard]] QString toText(const StudyEstimate& estimate);

} // namespace retort
