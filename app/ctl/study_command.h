// SPDX-License-Identifier: GPL-3.0-or-later
// Running a study file, for every command that does.
#pragma once

#include "app/ctl/command.h"
#include "spec/run_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace retort::ctl {

struct StudyCommand {
    std::string study;
    std::vector<std::string> sets;
    std::optional<std::string> variant;
    std::optional<std::uint64_t> seed;
    bool again = false;
    std::optional<Task> task; ///< what all runs have to be
};

/// Adds a command that runs a study; `task` where all its runs have to be of one.
void add_study_command(CLI::App& parent, Invocation& invocation, const std::string& name,
                       const std::string& help, std::optional<Task> task = {});

} // namespace retort::ctl
