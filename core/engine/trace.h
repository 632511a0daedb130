// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic of a run's first steps, for anyone to replay elsewhere.
#pragma once

#include "spec/artifact.h"
#include "spec/run_spec.h"

#include <filesystem>

namespace retort {

/// Makes the first `steps` steps of a run again with dropout 0 in fp32 on the CPU and writes into `out`:
///   student.safetensors, teacher.safetensors   weights before step 1, Hugging Face names (no teacher: no
///   file) batches.safetensors                        tokens int64 [N, accumulate × batch, context + 1] in
///   micro-batch
///                                              order, domains int64 [N, accumulate × batch], places
///                                              among the domains trained on, and of a modular model experts
///                                              likewise
///   losses.csv                                 step,ce,kd,alpha,beta,loss,grad_norm,lr; grad_norm before
///   clipping; on
///                                              steps without the teacher kd is empty, alpha 1, beta 0
///   spec.json                                  the specification in force
/// Adds nothing to the run. Throws Error{usage} for steps below 1 or above the run's.
void trace(const RunSpec& spec, ArtifactStore& artifacts, std::int64_t steps,
           const std::filesystem::path& out);

} // namespace retort
