// SPDX-License-Identifier: GPL-3.0-or-later
// Confusion matrices and their examples in the database.
#pragma once

#include "spec/routing.h"
#include "store/connection.h"
#include "store/run_store.h"

namespace retort {

/// Replaces the matrix of the same run, kind, classifier, split, fold, length and step. Within a transaction.
void write_routing(Connection& connection, std::int64_t run_number, const RoutingEvaluation& evaluation);

/// In the order in which they were written; without examples.
[[nodiscard]] std::vector<MatrixRecord> read_matrices(Connection& connection, std::int64_t run_number);

[[nodiscard]] std::vector<RoutedExample> read_examples(Connection& connection, std::int64_t matrix,
                                                       std::int64_t row, std::int64_t column);

} // namespace retort
