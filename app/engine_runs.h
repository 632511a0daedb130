// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/text_writer.h"
#include "app/training_thread.h"

namespace retort {

// The only place where the window's program meets the real engine.
[[nodiscard]] RunFunction engineRuns();
[[nodiscard]] OpenTextModel engineModels();

} // namespace retort
