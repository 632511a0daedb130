// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/logistic_passes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace retort {
namespace {

/// Scores to probabilities, in place; returns the label's loss.
template <class Scores>
[[gnu::always_inline]] inline double softmax_loss(Scores& scores, std::size_t label) {
    double largest = scores[0];
    for (const double score : scores)
        largest = std::max(largest, score);
    const double target = scores[label] - largest;
    double sum = 0;
    for (double& score : scores)
        sum += score = std::exp(score - largest);
    for (double& score : scores)
        score /= sum;
    return std::log(sum) - target;
}

/// Scores s to (diag(p) − p pᵀ) s, in place. A constant taken from all scores changes nothing but rounding,
/// which is least with the likeliest class at 0: as a rule, the label.
template <class Scores>
[[gnu::always_inline]] inline void multiply_curvature(Scores& scores, std::size_t label, const float* p) {
    const float origin = scores[label];
    float mean = 0;
    for (std::size_t k = 0; k < scores.size(); ++k)
        mean += p[k] * (scores[k] -= origin);
    for (std::size_t k = 0; k < scores.size(); ++k)
        scores[k] = p[k] * (scores[k] - mean);
}

/// The classes of one feature, side by side in registers.
template <class Number, std::size_t Fixed>
struct Lanes {
    using Vector [[gnu::vector_size(Fixed * sizeof(Number))]] = Number;
    Vector values{};
    explicit Lanes(const Number* from) { std::memcpy(&values, from, sizeof values); }
    void store(Number* to) const { std::memcpy(to, &values, sizeof values); }
};

template <class Number>
struct Row {
    const std::int32_t* columns;
    const Number* values;
    std::size_t count;
};

/// Weights times the row, and the intercepts. Even and odd values have sums of their own, which need not wait
/// for each other.
template <std::size_t Fixed, class Number, class Scores>
[[gnu::always_inline]] inline void set_scores(const Row<Number>& row, const Number* weights,
                                              const Number* intercepts, Scores& scores) {
    const std::size_t classes = scores.size();
    const auto at = [&](std::size_t j) {
        return weights + static_cast<std::size_t>(row.columns[j]) * classes;
    };
    if constexpr (Fixed == 0) {
        std::copy_n(intercepts, classes, scores.begin());
        for (std::size_t j = 0; j < row.count; ++j)
            for (std::size_t k = 0; k < classes; ++k)
                scores[k] += row.values[j] * at(j)[k];
    } else {
        using Vector = Lanes<Number, Fixed>;
        const std::array<Number, Fixed> zeros{};
        Vector even(intercepts), odd(zeros.data());
        std::size_t j = 0;
        for (; j + 2 <= row.count; j += 2) {
            even.values += row.values[j] * Vector(at(j)).values;
            odd.values += row.values[j + 1] * Vector(at(j + 1)).values;
        }
        if (j < row.count) even.values += row.values[j] * Vector(at(j)).values;
        even.values += odd.values;
        even.store(scores.data());
    }
}

/// Adds the row times the scores to the sums.
template <std::size_t Fixed, class Number, class Scores>
[[gnu::always_inline]] inline void add_outer(const Row<Number>& row, const Scores& scores, Number* sums) {
    for (std::size_t j = 0; j < row.count; ++j) {
        Number* to = sums + static_cast<std::size_t>(row.columns[j]) * scores.size();
        if constexpr (Fixed == 0) {
            for (std::size_t k = 0; k < scores.size(); ++k)
                to[k] += row.values[j] * scores[k];
        } else {
            Lanes<Number, Fixed> sum(to);
            sum.values += row.values[j] * Lanes<Number, Fixed>(scores.data()).values;
            sum.store(to);
        }
    }
}

/// The number of classes is `Fixed`, known to the compiler, or 0 for any.
template <std::size_t Fixed, class Number, class Change>
[[gnu::always_inline]] inline void run_fixed(const LogisticPass<Number>& pass, Change change) {
    std::conditional_t<(Fixed > 0), std::array<Number, Fixed>, std::vector<Number>> scores{};
    if constexpr (Fixed == 0) scores.resize(pass.classes);
    const SparseRows& rows = pass.rows;
    const std::size_t intercepts = static_cast<std::size_t>(rows.columns) * scores.size();
    const Number* weights = pass.weights.data();
    Number* sums = pass.sums.data();
    for (std::size_t i = pass.begin; i < pass.end; ++i) {
        if (i % 64 == 0 && pass.stop.stop_requested()) break;
        const std::size_t begin = rows.begins[i];
        const Row<Number> row{rows.indices.data() + begin, pass.values.data() + begin,
                              rows.begins[i + 1] - begin};
        set_scores<Fixed>(row, weights, weights + intercepts, scores);
        change(i, scores);
        add_outer<Fixed>(row, scores, sums);
        for (std::size_t k = 0; k < scores.size(); ++k)
            sums[intercepts + k] += scores[k];
    }
}

template <class Number, class Change>
[[gnu::always_inline]] inline void run(const LogisticPass<Number>& pass, Change change) {
    switch (pass.classes) {
    case 2:
        return run_fixed<2>(pass, change);
    case 4:
        return run_fixed<4>(pass, change);
    case 8:
        return run_fixed<8>(pass, change);
    default:
        return run_fixed<0>(pass, change);
    }
}

} // namespace

// Compiled once more for processors with AVX2: a feature's four classes then are one register. The compiler
// clones whole functions and no templates.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define RETORT_CLONED __attribute__((target_clones("arch=x86-64-v3", "default")))
#else // sanitizers do not get on with the resolvers
#define RETORT_CLONED
#endif

RETORT_CLONED double add_loss_gradient(const LogisticPass<double>& pass, std::span<float> probabilities) {
    double loss = 0;
    run(
        pass, [&](std::size_t i, auto& scores) __attribute__((always_inline)) {
            const auto label = static_cast<std::size_t>(pass.labels[i]);
            loss += softmax_loss(scores, label);
            for (std::size_t k = 0; k < scores.size(); ++k)
                probabilities[i * scores.size() + k] = static_cast<float>(scores[k]);
            scores[label] -= 1;
        });
    return loss;
}

RETORT_CLONED void add_hessian_product(const LogisticPass<float>& pass,
                                       std::span<const float> probabilities) {
    run(
        pass, [&](std::size_t i, auto& scores) __attribute__((always_inline)) {
            multiply_curvature(scores, static_cast<std::size_t>(pass.labels[i]),
                               probabilities.data() + i * scores.size());
        });
}

} // namespace retort
