// SPDX-License-Identifier: GPL-3.0-or-later
// Products of float matrices that stay in one core's caches: a training share multiplies tall activations by
// small weights, for which a general BLAS spends much of its time copying. One thread; sums have a fixed
// order. No torch.
#pragma once

#include <cstdint>

namespace retort::kernels {

/// Element (i, j) lies at data[i × row_stride + j × column_stride]; one of the strides is 1.
struct MatrixView {
    const float* data;
    std::int64_t row_stride;
    std::int64_t column_stride;

    [[nodiscard]] MatrixView transposed() const { return {data, column_stride, row_stride}; }
};

/// How the factors of a product enter it; sums are fp32.
enum class Factors {
    fp32,
    bf16 ///< rounded to the nearest bf16
};

struct Product {
    MatrixView a; ///< [m, k]
    MatrixView b; ///< [k, n]
    std::int64_t m, n, k;
    float* c; ///< [m, n], rows of n lie c_stride apart
    std::int64_t c_stride;
    const float* bias = nullptr; ///< [n], added to each row; null: none
    bool adds = false;           ///< to what is in c
    Factors factors = Factors::fp32;
};

/// c = a b (+ bias) (+ c). Only where has_gemm() is true.
void gemm(const Product& product);

/// Whether this processor has the instructions gemm() is written for: AVX2 with FMA, or AVX-512.
[[nodiscard]] bool has_gemm() noexcept;
/// Whether these are AVX-512, where no other product is the faster.
[[nodiscard]] bool has_wide_gemm() noexcept;
/// Whether bf16 factors are multiplied as such (AVX-512 BF16); else gemm() rounds them and multiplies floats.
[[nodiscard]] bool has_bf16_products() noexcept;

/// gemm() with factors rounded to bf16, on any processor that has_gemm(): the same to the rounding of sums.
void gemm_of_rounded(const Product& product);

} // namespace retort::kernels
