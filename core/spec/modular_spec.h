// SPDX-License-Identifier: GPL-3.0-or-later
// A modular model: experts, one for each domain, and who reads what (arXiv 2407.19610, sections on PLE, JEET
// and MoE-CE).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace retort {

enum class Architecture {
    ple,   ///< an expert per domain, trained alone with an embedding and a head of its own
    jeet,  ///< shared embedding and head, an expert body per domain, trained together
    moe_ce ///< jeet and a common expert whose hidden states are averaged in
};

/// Weights that experts begin from.
enum class ExpertInit {
    shared, ///< all from the same, so that their parameters can be averaged later
    own     ///< each from a stream keyed by its name
};

/// Who says which expert reads a sequence.
enum class RouteBy {
    label, ///< the domain the sequence comes from
    router,
    wrong ///< on purpose: the expert after the right one
};

/// What reads a sequence of which the router says that it knows no such domain.
enum class Abstention {
    likeliest, ///< the most probable expert all the same, as in the paper
    common,    ///< the common expert alone
    mixture    ///< all experts, weighted by how well they read what came before
};

struct ModularSpec {
    Architecture architecture = Architecture::jeet;
    double common_weight = 0.5; ///< of the common expert beside one other, in (0, 1); paper: 1/2
    ExpertInit init = ExpertInit::shared;
    bool head_bias = false;         ///< of an untied head (paper's code: true)
    RouteBy route = RouteBy::label; ///< in training
    std::string base;               ///< artifact of a finished modular model to build on; empty: a fresh one
    std::vector<std::string> experts; ///< empty: one for each domain of the data
    std::vector<std::string> train;   ///< experts that learn; empty: all, or, on a base, none
    std::vector<std::string> files;   ///< expert files that replace or complete the base's
    bool operator==(const ModularSpec&) const = default;
};

/// How a modular model is evaluated.
struct EvaluationSpec {
    RouteBy route = RouteBy::router;
    Abstention abstention = Abstention::likeliest;
    /// Settings or presets (spec/grid.h), measured at the end of the run.
    std::vector<std::string> grid = {"all", "singles", "leave-one-out", "common", "average"};
    bool operator==(const EvaluationSpec&) const = default;
};

} // namespace retort
