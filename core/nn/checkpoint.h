// SPDX-License-Identifier: GPL-3.0-or-later
// The whole state of a run at an optimiser step: weights in Hugging Face's layout, the optimiser's moments,
// and a state.json with everything else and the sha256 of every file.
#pragma once

#include "nn/trainee.h"
#include "spec/run_spec_json.h"

#include <filesystem>
#include <optional>

namespace retort {

/// Writes `folder`/step-00000200 whole or not at all and removes all but the newest two. `more` are tensors
/// that the run needs besides weights and moments. Returns its path.
/// Throws Error{workspace} when the disk is full; older checkpoints are untouched then.
std::filesystem::path save_checkpoint(const std::filesystem::path& folder, std::int64_t step,
                                      Trainee& trainee, const Json& state,
                                      const std::vector<NamedTensor>& more = {});

struct FoundCheckpoint {
    std::filesystem::path folder;
    std::int64_t step = 0;
    Json state;
};

/// The newest checkpoint whose files have the bytes that they had; damaged ones are passed over. Nothing when
/// the folder holds no checkpoint; throws Error{data} when it holds some and all are damaged.
[[nodiscard]] std::optional<FoundCheckpoint> newest_checkpoint(const std::filesystem::path& folder);

/// Puts weights and moments back. Returns the tensors that were saved besides.
std::vector<NamedTensor> load_checkpoint(const FoundCheckpoint& checkpoint, Trainee& trainee);

} // namespace retort
