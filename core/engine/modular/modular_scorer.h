// SPDX-License-Identifier: GPL-3.0-or-later
// How well a modular model reads sequences in each of several settings. What settings have in common is
// computed once: each body's hidden states, and each distinct combination of them (with four domains the
// paper's 21 settings have about a third as many).
#pragma once

#include "engine/modular/sequence_routes.h"
#include "nn/batch.h"
#include "nn/modular_model.h"
#include "spec/grid.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace retort {

/// Sums over the targets of one sequence.
struct SequenceScore {
    double nll = 0; ///< nats
    std::int64_t correct = 0;
};

/// What reads one sequence in one setting.
struct Combination {
    Mixing mixing = Mixing::top1;
    std::vector<std::size_t> experts; ///< places, ascending; none: the common expert alone
    bool common = false;
    auto operator<=>(const Combination&) const = default;
};

class ModularScorer {
public:
    /// The model must outlive it. Settings must be possible for the model (fault_of_setting).
    ModularScorer(const ModularModel& model, std::vector<GridSetting> settings, Abstention abstention);

    /// What reads a sequence in setting `s`.
    [[nodiscard]] Combination combination(std::size_t s, const RouteEvidence& evidence) const;

    /// [setting][sequence]; any thread.
    [[nodiscard]] std::vector<std::vector<SequenceScore>>
    score(const Batch& batch, std::span<const RouteEvidence> evidence, const ForwardContext& context) const;

private:
    class Pass;
    [[nodiscard]] Combination of_several(Mixing mixing, const std::vector<std::size_t>& experts,
                                         bool common) const;

    const ModularModel& model_;
    std::vector<GridSetting> settings_;
    std::vector<std::vector<std::size_t>> present_; ///< places of each setting's experts
    Abstention abstention_;
    std::map<std::vector<std::size_t>, ModularModel> averaged_; ///< of the settings that mix parameters
};

} // namespace retort
