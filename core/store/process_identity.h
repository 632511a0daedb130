// SPDX-License-Identifier: GPL-3.0-or-later
// Which process holds a run, so that whether it lives is looked up and never believed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace retort {

/// A pid alone is soon given to another; with its start time and the machine's boot it names one process.
struct ProcessIdentity {
    std::int64_t pid = 0;
    std::int64_t started = 0; ///< clock ticks after boot
    std::string machine;      ///< this boot of this machine, and the pid namespace
    bool operator==(const ProcessIdentity&) const = default;
};

[[nodiscard]] const ProcessIdentity& this_process();

/// Nothing when it cannot be told from here: the process is of another machine, boot or container.
[[nodiscard]] std::optional<bool> is_alive(const ProcessIdentity& process);

} // namespace retort
