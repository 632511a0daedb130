// SPDX-License-Identifier: GPL-3.0-or-later
// What a report is of: a study, or runs that a person chose.
#pragma once

#include "report/figure.h"
#include "report/table.h"
#include "spec/study_spec.h"
#include "store/run_store.h"

#include <optional>
#include <string>
#include <vector>

namespace retort {

struct ReportedRuns {
    std::string name;                  ///< of the study; of chosen runs, of the file
    std::optional<StudyRecord> record; ///< newest text of the study; none of chosen runs
    std::optional<StudySpec> spec;
    std::vector<RunRecord> all;     ///< of the study, whatever became of them; or the chosen ones
    std::vector<RunRecord> runs;    ///< language models: the newest done attempt of each variant and seed
    std::vector<RunRecord> routers; ///< likewise
};

/// One name of a study is the study; else runs by name, and those of studies. Throws Error{data} when there
/// is nothing of that name or nothing is finished.
[[nodiscard]] ReportedRuns read_reported(RunStore& store, const std::vector<std::string>& names);

/// Of a run among these: its variant, with the study before it where there are several.
[[nodiscard]] std::string variant_name(const ReportedRuns& reported, const RunRecord& run);
/// In the order in which they began.
[[nodiscard]] std::vector<std::string> variants_of(const ReportedRuns& reported,
                                                   const std::vector<RunRecord>& runs);
[[nodiscard]] std::vector<RunRecord>
runs_of_variant(const ReportedRuns& reported, const std::vector<RunRecord>& runs, const std::string& variant);
/// Language models, or routers where there is nothing else.
[[nodiscard]] const std::vector<RunRecord>& main_runs(const ReportedRuns& reported);

/// What it was configured by; none of a run that was imported, of which nobody knows.
[[nodiscard]] std::optional<RunSpec> spec_of(const RunRecord& run);
/// The first that has a specification; null where all were imported.
[[nodiscard]] const RunRecord* first_specified(const std::vector<RunRecord>& runs);

/// "one seed", "2 runs".
[[nodiscard]] std::string counted(std::size_t count, const std::string& noun);
/// "a", "a and b", "a, b and c".
[[nodiscard]] std::string listed(const std::vector<std::string>& names);

[[nodiscard]] TableCell number_cell(double value, int digits = 4);
/// "–" without a mean.
[[nodiscard]] TableCell summary_cell(const SampleSummary& summary, int digits = 4);
[[nodiscard]] TableCell count_cell(std::int64_t count);

} // namespace retort
