// SPDX-License-Identifier: GPL-3.0-or-later
// What resolved settings mean in torch's types and in threads.
#pragma once

#include "nn/gemm_cpu.h"
#include "spec/run_record.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <span>

namespace retort {

/// Type that models compute in; master weights are fp32 all the same. On the CPU bf16 are the factors of
/// products alone (product_factors() of fused_ops.h): rounding whole tensors takes time there and saves none.
[[nodiscard]] inline at::ScalarType compute_type(const ResolvedSettings& resolved) {
    return resolved.precision == "bf16" && resolved.device != "cpu" ? at::kBFloat16 : at::kFloat;
}

[[nodiscard]] inline kernels::Factors factors_of(const ResolvedSettings& resolved) {
    return resolved.precision == "bf16" ? kernels::Factors::bf16 : kernels::Factors::fp32;
}

/// One share a core; a GPU takes the whole.
[[nodiscard]] inline int team_threads(const ResolvedSettings& resolved) {
    return resolved.device == "cpu" ? static_cast<int>(resolved.threads) : 1;
}

/// The bits of a contiguous bf16 tensor on the CPU, for as long as it lives.
[[nodiscard]] inline std::span<std::uint16_t> bits_of(const at::Tensor& block) {
    return {static_cast<std::uint16_t*>(block.data_ptr()), static_cast<std::size_t>(block.numel())};
}

} // namespace retort
