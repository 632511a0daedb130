// SPDX-License-Identifier: GPL-3.0-or-later
// One loss term over a chunk of rows, on the device the logits lie on.
#pragma once

#include "nn/distillation_head.h"

namespace retort {

/// What a chunk's rows are compared with. Undefined where a term does not ask for it.
struct RowContext {
    at::Tensor teacher_logits; ///< [rows, V] fp32, of a divergence
    at::Tensor targets;        ///< [rows] int64, of the cross-entropy
    at::Tensor inputs;         ///< [rows] int64
    at::Tensor counts;         ///< [rows] bool; undefined: all rows count
};

/// logits, gradient: [rows, V] fp32. Adds scale × d(term)/d(logits) to `gradient` where it is defined, and
/// returns each row's loss [rows] with the factor T² where the term has one, unscaled.
[[nodiscard]] at::Tensor add_term(const LossTerm& term, const at::Tensor& logits, const RowContext& rows,
                                  double scale, const at::Tensor& gradient);

/// The same by tensor operations of any device: what a GPU runs, and what the CPU's kernels are checked
/// against.
[[nodiscard]] at::Tensor add_term_anywhere(const LossTerm& term, const at::Tensor& logits,
                                           const RowContext& rows, double scale, const at::Tensor& gradient);

} // namespace retort
