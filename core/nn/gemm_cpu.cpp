// SPDX-License-Identifier: GPL-3.0-or-later
// Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34(3), 2008: blocks of
// a in the second cache, panels of b in the first, a tile of c in the registers. What differs: a is read
// where it lies unless it is transposed, since its strips are narrow and used at once.
#include "nn/gemm_cpu.h"

#include "nn/row_math.h"

#include <array>
#include <cstdlib>
#include <memory>
#include <utility>

namespace retort::kernels {
namespace {

// Multiples of the strip (6) and the panel (16).
constexpr std::int64_t block_rows = 168;
constexpr std::int64_t block_columns = 256;
constexpr std::int64_t block_floats = 65536; // of b: half of the second cache

struct Block {
    std::int64_t i, rows, j, columns, k, depth;
};

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define RETORT_HAS_GEMM 1

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")
namespace v3 {
constexpr std::int64_t lanes = 8, strip = 6;
#include "nn/gemm_tile.inc"
} // namespace v3
#pragma GCC pop_options

using Gemm = void (*)(const Product&, float*, float*);

Gemm best_gemm() {
    if (__builtin_cpu_supports("avx512f")) return nullptr; // a BLAS has wider registers there than this
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return v3::gemm_blocks;
    return nullptr;
}

struct Free {
    void operator()(float* memory) const { std::free(memory); }
};
using Buffer = std::unique_ptr<float, Free>;

Buffer buffer(std::int64_t floats) {
    return Buffer(
        static_cast<float*>(std::aligned_alloc(64, static_cast<std::size_t>(floats) * sizeof(float))));
}
#endif

} // namespace

#ifdef RETORT_HAS_GEMM
bool has_gemm() noexcept {
    static const bool has = best_gemm() != nullptr;
    return has;
}

void gemm(const Product& product) {
    static const Gemm best = best_gemm();
    thread_local const Buffer a = buffer(block_rows * 2 * block_floats / block_columns),
                              b = buffer(block_floats);
    best(product, a.get(), b.get());
}
#else
bool has_gemm() noexcept {
    return false;
}
void gemm(const Product&) {
    std::abort();
}
#endif

} // namespace retort::kernels
