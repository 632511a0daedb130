// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/attention_kernels.h"

#include "nn/kernels_cpu.h"
#include "nn/row_math.h"

#include <algorithm>
#include <vector>

namespace retort::kernels {
namespace {

constexpr std::int64_t block = 64; // rows of scores whose future is left out together

RETORT_VECTORISED void masked_row(const float* in, const std::uint8_t* mask, float scale, float* out,
                                  std::int64_t used) {
#pragma omp simd
    for (std::int64_t i = 0; i < used; ++i)
        out[i] = mask[i] != 0 ? in[i] * scale : 0.0f;
}

/// Where one head of one sequence lies.
struct Head {
    const Attention& in;
    std::int64_t matrix;

    [[nodiscard]] std::int64_t width() const { return in.heads * in.depth; }
    [[nodiscard]] std::int64_t sequence() const { return matrix / in.heads; }
    [[nodiscard]] std::int64_t column() const { return matrix % in.heads * in.depth; }
    /// Of q (0), k (1) or v (2) within qkv.
    [[nodiscard]] std::int64_t offset(std::int64_t part) const {
        return (sequence() * in.length * 3 + part) * width() + column();
    }
    /// [length, depth]
    [[nodiscard]] MatrixView rows(std::int64_t part, std::int64_t first = 0) const {
        return {in.qkv + offset(part) + first * 3 * width(), 3 * width(), 1};
    }
    [[nodiscard]] std::int64_t mixed_offset() const { return sequence() * in.length * width() + column(); }
    [[nodiscard]] std::int64_t square() const { return in.length * in.length; }
};

template <class Work>
void for_each_block(std::int64_t length, const Work& work) {
    for (std::int64_t begin = 0; begin < length; begin += block)
        work(begin, std::min(length, begin + block));
}

/// The mask on the past and present of `from`; the future of a block of rows becomes 0.
void apply_mask(const Head& head, const float* from, float* to) {
    const std::int64_t t = head.in.length;
    const std::uint8_t* const mask = head.in.mask + head.matrix * head.square();
    for (std::int64_t r = 0; r < t; ++r) {
        masked_row(from + r * t, mask + r * t, head.in.mask_scale, to + r * t, r + 1);
        std::fill(to + r * t + r + 1, to + r * t + t, 0.0f);
    }
}

/// out [length, length] = x yᵀ, but for the future.
void scores(const Head& head, const MatrixView& x, const MatrixView& y, float* out) {
    const std::int64_t t = head.in.length;
    for_each_block(t, [&](std::int64_t begin, std::int64_t end) {
        gemm({.a = {x.data + begin * x.row_stride, x.row_stride, 1},
              .b = y.transposed(),
              .m = end - begin,
              .n = end,
              .k = head.in.depth,
              .c = out + begin * t,
              .c_stride = t,
              .factors = head.in.factors});
    });
}

/// out [length, depth] = weights y: a row takes of its past and present.
void mix_past(const Head& head, const float* weights, const MatrixView& y, float* out, std::int64_t stride) {
    const std::int64_t t = head.in.length;
    for_each_block(t, [&](std::int64_t begin, std::int64_t end) {
        gemm({.a = {weights + begin * t, t, 1},
              .b = y,
              .m = end - begin,
              .n = head.in.depth,
              .k = end,
              .c = out + begin * stride,
              .c_stride = stride,
              .factors = head.in.factors});
    });
}

/// out [length, depth] = weightsᵀ y: a row takes of its present and future.
void mix_future(const Head& head, const float* weights, const MatrixView& y, float* out,
                std::int64_t stride) {
    const std::int64_t t = head.in.length;
    for_each_block(t, [&](std::int64_t begin, std::int64_t end) {
        gemm({.a = {weights + begin * t + begin, 1, t},
              .b = {y.data + begin * y.row_stride, y.row_stride, 1},
              .m = end - begin,
              .n = head.in.depth,
              .k = t - begin,
              .c = out + begin * stride,
              .c_stride = stride,
              .factors = head.in.factors});
    });
}

float* scratch(std::int64_t floats) {
    thread_local std::vector<float> memory;
    memory.resize(std::max(memory.size(), static_cast<std::size_t>(floats)));
    return memory.data();
}

void forward_head(const Head& head, float* probabilities, float* mixed) {
    float* const spare = scratch(2 * head.square());
    float* weights = probabilities == nullptr ? spare : probabilities + head.matrix * head.square();
    scores(head, head.rows(0), head.rows(1), weights);
    causal_softmax(weights, 1, head.in.length, head.in.scale);
    if (head.in.mask != nullptr) {
        apply_mask(head, weights, spare + head.square());
        weights = spare + head.square();
    }
    mix_past(head, weights, head.rows(2), mixed + head.mixed_offset(), head.width());
}

void backward_head(const Head& head, const float* probabilities, const float* mixed_gradient,
                   float* qkv_gradient) {
    const std::int64_t stride = 3 * head.width();
    const float* const p = probabilities + head.matrix * head.square();
    float* const weights = scratch(2 * head.square());
    float* const gradient = weights + head.square();
    const MatrixView upstream = {mixed_gradient + head.mixed_offset(), head.width(), 1};
    if (head.in.mask != nullptr) apply_mask(head, p, weights);
    mix_future(head, head.in.mask != nullptr ? weights : p, upstream, qkv_gradient + head.offset(2), stride);
    scores(head, upstream, head.rows(2), gradient);
    if (head.in.mask != nullptr) apply_mask(head, gradient, gradient);
    causal_softmax_backward(p, gradient, 1, head.in.length, head.in.scale);
    mix_past(head, gradient, head.rows(1), qkv_gradient + head.offset(0), stride);
    mix_future(head, gradient, head.rows(0), qkv_gradient + head.offset(1), stride);
}

} // namespace

void causal_attention(const Attention& in, float* probabilities, float* mixed) {
    for_each_row(in.batch * in.heads, [&](std::int64_t m) { forward_head({in, m}, probabilities, mixed); });
}

void causal_attention_backward(const Attention& in, const float* probabilities, const float* mixed_gradient,
                               float* qkv_gradient) {
    for_each_row(in.batch * in.heads, [&](std::int64_t m) {
        backward_head({in, m}, probabilities, mixed_gradient, qkv_gradient);
    });
}

} // namespace retort::kernels
