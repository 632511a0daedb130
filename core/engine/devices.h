// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"

namespace retort {

/// What "auto" means on this machine. Throws Error{usage} when cuda is asked for and there is none.
[[nodiscard]] ResolvedSettings resolve(const RunSettings& settings);

/// Gives the calling thread and its pools the resolved number of threads, and a lower priority than the
/// window's. First thing on the training thread.
void enter_training_thread(const ResolvedSettings& resolved);

/// Prepares the calling thread for writing text (engine/generate.h): one thread of arithmetic, which is all
/// that one token at a time can use, and the priority of training.
void enter_generation_thread();

} // namespace retort
