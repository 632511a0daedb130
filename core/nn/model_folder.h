// SPDX-License-Identifier: GPL-3.0-or-later
// A model as Hugging Face lays it out: config.json and model.safetensors in one folder.
#pragma once

#include "nn/gpt2.h"

#include <filesystem>
#include <vector>

namespace retort {

/// Writes both files into an existing folder; weights as given (fp32 masters, not computing copies).
void write_model(const std::filesystem::path& folder, const Gpt2Shape& shape,
                 const std::vector<NamedTensor>& weights);

/// Reads a GPT-2 folder of Retort or of Hugging Face (names with or without `transformer.`, mask buffers
/// skipped), as fp32 on the CPU. Throws Error{data} for a missing file, another architecture, or tensors that
/// do not fit.
[[nodiscard]] Gpt2 read_model(const std::filesystem::path& folder);

} // namespace retort
