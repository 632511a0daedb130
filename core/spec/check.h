// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with a specification, in the same words for the form and for the command line.
#pragma once

#include "spec/run_spec.h"

#include <string>
#include <vector>

namespace retort {

/// One fault: where (a JSON pointer, RFC 6901, "" for the whole) and one sentence that says what to do.
struct Problem {
    std::string pointer;
    std::string message;
    bool operator==(const Problem&) const = default;
};

/// Limits of each field and what fields ask of each other. Empty: the run can be started, as far as its own
/// fields tell (files and corpora are looked at when it is prepared).
[[nodiscard]] std::vector<Problem> check(const RunSpec& spec);

/// "/optim/lr: must be above 0, but is -1." for each problem, one a line.
[[nodiscard]] std::string to_text(const std::vector<Problem>& problems);

} // namespace retort
