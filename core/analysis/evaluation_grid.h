// SPDX-License-Identifier: GPL-3.0-or-later
// The evaluation grid of a modular run as a table: which experts, mixed how, read which domain how well.
#pragma once

#include "analysis/statistics.h"
#include "spec/event.h"

#include <span>
#include <string>
#include <vector>

namespace retort {

/// Nats per token by setting and domain.
struct EvaluationGrid {
    std::vector<std::string> settings; ///< rows, in the order in which they were measured
    std::vector<std::string> domains;  ///< columns
    std::vector<double> values;        ///< row by row; NaN where nothing was measured

    [[nodiscard]] double at(std::size_t setting, std::size_t domain) const {
        return values[setting * domains.size() + domain];
    }
    bool operator==(const EvaluationGrid&) const = default;
};

/// Of the rows of one evaluation; those without a setting, and those of the unigram model, are left out.
[[nodiscard]] EvaluationGrid evaluation_grid(std::span<const EvaluationRow> rows);

/// Over the seeds; a cell is of the seeds that have measured it.
struct MeanGrid {
    std::vector<std::string> settings; ///< of any seed
    std::vector<std::string> domains;  ///< of any seed
    std::vector<SampleSummary> cells;  ///< row by row, in nats per token
    std::vector<SampleSummary> macro;  ///< of each setting: over the seeds, of the mean over the domains

    [[nodiscard]] const SampleSummary& at(std::size_t setting, std::size_t domain) const {
        return cells[setting * domains.size() + domain];
    }
};

[[nodiscard]] MeanGrid mean_grid(std::span<const EvaluationGrid> seeds);

} // namespace retort
