// SPDX-License-Identifier: GPL-3.0-or-later
// What a router did with text whose domain is known: counts, scores, and texts to read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace retort {

/// The column of decisions that name no domain.
inline constexpr const char* unknown_domain = "unknown";

/// What a feature gave to one decision: the weight of its class times its TF-IDF.
struct TokenEvidence {
    std::int64_t first = 0;  ///< token of the example
    std::int64_t length = 1; ///< tokens of the feature
    double weight = 0;       ///< for the predicted domain, less the mean over all
};

/// One text that was decided, kept so that a cell can be read when the corpus is gone.
struct RoutedExample {
    std::int64_t row = 0;    ///< of the matrix: its domain
    std::int64_t column = 0; ///< what was said
    std::string document;    ///< id of the article
    std::int64_t first_token = 0;
    std::int64_t tokens = 0;
    std::vector<double> probabilities; ///< by domain that the router knows
    std::vector<std::string> pieces;   ///< text of each token, at most 2 kB in all; joined it is the excerpt
    std::vector<TokenEvidence> evidence;
};

/// Decisions whose confidence lies in one tenth of [0, 1]; a reliability curve has ten.
struct ConfidenceBin {
    std::int64_t count = 0;
    double confidence = 0; ///< sum over the decisions
    std::int64_t correct = 0;
};

/// One matrix and what was measured with it. Kind "router": of a router alone; others come from modular
/// models.
struct RoutingEvaluation {
    std::string kind = "router";
    std::string classifier;           ///< as the study file names it; empty for a modular model
    std::string split = "valid";      ///< valid, train, folds (all of them together)
    std::int64_t fold = 0;            ///< 1, 2, … of a cross-validation; 0: none, or all of them
    std::int64_t length = 0;          ///< tokens of each input; 0: whole articles
    std::int64_t step = 0;            ///< of a modular training
    std::vector<std::string> rows;    ///< true domains
    std::vector<std::string> columns; ///< decided domains, then "unknown"
    std::vector<std::int64_t> counts; ///< row by row
    /// The same without abstention: the most probable domain of each.
    std::vector<std::int64_t> forced;
    std::vector<ConfidenceBin> reliability;
    double log_loss = 0; ///< mean over the inputs of known domains, nats
    /// Area under the ROC curve of the confidence, known against unknown domains; NaN without unknown ones.
    double unknown_auroc = 0;
    /// Area under the risk–coverage curve of the known domains.
    double risk_area = 0;
    double seconds_per_decision = 0;
    std::vector<RoutedExample> examples;
};

} // namespace retort
