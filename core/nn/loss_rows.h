// SPDX-License-Identifier: GPL-3.0-or-later
// One loss term over a chunk of rows, on the device the logits lie on.
#pragma once

#include "nn/distillation_head.h"

namespace retort {

/// logits, teacher_logits (undefined for cross-entropy), gradient: [rows, V] fp32; targets [rows].
/// Adds scale × d(term)/d(logits) to `gradient` where it is defined, and returns each row's loss [rows],
/// unscaled.
[[nodiscard]] at::Tensor add_term(const LossTerm& term, const at::Tensor& logits,
                                  const at::Tensor& teacher_logits, const at::Tensor& targets, double scale,
                                  const at::Tensor& gradient);

/// The same by tensor operations of any device: what a GPU runs, and what the CPU's kernels are checked
/// against.
[[nodiscard]] at::Tensor add_term_anywhere(const LossTerm& term, const at::Tensor& logits,
                                           const at::Tensor& teacher_logits, const at::Tensor& targets,
                                           double scale, const at::Tensor& gradient);

} // namespace retort
