// SPDX-License-Identifier: GPL-3.0-or-later
// What logistic regression does once for each row: scores from the weights, a change of the scores, and the
// row times these added to sums. Nearly all time of a fit is spent here.
#pragma once

#include "router/sparse_rows.h"

#include <stop_token>

namespace retort {

/// Rows [begin, end). Weights and sums have the layout of LogisticObjective's variables.
template <class Number>
struct LogisticPass {
    const SparseRows& rows;
    std::span<const Number> values; ///< the rows' values, as precise as the pass
    std::span<const std::int32_t> labels;
    std::size_t classes = 0;
    std::span<const Number> weights;
    std::span<Number> sums;
    std::size_t begin = 0, end = 0;
    const std::stop_token& stop; ///< the pass ends early, with numbers of no meaning
};

/// Adds Σ_i (p_i − y_i) x_iᵀ for probabilities p_i and the label's unit vector y_i, writes the probabilities
/// (class by class, for each row) and returns Σ_i −ln p_i[label].
double add_loss_gradient(const LogisticPass<double>& pass, std::span<float> probabilities);

/// Adds Σ_i (diag(p_i) − p_i p_iᵀ) W x_i x_iᵀ, the Hessian of those losses times W.
void add_hessian_product(const LogisticPass<float>& pass, std::span<const float> probabilities);

} // namespace retort
