// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/workspace.h"

#include <filesystem>
#include <string>

namespace retort {

/// Removes what processes that were killed left half written: artifacts, and the checkpoints of interrupted
/// runs. Leaves what a living process may still write, in doubt everything.
void remove_leftovers(const Workspace& workspace);

/// Whether a living process makes the artifact now, even one of another container.
[[nodiscard]] bool is_being_made(const std::filesystem::path& artifacts, const std::string& id);

} // namespace retort
