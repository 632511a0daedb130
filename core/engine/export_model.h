// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/artifact.h"
#include "spec/run_record.h"

#include <filesystem>

namespace retort {

/// Writes the final weights of a run as a Hugging Face GPT-2 folder (config.json, model.safetensors with the
/// library's own names, fp32) and beside them the tokenizer they were trained with (tokenizer.model,
/// SentencePiece). `/teacher/path` takes such a folder. Throws Error{usage} when `out` holds anything,
/// Error{data} when weights or tokenizer are gone.
void export_hugging_face(const RunRecord& run, ArtifactStore& artifacts, const std::filesystem::path& out);

} // namespace retort
