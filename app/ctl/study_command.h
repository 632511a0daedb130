// SPDX-License-Identifier: GPL-3.0-or-later
// Running a study file, for every command that does.
#pragma once

#include "app/ctl/command.h"
#include "spec/study_spec.h"

#include <cstdint>
#include <optional>
#include <span>
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

/// Runs plans and prints what was found. Returns the exit status.
int run_plans(const Invocation& invocation, std::span<const RunPlan> plans);

/// The plan with the changes of --set, checked. Throws Error{usage} for text that is no change.
[[nodiscard]] PlanReading overridden(RunPlan plan, const std::vector<std::string>& sets);

} // namespace retort::ctl
