// SPDX-License-Identifier: GPL-3.0-or-later
// Operations of a block with their gradients: the project's kernels on fp32 tensors of the CPU, LibTorch's
// own on any other.
#pragma once

#include <ATen/core/Tensor.h>

namespace retort {

/// Contiguous rows of fp32 on the CPU, and a processor with the instructions the kernels want.
[[nodiscard]] bool has_own_kernels(const at::Tensor& tensor);

/// out = a b for matrices [m, k] and [k, n], without a gradient; `out` [m, n] has contiguous rows.
void multiply_into(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b);

/// x [..., in] -> x weight + bias [..., out]; weight [in, out], bias [out].
[[nodiscard]] at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);

/// GELU in its tanh form.
[[nodiscard]] at::Tensor gelu_new(const at::Tensor& x);

} // namespace retort
