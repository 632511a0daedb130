// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/kernels_cpu.h"

#include "nn/row_math.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace retort::kernels {
namespace {

RETORT_VECTORISED void softmax_row(float* row, std::int64_t used, std::int64_t size, float scale) {
    const float largest = row_max(row, used);
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < used; ++i) {
        row[i] = fast_exp(scale * (row[i] - largest));
        sum += row[i];
    }
    const float factor = 1.0f / sum;
#pragma omp simd
    for (std::int64_t i = 0; i < used; ++i)
        row[i] *= factor;
    std::fill(row + used, row + size, 0.0f);
}

RETORT_VECTORISED void softmax_backward_row(const float* p, float* g, std::int64_t used, std::int64_t size,
                                            float scale) {
    float inner = 0;
#pragma omp simd reduction(+ : inner)
    for (std::int64_t i = 0; i < used; ++i)
        inner += p[i] * g[i];
#pragma omp simd
    for (std::int64_t i = 0; i < used; ++i)
        g[i] = scale * p[i] * (g[i] - inner);
    std::fill(g + used, g + size, 0.0f);
}

constexpr std::int64_t philox_batch = 64; // blocks whose lanes the compiler computes side by side

/// Kept flags of `philox_batch` blocks, eight each, from (step, first_block …).
RETORT_VECTORISED void keep_flags(std::uint8_t* keep, std::uint64_t first_block, std::uint32_t threshold,
                                  PhiloxKey key, std::uint64_t step) {
    std::uint32_t words[4][philox_batch];
    const auto step_low = static_cast<std::uint32_t>(step),
               step_high = static_cast<std::uint32_t>(step >> 32);
#pragma omp simd
    for (std::int64_t i = 0; i < philox_batch; ++i) {
        const std::uint64_t index = first_block + static_cast<std::uint64_t>(i);
        std::uint32_t c0 = static_cast<std::uint32_t>(index), c1 = static_cast<std::uint32_t>(index >> 32);
        std::uint32_t c2 = step_low, c3 = step_high, k0 = key[0], k1 = key[1];
        for (int round = 0; round < 10; ++round) {
            const std::uint64_t a = std::uint64_t{0xD2511F53u} * c0, b = std::uint64_t{0xCD9E8D57u} * c2;
            c0 = static_cast<std::uint32_t>(b >> 32) ^ c1 ^ k0;
            c1 = static_cast<std::uint32_t>(b);
            c2 = static_cast<std::uint32_t>(a >> 32) ^ c3 ^ k1;
            c3 = static_cast<std::uint32_t>(a);
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        words[0][i] = c0;
        words[1][i] = c1;
        words[2][i] = c2;
        words[3][i] = c3;
    }
    for (std::int64_t i = 0; i < philox_batch; ++i)
        for (std::int64_t w = 0; w < 4; ++w) {
            keep[i * 8 + w * 2] = (words[w][i] & 0xFFFFu) >= threshold;
            keep[i * 8 + w * 2 + 1] = (words[w][i] >> 16) >= threshold;
        }
}

RETORT_VECTORISED void apply_mask(const float* in, float* out, const std::uint8_t* mask, std::int64_t size,
                                  float scale) {
#pragma omp simd
    for (std::int64_t i = 0; i < size; ++i)
        out[i] = mask[i] != 0 ? in[i] * scale : 0.0f;
}

RETORT_VECTORISED void adamw_range(const AdamWRow& in, std::int64_t begin, std::int64_t end) {
    float* const w = in.weights;
    float* const m = in.first;
    float* const v = in.second;
    const AdamWRow c = in;
#pragma omp simd
    for (std::int64_t i = begin; i < end; ++i) {
        const float g = c.gradient[i] * c.gradient_scale;
        m[i] = m[i] + c.first_share * (g - m[i]);
        v[i] = c.beta2 * v[i] + c.second_share * g * g;
        const float root = std::sqrt(v[i]) / c.second_correction + c.eps;
        w[i] = w[i] * c.decay_factor - c.step_size * (m[i] / root);
    }
}

RETORT_VECTORISED double squares_of_block(const float* values, std::int64_t size) {
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < size; ++i)
        sum += static_cast<double>(values[i]) * static_cast<double>(values[i]);
    return sum;
}

constexpr std::int64_t block_size = 4096; // elements a thread takes at once; fixes the order of sums

template <class Work>
void for_each_block(std::int64_t size, const Work& work) {
    const std::int64_t blocks = (size + block_size - 1) / block_size;
#pragma omp parallel for schedule(static) if (blocks > 4)
    for (std::int64_t b = 0; b < blocks; ++b)
        work(b, b * block_size, std::min(size, (b + 1) * block_size));
}

} // namespace

const char* vector_level() noexcept {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) return "x86-64-v4";
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "x86-64-v3";
#endif
    return "baseline";
}

void argmax(const float* logits, std::int64_t rows, std::int64_t vocab, std::int64_t* best) {
    for_each_row(rows, [&](std::int64_t r) {
        const float* const row = logits + r * vocab;
        best[r] = std::max_element(row, row + vocab) - row;
    });
}

void causal_softmax(float* scores, std::int64_t matrices, std::int64_t size, float scale) {
    for_each_row(matrices * size,
                 [&](std::int64_t r) { softmax_row(scores + r * size, r % size + 1, size, scale); });
}

void causal_softmax_backward(const float* probabilities, float* gradient, std::int64_t matrices,
                             std::int64_t size, float scale) {
    for_each_row(matrices * size, [&](std::int64_t r) {
        softmax_backward_row(probabilities + r * size, gradient + r * size, r % size + 1, size, scale);
    });
}

void dropout_mask(std::uint8_t* mask, std::int64_t size, std::uint32_t threshold, const RandomStream& stream,
                  std::uint64_t step, std::int64_t first) {
    constexpr std::int64_t flags = philox_batch * 8;
    for_each_block(size, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
        std::uint8_t rest[flags];
        for (std::int64_t i = begin; i < end; i += flags) {
            const bool whole = end - i >= flags;
            keep_flags(whole ? mask + i : rest, static_cast<std::uint64_t>((first + i) / 8), threshold,
                       stream.key(), step);
            if (!whole) std::copy(rest, rest + (end - i), mask + i);
        }
    });
}

void dropout(const float* in, float* out, std::uint8_t* mask, std::int64_t size, std::uint32_t threshold,
             const RandomStream& stream, std::uint64_t step, std::int64_t first) {
    dropout_mask(mask, size, threshold, stream, step, first);
    const float scale = 65536.0f / static_cast<float>(65536 - threshold);
    for_each_block(size, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
        apply_mask(in + begin, out + begin, mask + begin, end - begin, scale);
    });
}

void adamw(const AdamWRow& in) {
    for_each_block(in.size,
                   [&](std::int64_t, std::int64_t begin, std::int64_t end) { adamw_range(in, begin, end); });
}

double sum_of_squares(const float* values, std::int64_t size) {
    std::vector<double> partial(static_cast<std::size_t>((size + block_size - 1) / block_size));
    for_each_block(size, [&](std::int64_t b, std::int64_t begin, std::int64_t end) {
        partial[static_cast<std::size_t>(b)] = squares_of_block(values + begin, end - begin);
    });
    double sum = 0;
    for (const double p : partial)
        sum += p;
    return sum;
}

} // namespace retort::kernels
