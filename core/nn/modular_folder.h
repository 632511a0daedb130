// SPDX-License-Identifier: GPL-3.0-or-later
// A modular model in a folder: config.json, shared.safetensors (embedding and head; none for PLE),
// common.safetensors (MoE-CE) and expert.<name>.safetensors for each expert, a file that stands alone: its
// header says which shape it has and which shared weights it was made for.
#pragma once

#include "nn/modular_model.h"

#include <filesystem>
#include <string>

namespace retort {

/// Writes into an existing folder; weights as given (fp32 masters).
void write_modular_model(const std::filesystem::path& folder, const ModularShape& shape,
                         const std::vector<NamedTensor>& weights);

[[nodiscard]] bool is_modular_folder(const std::filesystem::path& folder);

/// As fp32 on the CPU. Throws Error{data} for a missing or foreign file, or one that does not fit.
[[nodiscard]] ModularModel read_modular_model(const std::filesystem::path& folder);

/// Name of the expert in an expert file, its weights (named experts.<name>.…), and what it fits.
struct ExpertFile {
    std::string name;
    std::vector<NamedTensor> weights;
    ModularShape shape; ///< `experts` has this one alone
    std::string shared; ///< sha256 of the embedding and the head that it was trained with; empty for PLE
};
/// Throws Error{data} when the file is missing or is no expert.
[[nodiscard]] ExpertFile read_expert_file(const std::filesystem::path& file);

/// sha256 over the names and bytes of the weights that all experts share; empty where they share none.
[[nodiscard]] std::string shared_identity(const std::vector<NamedTensor>& weights);

/// Throws Error{data} when the expert cannot join a model of this shape and these shared weights.
void check_fits(const ExpertFile& expert, const ModularShape& shape, const std::string& shared,
                const std::filesystem::path& file);

} // namespace retort
