// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/training_thread.h"

namespace retort {

/// The runs of the real engine; the only place where the window's program meets it.
[[nodiscard]] RunFunction engineRuns();

} // namespace retort
