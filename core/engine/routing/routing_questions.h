// SPDX-License-Identifier: GPL-3.0-or-later
// A router asked about pieces whose domain is known.
#pragma once

#include "data/tokenizer.h"
#include "engine/routing/routing_data.h"
#include "router/router.h"
#include "spec/routing.h"

#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace retort {

inline constexpr std::size_t examples_off_diagonal = 200; ///< kept of a cell: the surest mistakes
inline constexpr std::size_t examples_on_diagonal = 20;   ///< and the right answers that were least sure
inline constexpr std::size_t excerpt_bytes = 2000;

/// What was decided for one piece, or for a batch of pieces of one domain.
struct RoutedPieces {
    RoutingPiece first; ///< of the batch; its tokens are what was decided on
    std::int64_t count = 1;
    std::int64_t row = 0; ///< domain of the run's data
    RoutingDecision decision;
};

struct RoutingAnswers {
    std::vector<RoutedPieces> answers;
    double seconds = 0; ///< in which they were decided, on one core
};

/// Each piece, or batches of them as the router's specification says. Throws Error{interrupted} on a stop.
[[nodiscard]] RoutingAnswers ask_router(const Router& router, std::span<const RoutingPiece> pieces,
                                        const std::stop_token& stop);

/// Counts and scores; `domains` are the rows. Split, fold, length and examples are left to the caller.
[[nodiscard]] RoutingEvaluation summarise_answers(const Router& router,
                                                  const std::vector<std::string>& domains,
                                                  std::span<const RoutingAnswers> answers);

/// Texts to read of each cell of summarise_answers(), with what decided them.
[[nodiscard]] std::vector<RoutedExample> examples_of(const Router& router, const Tokenizer& tokenizer,
                                                     const std::vector<std::string>& domains,
                                                     const RoutingAnswers& answers);

/// A window of the valid text that a modular model's router was asked about.
struct RoutedWindow {
    std::int64_t row = 0, column = 0;  ///< its cell
    std::int64_t window = 0;           ///< of the token store
    std::vector<double> probabilities; ///< by expert
};

/// Texts to read of each cell of `matrix`, as many as of a router's own, with what decided them. A window may
/// hold several articles; it goes by the one in which it begins.
[[nodiscard]] std::vector<RoutedExample> examples_of(const Router& router, const Tokenizer& tokenizer,
                                                     const TokenStore& store, const DataSpec& data,
                                                     const RoutingEvaluation& matrix,
                                                     std::vector<RoutedWindow> windows);

/// Of the examples of several matrices, as many of each cell as one matrix keeps.
[[nodiscard]] std::vector<RoutedExample> most_telling(std::vector<RoutedExample> examples,
                                                      const Router& router,
                                                      const std::vector<std::string>& domains);

} // namespace retort
