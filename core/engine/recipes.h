// SPDX-License-Identifier: GPL-3.0-or-later
// What an artifact is named by: exactly the fields that change its bytes. Recipes nest; nothing has to exist
// yet.
#pragma once

#include "spec/artifact.h"
#include "spec/run_record.h"
#include "spec/run_spec.h"

#include <string>

namespace retort {

[[nodiscard]] ArtifactRecipe tokenizer_recipe(const DataSpec& data, const std::string& corpus_identity);
[[nodiscard]] ArtifactRecipe tokens_recipe(const DataSpec& data, const std::string& corpus_identity);
/// Hidden states of a teacher whose files have the hash `weights`, for the windows of the train split. What
/// rounds them belongs to it.
[[nodiscard]] ArtifactRecipe hidden_states_recipe(const RunSpec& spec, const std::string& corpus_identity,
                                                  const std::string& weights,
                                                  const ResolvedSettings& resolved);
/// The final weights of a run.
[[nodiscard]] ArtifactRecipe model_recipe(const RunSpec& spec, const std::string& corpus_identity);

} // namespace retort
