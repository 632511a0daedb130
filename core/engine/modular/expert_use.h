// SPDX-License-Identifier: GPL-3.0-or-later
// Which expert learns from which sequence of a training, and how much each has had to do.
#pragma once

#include "data/sampler.h"
#include "engine/modular/sequence_routes.h"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace retort {

/// Training thread only.
class ExpertUse {
public:
    ExpertUse(const RunSpec& spec, const std::filesystem::path& router_folder);

    void begin_step();
    /// Routes the next micro-batch, `inputs` [B, T].
    void assign(std::span<const SampledSequence> sequences, const at::Tensor& inputs);
    /// Who would learn from these inputs [sequences, T] of the `domain`th domain of the training. The
    /// micro-batch is forgotten.
    [[nodiscard]] std::vector<std::int64_t> readers_of(std::int64_t domain, std::int64_t sequences,
                                                       const at::Tensor& inputs);
    /// The expert of each of its sequences.
    [[nodiscard]] std::span<const std::int64_t> experts() const { return experts_; }
    /// Numbers of the sequences in the dropout streams: by the names of their domains, so that the order of
    /// the domains in the study does not matter.
    [[nodiscard]] std::span<const std::int64_t> numbers() const { return numbers_; }
    /// Of the step: each expert's sequences over the mean of all; 1 is a fair share.
    [[nodiscard]] std::vector<std::pair<std::string, double>> utilisation() const;

private:
    std::vector<std::string> names_, domains_;
    SequenceRoutes routes_;
    std::vector<std::int64_t> experts_, numbers_;
    std::vector<std::int64_t> counts_; ///< sequences of the step, by expert
};

} // namespace retort
