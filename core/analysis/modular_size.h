// SPDX-License-Identifier: GPL-3.0-or-later
// What a modular model is made of before it exists: parameters of its parts, as core/nn/modular_model.h
// builds them. With V the vocabulary, C the context, D the width and L the layers of a body:
//   embedding V·D; head 0 when tied, else V·D and, with a bias, V; body C·D + L·(12 D² + 13 D) + 2 D.
#pragma once

#include "spec/run_spec.h"

#include <cstdint>

namespace retort {

struct ModularSize {
    std::int64_t experts = 0;   ///< how many; the common one is not among them
    std::int64_t tables = 0;    ///< embeddings, and as many heads: 1, or of ple one for each expert
    std::int64_t embedding = 0; ///< of one token table
    std::int64_t head = 0;      ///< of one head; 0 when it is tied
    std::int64_t body = 0;      ///< of one expert: positions, blocks and final norm
    std::int64_t common = 0;    ///< of the common expert's body; 0 without one
    /// What the paper's code (arXiv 2407.19610) has beyond `total`: a token table in each body that nothing
    /// reads. 0 of ple, whose code is not public.
    std::int64_t dead = 0;

    [[nodiscard]] std::int64_t total() const noexcept {
        return tables * (embedding + head) + experts * body + common;
    }
    /// That one token passes: one expert, and the common one.
    [[nodiscard]] std::int64_t active() const noexcept { return embedding + head + body + common; }
    bool operator==(const ModularSize&) const = default;
};

/// Requires `spec.modular`.
[[nodiscard]] ModularSize modular_size(const RunSpec& spec);

/// Whether the experts of a modular run are trained by runs of their own before it: ple without a base.
[[nodiscard]] bool has_expert_runs(const RunSpec& spec);

} // namespace retort
