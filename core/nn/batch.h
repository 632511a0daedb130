// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

namespace retort {

/// Sequences as a model reads them, on the device that trains.
struct Batch {
    at::Tensor inputs;  ///< [B, context] int64
    at::Tensor targets; ///< [B × context] int64: each input's next token
};

/// Splits windows [B, context + 1] int64.
[[nodiscard]] Batch split_windows(const at::Tensor& windows, at::Device device);

} // namespace retort
