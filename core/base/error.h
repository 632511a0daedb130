// SPDX-License-Identifier: GPL-3.0-or-later
// The one kind of failure that reaches a user: a sentence, and the exit status it maps to.
#pragma once

#include <stdexcept>
#include <string>

namespace retort {

/// Exit status of the commands (0 is success, 130 an interruption with a checkpoint saved).
enum class ErrorKind {
    internal = 1,  ///< a defect in Retort itself
    usage = 2,     ///< bad usage or an invalid study
    data = 3,      ///< data missing or damaged
    diverged = 4,  ///< a training produced NaN or Inf
    workspace = 5, ///< the workspace cannot be used: damaged, full, read-only, from a newer version
    interrupted = 130,
};

/// An error whose `what()` is one sentence for the user: what, where, and what to do.
class Error : public std::runtime_error {
public:
    Error(ErrorKind kind, const std::string& sentence) : std::runtime_error(sentence), kind_(kind) {}
    [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
    [[nodiscard]] int exit_status() const noexcept { return static_cast<int>(kind_); }

private:
    ErrorKind kind_;
};

} // namespace retort
