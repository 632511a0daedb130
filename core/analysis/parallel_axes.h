// SPDX-License-Identifier: GPL-3.0-or-later
// Parallel coordinates of a sweep: an axis for each field in which runs differ and one for what came out, so
// that a run is a line across them.
#pragma once

#include "spec/run_spec_json.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace retort {

struct SweepRun {
    Json spec;                    ///< materialised
    std::optional<double> result; ///< none: not measured
};

struct ParallelTick {
    double place = 0;            ///< 0 at the bottom of the axis to 1 at its top
    std::optional<double> value; ///< of an axis of numbers
    std::string text;            ///< of one of words; empty at the place of runs that have no value
};

struct ParallelAxis {
    std::string pointer; ///< RFC 6901; empty: the result
    bool is_logarithmic = false;
    std::vector<ParallelTick> ticks;           ///< from the bottom to the top
    std::vector<double> places;                ///< of each run, from 0 to 1
    std::vector<std::optional<double>> values; ///< numbers alone, finite
    std::vector<std::string> texts;            ///< of each run, as JSON has it; empty for none
    /// Spearman's, of the values with the results of the runs that have both.
    std::optional<double> correlation;
};

/// The fields in which `runs` differ, in their order in the specifications, then the result. Seeds are left
/// out: they are repetitions, not settings. Numbers stand along their axis, by their logarithms where all are
/// positive and the largest is 20 times the smallest or more; words, lists and truth values in steps of equal
/// size. A run without the field, or whose number is not finite, stands at the bottom, apart from the others.
[[nodiscard]] std::vector<ParallelAxis> parallel_axes(std::span<const SweepRun> runs);

} // namespace retort
