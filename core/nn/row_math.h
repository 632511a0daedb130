// SPDX-License-Identifier: GPL-3.0-or-later
// What the row kernels are made of. For their .cpp files alone.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

// One body, three instruction sets; the dynamic loader picks. Only functions that take one row carry it: an
// OpenMP region inside would be outlined before it is cloned. Sanitizers do not get on with the resolvers.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define RETORT_VECTORISED                                                                                    \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), optimize("O3")))
#else
#define RETORT_VECTORISED
#endif
#define RETORT_INLINE inline __attribute__((always_inline))

namespace retort::kernels {

constexpr float log2_e = 1.44269504088896341f;
constexpr float ln2_high = 0.693359375f; // ln 2 in two parts: the first has few bits, so n × high is exact
constexpr float ln2_low = -2.12194440e-4f;

/// exp(x) to about 1 ulp for x ≤ 0 and moderate positive x; 0 below −87.3. A NaN stays NaN.
/// Cody and Waite reduction and the minimax polynomial of Cephes' expf, in a form the compiler can vectorise.
RETORT_INLINE float fast_exp(float x) {
    const float clamped = x < -87.3f ? -87.3f : (x > 88.0f ? 88.0f : x);
    const float n = std::floor(clamped * log2_e + 0.5f);
    const float r = (clamped - n * ln2_high) - n * ln2_low;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    const float power = std::bit_cast<float>((static_cast<std::int32_t>(n) + 127) << 23);
    const float value = x < -87.3f ? 0.0f : p * power;
    return x == x ? value : x;
}

/// Largest value of a row; NaN where one is in it.
RETORT_INLINE float row_max(const float* row, std::int64_t size) {
    float largest = -std::numeric_limits<float>::infinity();
    float poison = 0;
#pragma omp simd reduction(max : largest) reduction(+ : poison)
    for (std::int64_t i = 0; i < size; ++i) {
        largest = row[i] > largest ? row[i] : largest;
        poison += row[i] == row[i] ? 0.0f : row[i];
    }
    return poison == poison ? largest : poison;
}

constexpr std::int64_t sum_block = 128; // floats added in fp32 before their sum goes into a double

/// Σ exp(scale × (x − largest)), in double precision over blocks: its logarithm is compared with another's,
/// and their difference may be small.
RETORT_INLINE double exp_sum(const float* row, std::int64_t size, float largest, float scale) {
    double total = 0;
    for (std::int64_t begin = 0; begin < size; begin += sum_block) {
        const std::int64_t end = size - begin < sum_block ? size : begin + sum_block;
        float sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t i = begin; i < end; ++i)
            sum += fast_exp(scale * (row[i] - largest));
        total += static_cast<double>(sum);
    }
    return total;
}

/// As exp_sum; `exps` gets the summands.
RETORT_INLINE double exp_row(const float* row, std::int64_t size, float largest, float scale, float* exps) {
    double total = 0;
    for (std::int64_t begin = 0; begin < size; begin += sum_block) {
        const std::int64_t end = size - begin < sum_block ? size : begin + sum_block;
        float sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t i = begin; i < end; ++i) {
            exps[i] = fast_exp(scale * (row[i] - largest));
            sum += exps[i];
        }
        total += static_cast<double>(sum);
    }
    return total;
}

/// log(x) to about 1 ulp for x > 0 that is no denormal; log 0 = −Inf, log Inf = Inf, NaN stays NaN. The
/// polynomial of Cephes' logf.
RETORT_INLINE float fast_log(float x) {
    const auto bits = std::bit_cast<std::int32_t>(x);
    const float half = std::bit_cast<float>((bits & 0x007FFFFF) | 0x3F000000); // mantissa in [0.5, 1)
    const bool is_low = half < 0.707106781186547524f;
    const float exponent = static_cast<float>(((bits >> 23) & 0xFF) - 126) - (is_low ? 1.0f : 0.0f);
    const float m = (is_low ? half + half : half) - 1.0f;
    float y = 7.0376836292e-2f;
    y = y * m - 1.1514610310e-1f;
    y = y * m + 1.1676998740e-1f;
    y = y * m - 1.2420140846e-1f;
    y = y * m + 1.4249322787e-1f;
    y = y * m - 1.6668057665e-1f;
    y = y * m + 2.0000714765e-1f;
    y = y * m - 2.4999993993e-1f;
    y = y * m + 3.3333331174e-1f;
    const float z = m * m;
    const float value = (exponent * ln2_low + (y * m * z - 0.5f * z)) + m + exponent * ln2_high;
    const float positive = x > std::numeric_limits<float>::max() ? x : value;
    return x > 0
               ? positive
               : (x == 0 ? -std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN());
}

template <class Work>
void for_each_row(std::int64_t rows, const Work& work) {
#pragma omp parallel for schedule(static) if (rows > 8)
    for (std::int64_t r = 0; r < rows; ++r)
        work(r);
}

} // namespace retort::kernels
