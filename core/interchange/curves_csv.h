// SPDX-License-Identifier: GPL-3.0-or-later
// Curves as comma-separated values, and back from the forms that other programs write.
#pragma once

#include "spec/run_curves.h"

#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// The head of what write_curves_csv() writes.
inline constexpr std::string_view curves_csv_head =
    "run,series,domain,expert,setting,split,step,tokens,wall_seconds,value\n";

/// A line for each point, curve after curve. Where the clock does not know a step, tokens and seconds are
/// empty.
void write_curves_csv(const RunCurves& run, std::string_view name, std::ostream& out);

struct NamedCurves {
    std::string run; ///< as the file names it; empty where it names none
    RunCurves curves;
};

struct CsvCurves {
    std::vector<NamedCurves> runs;
    std::vector<std::string> notices; ///< what was left out: a sentence each
};

/// Reads, told apart by the head: the long form above, whose columns but series, step and value may be absent
/// (`name`, `tag` and `metric` are other words for series); TensorBoard's `Wall time,Step,Value`, a curve
/// named `series`; and the wide form, `step` and a column for each curve, where an empty cell is no point and
/// a column of words is left out. A time above 10^8 counts from 1970. Throws Error{data} with the line where
/// a number is none.
[[nodiscard]] CsvCurves read_curves_csv(const std::filesystem::path& file, const std::string& series);

} // namespace retort
