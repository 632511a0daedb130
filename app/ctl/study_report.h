// SPDX-License-Identifier: GPL-3.0-or-later
// All that a workspace knows of a study, told in order: question, answer, data, set-up, results, forgetting,
// threats, how to repeat it. Every sentence with a number has it from the store.
#pragma once

#include "report/document.h"
#include "store/run_store.h"

#include <string>

namespace retort::ctl {

/// Of the newest text of the study and the newest finished attempt of each of its runs. Throws Error{data}
/// when the study is not there or has no finished run.
[[nodiscard]] ReportDocument study_report(RunStore& store, const std::string& study);

} // namespace retort::ctl
