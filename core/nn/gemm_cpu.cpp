// SPDX-License-Identifier: GPL-3.0-or-later
// Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34(3), 2008: blocks of
// a in the second cache, panels of b in the first, a tile of c in the registers. What differs: a is read
// where it lies unless it is transposed, since its strips are narrow and used at once.
#include "nn/gemm_cpu.h"

#include "nn/row_math.h"

#include <array>
#include <bit>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace retort::kernels {
namespace {

// Multiples of each strip (6, 12) and each panel (16, 32).
constexpr std::int64_t block_rows = 168;
constexpr std::int64_t block_columns = 256;
constexpr std::int64_t block_floats = 65536; // words of b: half of the second cache, or less

struct Block {
    std::int64_t i, rows, j, columns, k, depth;
};

/// Rows of words, `stride` apart.
struct Words {
    const float* data;
    std::int64_t stride;
};

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define RETORT_HAS_GEMM 1

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")
namespace v3 {
constexpr std::int64_t lanes = 8, strip = 6;
#include "nn/gemm_floats.inc"
#include "nn/gemm_tile.inc"
} // namespace v3
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4")
namespace v4 {
constexpr std::int64_t lanes = 16, strip = 12;
#include "nn/gemm_floats.inc"
#include "nn/gemm_tile.inc"
} // namespace v4
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4,avx512bf16")
namespace v4_pairs {
constexpr std::int64_t strip = 12;
#include "nn/gemm_pairs.inc"
#include "nn/gemm_tile.inc"
} // namespace v4_pairs
#pragma GCC pop_options

using Gemm = void (*)(const Product&, float*, float*);

bool is_wide() {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
}

Gemm gemm_of_floats() {
    if (is_wide()) return v4::gemm_blocks;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return v3::gemm_blocks;
    return nullptr;
}

Gemm gemm_of_pairs() {
    return is_wide() && __builtin_cpu_supports("avx512bf16") ? v4_pairs::gemm_blocks : nullptr;
}

struct Free {
    void operator()(float* memory) const { std::free(memory); }
};
using Buffer = std::unique_ptr<float, Free>;

Buffer buffer(std::int64_t floats) {
    return Buffer(
        static_cast<float*>(std::aligned_alloc(64, static_cast<std::size_t>(floats) * sizeof(float))));
}
void run(Gemm function, const Product& product) {
    constexpr std::int64_t longest_row = 2 * block_floats / block_columns + 32; // with what rows_of() adds
    thread_local const Buffer a = buffer(block_rows * longest_row), b = buffer(block_floats);
    function(product, a.get(), b.get());
}

/// To the nearest bf16, ties to even; NaN stays NaN.
float rounded(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    if (value != value) return value;
    return std::bit_cast<float>((bits + 0x7FFFu + ((bits >> 16) & 1u)) & 0xFFFF0000u);
}

/// A rounded copy in rows.
MatrixView rounded_rows(const MatrixView& x, std::int64_t rows, std::int64_t columns,
                        std::vector<float>& memory) {
    memory.resize(static_cast<std::size_t>(rows * columns));
    float* out = memory.data();
    for (std::int64_t i = 0; i < rows; ++i)
        for (std::int64_t j = 0; j < columns; ++j)
            *out++ = rounded(x.data[i * x.row_stride + j * x.column_stride]);
    return {memory.data(), columns, 1};
}
#endif

} // namespace

#ifdef RETORT_HAS_GEMM
bool has_gemm() noexcept {
    static const bool has = gemm_of_floats() != nullptr;
    return has;
}
bool has_wide_gemm() noexcept {
    return has_gemm() && is_wide();
}
bool has_bf16_products() noexcept {
    static const bool has = gemm_of_pairs() != nullptr;
    return has;
}

void gemm(const Product& product) {
    static const Gemm floats = gemm_of_floats(), pairs = gemm_of_pairs();
    if (product.factors == Factors::fp32)
        run(floats, product);
    else if (pairs != nullptr)
        run(pairs, product);
    else
        gemm_of_rounded(product);
}

void gemm_of_rounded(const Product& product) {
    thread_local std::vector<float> a, b;
    Product floats = product;
    floats.a = rounded_rows(product.a, product.m, product.k, a);
    floats.b = rounded_rows(product.b, product.k, product.n, b);
    floats.factors = Factors::fp32;
    gemm(floats);
}
#else
bool has_gemm() noexcept {
    return false;
}
bool has_wide_gemm() noexcept {
    return false;
}
bool has_bf16_products() noexcept {
    return false;
}
void gemm(const Product&) {
    std::abort();
}
void gemm_of_rounded(const Product&) {
    std::abort();
}
#endif

} // namespace retort::kernels
