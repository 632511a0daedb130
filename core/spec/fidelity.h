// SPDX-License-Identifier: GPL-3.0-or-later
// Fidelity is a preset, not a switch: "fidelity": "paper" stands for the fields below, each settable alone
// beside it, and the stored specification holds the fields. What a run is called follows from them.
#pragma once

#include "spec/run_spec_json.h"

#include <string>

namespace retort {

/// Replaces the key "fidelity" of a run or a variant's patch by the fields it stands for; fields that the
/// same object sets itself stay as set. Which fields these are depends on the task. Returns the problem of a
/// value that is neither "paper" nor "corrected"; its pointer is "/fidelity".
std::vector<Problem> expand_fidelity(Json& patch, Task task = Task::distill);

/// "paper" when each field in force is as arXiv 2407.19610's code has it, "corrected" when each has its
/// corrected form, "mixed" otherwise; empty where the two do not differ (a teacher; a student of text alone).
[[nodiscard]] std::string fidelity_of(const RunSpec& spec);

} // namespace retort
