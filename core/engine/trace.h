// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic of a run's first steps, for anyone to replay elsewhere.
#pragma once

#include "spec/artifact.h"
#include "spec/run_spec.h"

#include <filesystem>

namespace retort {

/// Makes the first `steps` steps of a run again with dropout 0 in fp32 on the CPU and writes into `out`:
///
/// student.safetensors, teacher.safetensors: weights before step 1 by their Hugging Face names; without a
/// teacher no file.
///
/// batches.safetensors, int64: `tokens` [N, accumulate × batch, context + 1] in micro-batch order; `domains`
/// [N, accumulate × batch], places among the domains trained on; of a modular model `experts` likewise. Of
/// each stage k = 1, 2, … that has ended before the last, with elastic weight consolidation: `fisher.k`
/// [M, context + 1], the windows that its Fisher information was measured on after its last step, and of a
/// modular model `fisher_experts.k` [M], who read them.
///
/// losses.csv: step,ce,kd,alpha,beta,loss,grad_norm,lr; grad_norm is before clipping; on steps without the
/// teacher kd is empty, alpha 1, beta 0. Then, of runs that have them and empty in the first stage, lwf (the
/// divergence from the student before, before its weight) and ewc (the penalty with its strength). loss and
/// grad_norm include both.
///
/// spec.json: the specification in force.
///
/// Adds nothing to the run. Throws Error{usage} for steps below 1 or above the run's.
void trace(const RunSpec& spec, ArtifactStore& artifacts, std::int64_t steps,
           const std::filesystem::path& out);

} // namespace retort
