// SPDX-License-Identifier: GPL-3.0-or-later
// The sections of a report, each from the store alone: no sentence without a number of it.
#pragma once

#include "app/reporting/reported_runs.h"
#include "report/document.h"

#include <vector>

namespace retort {

[[nodiscard]] ReportSection question_section(const ReportedRuns& reported);
/// Verdicts, effects, intervals and n: of the study's claims, else of the final losses.
[[nodiscard]] ReportSection answer_section(RunStore& store, const ReportedRuns& reported);
[[nodiscard]] ReportSection data_section(const ReportedRuns& reported);
[[nodiscard]] ReportSection set_up_section(const ReportedRuns& reported);
/// Curves and tables of the losses; nothing without language models.
[[nodiscard]] std::vector<ReportSection> result_sections(RunStore& store, const ReportedRuns& reported);
/// Forgetting, the evaluation grids and the routers' confusion, those that there are.
[[nodiscard]] std::vector<ReportSection> matrix_sections(RunStore& store, const ReportedRuns& reported);
[[nodiscard]] ReportSection threats_section(RunStore& store, const ReportedRuns& reported);
[[nodiscard]] ReportSection repeat_section(RunStore& store, const ReportedRuns& reported);

} // namespace retort
