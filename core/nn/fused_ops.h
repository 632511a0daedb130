// SPDX-License-Identifier: GPL-3.0-or-later
// Operations of a block with their gradients: the project's kernels on fp32 tensors of the CPU, LibTorch's
// own on any other.
#pragma once

#include "nn/gemm_cpu.h"

#include <ATen/core/Tensor.h>

namespace retort {

/// How products of fp32 tensors on the CPU take their factors, on this thread and on those of a ShareTeam at
/// work for it; fp32 at first. A backward pass takes them as its forward pass did.
[[nodiscard]] kernels::Factors product_factors() noexcept;
void set_product_factors(kernels::Factors factors) noexcept;

/// Sets them for a while.
class FactorsGuard {
public:
    explicit FactorsGuard(kernels::Factors factors) noexcept : before_(product_factors()) {
        set_product_factors(factors);
    }
    ~FactorsGuard() { set_product_factors(before_); }
    FactorsGuard(const FactorsGuard&) = delete;
    FactorsGuard& operator=(const FactorsGuard&) = delete;

private:
    kernels::Factors before_;
};

/// Contiguous rows of fp32 on the CPU, and a processor with the instructions the kernels want.
[[nodiscard]] bool has_own_kernels(const at::Tensor& tensor);

/// out = a b for matrices [m, k] and [k, n], without a gradient; `out` [m, n] has contiguous rows.
void multiply_into(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b);
/// out += a b; `out` is fp32.
void add_product(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b);

/// x [..., in] -> x weight + bias [..., out]; weight [in, out], bias [out].
[[nodiscard]] at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);

/// GELU in its tanh form.
[[nodiscard]] at::Tensor gelu_new(const at::Tensor& x);

} // namespace retort
