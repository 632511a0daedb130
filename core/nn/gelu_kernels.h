// SPDX-License-Identifier: GPL-3.0-or-later
// GELU in its tanh form (Hendrycks and Gimpel, arXiv 1606.08415), as kernels_cpu.h says. No torch.
#pragma once

#include <cstdint>

namespace retort::kernels {

/// out = ½ x (1 + tanh z) = x / (1 + e^(−2z)), z = √(2/π) (x + 0.044715 x³). May be in place.
void gelu(const float* x, float* out, std::int64_t size);
/// out = upstream × d(gelu)/dx at x. May be in place on `upstream`.
void gelu_backward(const float* x, const float* upstream, float* out, std::int64_t size);

} // namespace retort::kernels
