// SPDX-License-Identifier: GPL-3.0-or-later
// The curves of a run as TensorBoard's event files: several of one folder are one run, and so are the folders
// `train` and `validation` that Keras makes.
#pragma once

#include "spec/run_curves.h"

#include <filesystem>
#include <string>
#include <vector>

namespace retort {

/// Whether TensorBoard would read it as an event file.
[[nodiscard]] bool is_event_file_name(const std::filesystem::path& file);

/// All points of all curves, by step, into one event file of `folder`, which is made. Wall times are those of
/// the run's clock after its beginning; what the clock does not know stands at the newest time before. The
/// tokens trained on are a curve too. Throws Error{workspace} when it cannot be written.
void write_tensorboard(const RunCurves& run, const std::filesystem::path& folder);

struct CurveReading {
    RunCurves curves;
    std::vector<std::string> notices; ///< what was damaged, cut off or left out: a sentence each
};

/// An event file, and the split that its folder stands for; empty for none.
struct EventFile {
    std::filesystem::path path;
    std::string split;
};

/// Files of one run, in the order in which they were written. Seconds are counted from the first event.
/// Throws Error{data} when one cannot be read or is no event file.
[[nodiscard]] CurveReading read_tensorboard(const std::vector<EventFile>& files);

} // namespace retort
