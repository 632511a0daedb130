// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/token_store.h"
#include "engine/modular/sequence_routes.h"
#include "spec/event.h"
#include "spec/grid.h"

#include <filesystem>
#include <functional>
#include <vector>

namespace retort {

class ModularModel;
class ShareTeam;

struct ModularEvaluation {
    /// Of the valid split: for each domain one row of the main setting (setting ""), one for each expert that
    /// read some of it (setting "", expert named) and one for each setting of the grid.
    std::vector<EvaluationRow> rows;
    RoutingEvaluation routing; ///< who read what; kind "modular"
};

struct ModularQuestion {
    const RunSpec& spec;
    const SequenceRoutes& routes;
    bool with_grid = false;
    std::int64_t step = 0;
    /// Of the texts that are kept of each cell of a router's matrix; empty: none are.
    std::filesystem::path tokenizer = {};
};

/// `interrupt` is called between layers, from the threads of the team, and may throw.
[[nodiscard]] ModularEvaluation evaluate_modular(const ModularModel& model, const ModularQuestion& question,
                                                 const TokenStore& store, const std::string& device,
                                                 ShareTeam& team, const std::function<void()>& interrupt);

} // namespace retort
