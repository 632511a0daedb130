// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/loss_kernels.h"

#include "nn/row_math.h"

#include <algorithm>
#include <vector>

namespace retort::kernels {
namespace {

RETORT_VECTORISED float cross_entropy_row(const float* z, std::int64_t target, std::int64_t vocab,
                                          float weight, float* gradient, float* exps) {
    const float largest = row_max(z, vocab);
    const double sum =
        gradient == nullptr ? exp_sum(z, vocab, largest, 1.0f) : exp_row(z, vocab, largest, 1.0f, exps);
    if (gradient != nullptr) {
        const auto factor = static_cast<float>(weight / sum);
#pragma omp simd
        for (std::int64_t v = 0; v < vocab; ++v)
            gradient[v] += factor * exps[v];
        gradient[target] -= weight;
    }
    return static_cast<float>(std::log(sum) - static_cast<double>(z[target] - largest));
}

/// A row and its constants: p = t_factor × t_exps, t_exps = exp(scale × (t − t_max)), q likewise from z.
struct Row {
    const float* z;
    const float* t;
    std::int64_t vocab;
    float scale, z_max, t_max, z_factor, t_factor;
    float log_ratio; ///< log Σ exp of z less that of t, both of the scaled and shifted
    float z_log_sum; ///< log Σ exp(scale × (z − z_max))
    float mix, weight;
    float* gradient;
    float* z_exps;
    float* t_exps;
    float* scratch; ///< 2 × vocab
};

RETORT_INLINE Row row_of(const DivergenceRows& in, std::int64_t r, float scale, float* scratch) {
    Row row{};
    row.z = in.logits + r * in.vocab;
    row.t = in.teacher_logits + r * in.vocab;
    row.vocab = in.vocab;
    row.scale = scale;
    row.z_max = row_max(row.z, in.vocab);
    row.t_max = row_max(row.t, in.vocab);
    row.z_exps = scratch;
    row.t_exps = scratch + in.vocab;
    row.scratch = scratch + 2 * in.vocab;
    const double z_sum = exp_row(row.z, in.vocab, row.z_max, scale, row.z_exps),
                 t_sum = exp_row(row.t, in.vocab, row.t_max, scale, row.t_exps);
    row.z_factor = static_cast<float>(1.0 / z_sum);
    row.t_factor = static_cast<float>(1.0 / t_sum);
    row.log_ratio = static_cast<float>(std::log(z_sum) - std::log(t_sum));
    row.z_log_sum = static_cast<float>(std::log(z_sum));
    row.mix = in.mix;
    row.weight = in.weight * scale;
    row.gradient = in.gradient == nullptr ? nullptr : in.gradient + r * in.vocab;
    return row;
}

RETORT_INLINE float teacher_probability(const Row& row, std::int64_t v) {
    return row.t_factor * row.t_exps[v];
}
RETORT_INLINE float student_probability(const Row& row, std::int64_t v) {
    return row.z_factor * row.z_exps[v];
}
/// log p − log q; t − z comes first, which is exact where the two are close.
RETORT_INLINE float log_difference(const Row& row, std::int64_t v) {
    return row.scale * ((row.t[v] - row.z[v]) - (row.t_max - row.z_max)) + row.log_ratio;
}
/// x · y with 0 · anything = 0, where NaN stays NaN.
RETORT_INLINE float product(float x, float y) {
    return x > 0 ? x * y : 0.0f * x;
}
/// log(m / x) for a mixture m ≥ 0 and x > 0; finite where the quotient overflows, since x then weighs
/// nothing.
RETORT_INLINE float log_quotient(float m, float x) {
    return fast_log(std::min(m / x, std::numeric_limits<float>::max()));
}

/// What an element adds to the loss, and the slope g = dL/dq there.
struct Element {
    float loss, slope;
};

struct ReverseKl {
    RETORT_INLINE Element operator()(float, float q, float difference, const Row&) const {
        return {product(q, -difference), -difference};
    }
};
struct JensenShannon {
    RETORT_INLINE Element operator()(float p, float q, float, const Row& row) const {
        const float m = row.mix * p + (1.0f - row.mix) * q;
        const float of_p = -log_quotient(m, p), of_q = -log_quotient(m, q);
        return {product(row.mix * p, of_p) + product((1.0f - row.mix) * q, of_q), (1.0f - row.mix) * of_q};
    }
};
struct SkewKl {
    RETORT_INLINE Element operator()(float p, float q, float, const Row& row) const {
        const float m = row.mix * p + (1.0f - row.mix) * q;
        return {product(p, -log_quotient(m, p)), p > 0 ? -(1.0f - row.mix) * (p / m) : 0.0f * p};
    }
};
struct SkewReverseKl {
    RETORT_INLINE Element operator()(float p, float q, float, const Row& row) const {
        const float of_q = -log_quotient((1.0f - row.mix) * p + row.mix * q, q);
        return {product(q, of_q), of_q}; // the mixture is held still
    }
};
struct TotalVariation {
    RETORT_INLINE Element operator()(float p, float q, float, const Row&) const {
        const float half = q > p ? 0.5f : (q < p ? -0.5f : 0.0f * (q - p));
        return {half * (q - p), half};
    }
};

/// Both passes of a divergence that is given by its elements.
template <class Functor>
RETORT_INLINE float functor_row(const Row& row, const Functor& functor) {
    const Row r = row;
    float* const q_row = r.scratch;
    float* const pull_row = r.scratch + r.vocab; // q × g
    double loss = 0, inner = 0;
    for (std::int64_t begin = 0; begin < r.vocab; begin += sum_block) {
        const std::int64_t end = std::min(r.vocab, begin + sum_block);
        float loss_part = 0, inner_part = 0;
#pragma omp simd reduction(+ : loss_part, inner_part)
        for (std::int64_t v = begin; v < end; ++v) {
            const float p = teacher_probability(r, v), q = student_probability(r, v);
            const Element element = functor(p, q, log_difference(r, v), r);
            const float pull = product(q, element.slope);
            loss_part += element.loss;
            inner_part += pull;
            q_row[v] = q;
            pull_row[v] = pull;
        }
        loss += static_cast<double>(loss_part);
        inner += static_cast<double>(inner_part);
    }
    if (r.gradient != nullptr) {
        const auto mean = static_cast<float>(inner);
#pragma omp simd
        for (std::int64_t v = 0; v < r.vocab; ++v)
            r.gradient[v] += r.weight * (pull_row[v] - q_row[v] * mean);
    }
    return static_cast<float>(loss);
}

/// Σ p (log p − log q) or Σ −p log q, whose gradient q − p needs no second pass.
template <bool with_gradient, bool with_entropy>
RETORT_INLINE float forward_block(const Row& row, std::int64_t begin, std::int64_t end) {
    const Row r = row;
    float loss = 0;
#pragma omp simd reduction(+ : loss)
    for (std::int64_t v = begin; v < end; ++v) {
        const float p = teacher_probability(r, v);
        const float surprise =
            with_entropy ? log_difference(r, v) : r.z_log_sum - r.scale * (r.z[v] - r.z_max);
        loss += product(p, surprise);
        if constexpr (with_gradient) r.gradient[v] += r.weight * (student_probability(r, v) - p);
    }
    return loss;
}

template <bool with_gradient, bool with_entropy>
RETORT_INLINE float forward_sum(const Row& row) {
    double total = 0;
    for (std::int64_t begin = 0; begin < row.vocab; begin += sum_block)
        total += static_cast<double>(
            forward_block<with_gradient, with_entropy>(row, begin, std::min(row.vocab, begin + sum_block)));
    return static_cast<float>(total);
}

// One function a divergence, since only whole functions are compiled for several instruction sets.
using RowFunction = float (*)(const DivergenceRows&, std::int64_t row, float scale, float* scratch);

RETORT_VECTORISED float forward_kl_row(const DivergenceRows& in, std::int64_t r, float scale,
                                       float* scratch) {
    const Row row = row_of(in, r, scale, scratch);
    return row.gradient == nullptr ? forward_sum<false, true>(row) : forward_sum<true, true>(row);
}
RETORT_VECTORISED float teacher_ce_row(const DivergenceRows& in, std::int64_t r, float scale,
                                       float* scratch) {
    const Row row = row_of(in, r, scale, scratch);
    return row.gradient == nullptr ? forward_sum<false, false>(row) : forward_sum<true, false>(row);
}
RETORT_VECTORISED float reverse_kl_row(const DivergenceRows& in, std::int64_t r, float scale,
                                       float* scratch) {
    return functor_row(row_of(in, r, scale, scratch), ReverseKl{});
}
RETORT_VECTORISED float jsd_row(const DivergenceRows& in, std::int64_t r, float scale, float* scratch) {
    return functor_row(row_of(in, r, scale, scratch), JensenShannon{});
}
RETORT_VECTORISED float skew_kl_row(const DivergenceRows& in, std::int64_t r, float scale, float* scratch) {
    return functor_row(row_of(in, r, scale, scratch), SkewKl{});
}
RETORT_VECTORISED float skew_reverse_kl_row(const DivergenceRows& in, std::int64_t r, float scale,
                                            float* scratch) {
    return functor_row(row_of(in, r, scale, scratch), SkewReverseKl{});
}
RETORT_VECTORISED float tvd_row(const DivergenceRows& in, std::int64_t r, float scale, float* scratch) {
    return functor_row(row_of(in, r, scale, scratch), TotalVariation{});
}
/// Σ_v |p − 1[v = x]| = 2 (1 − p[x]), a constant of the row; the other factor is twice the total variation.
RETORT_VECTORISED float label_difference_row(const DivergenceRows& in, std::int64_t r, float scale,
                                             float* scratch) {
    Row row = row_of(in, r, scale, scratch);
    const float factor = 4.0f * (1.0f - teacher_probability(row, in.inputs[r]));
    row.weight *= factor;
    return factor * functor_row(row, TotalVariation{});
}

float* row_scratch(std::int64_t floats) {
    thread_local std::vector<float> memory;
    memory.resize(static_cast<std::size_t>(floats));
    return memory.data();
}

RowFunction function_of(Divergence divergence) {
    switch (divergence) {
    case Divergence::forward_kl:
    case Divergence::paper_normal_kl:
        return forward_kl_row;
    case Divergence::teacher_ce:
    case Divergence::paper_inverse_kl:
        return teacher_ce_row;
    case Divergence::reverse_kl:
        return reverse_kl_row;
    case Divergence::jsd:
        return jsd_row;
    case Divergence::skew_kl:
        return skew_kl_row;
    case Divergence::skew_reverse_kl:
        return skew_reverse_kl_row;
    case Divergence::tvd:
        return tvd_row;
    case Divergence::paper_label_difference:
        return label_difference_row;
    }
    return forward_kl_row;
}

} // namespace

void cross_entropy(const CrossEntropyRows& in) {
    for_each_row(in.rows, [&](std::int64_t r) {
        float* const gradient = in.gradient == nullptr ? nullptr : in.gradient + r * in.vocab;
        in.losses[r] = cross_entropy_row(in.logits + r * in.vocab, in.targets[r], in.vocab, in.weight,
                                         gradient, row_scratch(in.vocab));
    });
}

void divergence(const DivergenceRows& in) {
    const RowFunction row = function_of(in.divergence);
    const float scale = 1.0f / (has_temperature(in.divergence) ? in.temperature : 1.0f);
    for_each_row(in.rows, [&](std::int64_t r) {
        const bool counts = in.counts == nullptr || in.counts[r];
        in.losses[r] = counts ? row(in, r, scale, row_scratch(4 * in.vocab)) : 0.0f;
    });
}

} // namespace retort::kernels
