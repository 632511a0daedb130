// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/gelu_kernels.h"

#include "nn/row_math.h"

#include <algorithm>

namespace retort::kernels {
namespace {

constexpr float slope = 1.5957691216057308f; // 2 √(2/π)
constexpr float cubic = 0.044715f;
constexpr std::int64_t block = 4096; // elements a thread takes at once

/// e^(−2z)
RETORT_INLINE float decay(float x) {
    return fast_exp(-slope * x * (1.0f + cubic * x * x));
}

RETORT_VECTORISED void gelu_range(const float* x, float* out, std::int64_t size) {
#pragma omp simd
    for (std::int64_t i = 0; i < size; ++i)
        out[i] = x[i] / (1.0f + decay(x[i]));
}

RETORT_VECTORISED void backward_range(const float* x, const float* upstream, float* out, std::int64_t size) {
#pragma omp simd
    for (std::int64_t i = 0; i < size; ++i) {
        const float e = decay(x[i]), s = 1.0f / (1.0f + e);
        const float bend = x[i] * slope * (1.0f + 3.0f * cubic * x[i] * x[i]);
        out[i] = upstream[i] * s * (1.0f + bend * (e * s)); // e × s ≤ 1, where e × s² could be ∞ × 0
    }
}

template <class Work>
void for_each_block(std::int64_t size, const Work& work) {
    for_each_row((size + block - 1) / block,
                 [&](std::int64_t b) { work(b * block, std::min(block, size - b * block)); });
}

} // namespace

void gelu(const float* x, float* out, std::int64_t size) {
    for_each_block(size, [&](std::int64_t at, std::int64_t count) { gelu_range(x + at, out + at, count); });
}

void gelu_backward(const float* x, const float* upstream, float* out, std::int64_t size) {
    for_each_block(size, [&](std::int64_t at, std::int64_t count) {
        backward_range(x + at, upstream + at, out + at, count);
    });
}

} // namespace retort::kernels
