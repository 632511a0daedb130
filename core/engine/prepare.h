// SPDX-License-Identifier: GPL-3.0-or-later
// Makes or finds what a run reads.
#pragma once

#include "data/corpus.h"
#include "engine/train.h"
#include "spec/artifact.h"
#include "spec/run_spec.h"

#include <optional>

namespace retort {

/// A tokenizer that is_given(): found or imported. Throws Error{data} when it is not there.
Artifact prepare_given_tokenizer(const TokenizerSpec& tokenizer, ArtifactStore& artifacts);

/// The tokenizer of the run's data: found, trained or imported. Throws Error{data} as data/tokenizer.h says.
Artifact prepare_tokenizer(const DataSpec& data, const Corpus& corpus, ArtifactStore& artifacts,
                           const ProgressFunction& progress);

/// The tokenised corpus, and before it the tokenizer.
Artifact prepare_tokens(const DataSpec& data, const Corpus& corpus, ArtifactStore& artifacts,
                        const ProgressFunction& progress);

/// The final weights of a run of this specification, where one has been trained.
[[nodiscard]] std::optional<Artifact> find_trained_model(const RunSpec& spec, ArtifactStore& artifacts);

/// Tokens, and the folder of the teacher where the run uses one. Throws Error{data} when the teacher is to
/// come from the workspace and is not there.
[[nodiscard]] TrainingInputs prepare_inputs(const RunSpec& spec, ArtifactStore& artifacts,
                                            const ProgressFunction& progress);

} // namespace retort
