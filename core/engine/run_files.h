// SPDX-License-Identifier: GPL-3.0-or-later
// Where the workspace keeps what a finished run left behind and what it read. Both throw Error{data} when it
// is not there.
#pragma once

#include "spec/artifact.h"
#include "spec/run_record.h"
#include "spec/run_spec.h"

#include <filesystem>
#include <optional>
#include <string>

namespace retort {

/// The tokenizer of the run's data, where it has been made.
[[nodiscard]] std::optional<Artifact> find_tokenizer(const DataSpec& data, const std::string& corpus_identity,
                                                     ArtifactStore& artifacts);
/// Of its final weights or its router; `what` names them in the error.
[[nodiscard]] std::filesystem::path model_folder_of(const RunRecord& run, const std::string& what,
                                                    ArtifactStore& artifacts);
[[nodiscard]] std::filesystem::path tokenizer_folder_of(const RunRecord& run, ArtifactStore& artifacts);

} // namespace retort
