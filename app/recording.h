// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_control.h"
#include "store/recorder.h"

#include <exception>

namespace retort {

/// What every run of this process shares: the recorder, and the wishes that it and the window pass on.
struct Recording {
    explicit Recording(const Workspace& workspace) : recorder(workspace, &controls) {}

    /// Waits until the store has all that was said; not while a run trains on the calling thread. What keeps
    /// it from that is told by the recorder's trouble().
    void settle() noexcept {
        try {
            recorder.flush();
        } catch (const std::exception&) {
            return;
        }
    }

    RunControls controls;
    Recorder recorder; ///< last, as it uses the controls
};

} // namespace retort
