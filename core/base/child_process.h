// SPDX-License-Identifier: GPL-3.0-or-later
// A program run to its end without a shell.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace retort {

struct ChildResult {
    int status = 0;         ///< exit status; 128 + signal when a signal ended it
    std::string last_error; ///< the last line with text that it wrote to stderr
    bool stopped = false;   ///< ended because a stop was requested
};

/// Runs command[0] (a path) with the other elements as its arguments, nothing on its stdin, and calls `line`
/// on this thread for each line of its stdout. A stop ends the program and all that it started: SIGTERM, and
/// after two seconds SIGKILL. Throws Error{data} when it cannot be started.
ChildResult run_child(const std::vector<std::string>& command,
                      const std::function<void(const std::string&)>& line, std::stop_token stop = {});

/// Where a program is by PATH.
[[nodiscard]] std::optional<std::filesystem::path> find_program(const std::string& name);

} // namespace retort
