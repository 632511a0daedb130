// SPDX-License-Identifier: GPL-3.0-or-later
// All that a workspace knows of a study, or of chosen runs, told in order: question, answer, data, set-up,
// results, matrices, threats, how to repeat it.
#pragma once

#include "report/document.h"
#include "store/run_store.h"

#include <string>
#include <vector>

namespace retort {

/// Of the newest text of a study and the newest finished attempt of each of its runs, or of runs by name.
/// Throws Error{data} when they are not there or nothing is finished.
[[nodiscard]] ReportDocument study_report(RunStore& store, const std::vector<std::string>& names);

} // namespace retort
