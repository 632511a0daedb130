// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/kernels_cpu.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

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
namespace {

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

RETORT_VECTORISED float cross_entropy_row(const float* z, std::int64_t target, std::int64_t vocab,
                                          float weight, float* gradient) {
    const float largest = row_max(z, vocab);
    const double sum = exp_sum(z, vocab, largest, 1.0f);
    if (gradient != nullptr) {
        const auto factor = static_cast<float>(weight / sum);
#pragma omp simd
        for (std::int64_t v = 0; v < vocab; ++v)
            gradient[v] += factor * fast_exp(z[v] - largest);
        gradient[target] -= weight;
    }
    return static_cast<float>(std::log(sum) - static_cast<double>(z[target] - largest));
}

/// A row of forward KL with its constants: p = t_factor × exp(scale × (t − t_max)), q likewise.
struct KlRow {
    const float* z;
    const float* t;
    float scale, z_max, t_max, z_factor, t_factor, log_ratio, weight;
    float* gradient;
};

/// Σ p (log p − log q) over [begin, end); t − z comes first, which is exact where the two are close.
template <bool with_gradient>
RETORT_INLINE float forward_kl_block(const KlRow& row, std::int64_t begin, std::int64_t end) {
    const KlRow r = row;
    const float shift = r.t_max - r.z_max;
    float loss = 0;
#pragma omp simd reduction(+ : loss)
    for (std::int64_t v = begin; v < end; ++v) {
        const float p = r.t_factor * fast_exp(r.scale * (r.t[v] - r.t_max));
        const float d = r.scale * ((r.t[v] - r.z[v]) - shift) + r.log_ratio;
        loss += p > 0 ? p * d : 0.0f * p; // 0 · log 0 = 0, and NaN stays NaN
        if constexpr (with_gradient)
            r.gradient[v] += r.weight * (r.z_factor * fast_exp(r.scale * (r.z[v] - r.z_max)) - p);
    }
    return loss;
}

template <bool with_gradient>
RETORT_INLINE double forward_kl_sum(const KlRow& row, std::int64_t vocab) {
    double total = 0;
    for (std::int64_t begin = 0; begin < vocab; begin += sum_block) {
        const std::int64_t end = vocab - begin < sum_block ? vocab : begin + sum_block;
        total += static_cast<double>(forward_kl_block<with_gradient>(row, begin, end));
    }
    return total;
}

RETORT_VECTORISED float forward_kl_row(const float* z, const float* t, std::int64_t vocab,
                                       float inverse_temperature, float weight, float* gradient) {
    const float z_max = row_max(z, vocab), t_max = row_max(t, vocab);
    const double z_sum = exp_sum(z, vocab, z_max, inverse_temperature);
    const double t_sum = exp_sum(t, vocab, t_max, inverse_temperature);
    const KlRow row = {z,
                       t,
                       inverse_temperature,
                       z_max,
                       t_max,
                       static_cast<float>(1.0 / z_sum),
                       static_cast<float>(1.0 / t_sum),
                       static_cast<float>(std::log(z_sum) - std::log(t_sum)),
                       weight * inverse_temperature,
                       gradient};
    return static_cast<float>(gradient == nullptr ? forward_kl_sum<false>(row, vocab)
                                                  : forward_kl_sum<true>(row, vocab));
}

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
        m[i] = m[i] + (1.0f - c.beta1) * (g - m[i]);
        v[i] = c.beta2 * v[i] + (1.0f - c.beta2) * g * g;
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

template <class Work>
void for_each_row(std::int64_t rows, const Work& work) {
#pragma omp parallel for schedule(static) if (rows > 8)
    for (std::int64_t r = 0; r < rows; ++r)
        work(r);
}

} // namespace

const char* vector_level() noexcept {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) return "x86-64-v4";
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "x86-64-v3";
#endif
    return "baseline";
}

void cross_entropy(const CrossEntropyRows& in) {
    for_each_row(in.rows, [&](std::int64_t r) {
        float* const gradient = in.gradient == nullptr ? nullptr : in.gradient + r * in.vocab;
        in.losses[r] =
            cross_entropy_row(in.logits + r * in.vocab, in.targets[r], in.vocab, in.weight, gradient);
    });
}

void forward_kl(const ForwardKlRows& in) {
    for_each_row(in.rows, [&](std::int64_t r) {
        float* const gradient = in.gradient == nullptr ? nullptr : in.gradient + r * in.vocab;
        in.losses[r] = forward_kl_row(in.logits + r * in.vocab, in.teacher_logits + r * in.vocab, in.vocab,
                                      1.0f / in.temperature, in.weight, gradient);
    });
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
                  std::uint64_t step) {
    constexpr std::int64_t flags = philox_batch * 8;
    for_each_block(size, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
        std::uint8_t rest[flags];
        for (std::int64_t i = begin; i < end; i += flags) {
            const bool whole = end - i >= flags;
            keep_flags(whole ? mask + i : rest, static_cast<std::uint64_t>(i / 8), threshold, stream.key(),
                       step);
            if (!whole) std::copy(rest, rest + (end - i), mask + i);
        }
    });
}

void dropout(const float* in, float* out, std::uint8_t* mask, std::int64_t size, std::uint32_t threshold,
             const RandomStream& stream, std::uint64_t step) {
    dropout_mask(mask, size, threshold, stream, step);
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
