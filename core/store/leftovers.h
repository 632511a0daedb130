// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/workspace.h"

namespace retort {

/// Removes what processes that were killed left half written: artifacts, and the checkpoints of interrupted
/// runs. Leaves what a living process may still write, in doubt everything.
void remove_leftovers(const Workspace& workspace);

} // namespace retort
