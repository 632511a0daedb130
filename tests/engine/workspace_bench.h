// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/run_study.h"
#include "store/artifact_folder.h"
#include "store/recorder.h"
#include "store/run_store.h"

#include <filesystem>

namespace retort::test {

/// A workspace with all that a study needs to run in it.
struct WorkspaceBench {
    explicit WorkspaceBench(const std::filesystem::path& folder)
        : workspace(folder), recorder(workspace, &controls), store(workspace), artifacts(workspace) {}
    Laboratory laboratory() { return {artifacts, store, controls, recorder}; }

    Workspace workspace;
    RunControls controls;
    Recorder recorder;
    RunStore store;
    ArtifactFolder artifacts;
};

} // namespace retort::test
