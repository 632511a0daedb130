// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/logistic.h"

#include "router/lbfgs.h"
#include "router/parts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace retort {
namespace {

constexpr std::size_t part_count = 4;      // fixed, so that sums are the same on any machine
constexpr double relative_gap = 1e-8;      // of the objective, from its minimum
constexpr std::size_t few_values = 50'000; // a thread costs more than it saves

/// Scores to probabilities less the target, in place; returns the loss.
template <class Scores>
[[gnu::always_inline]] inline double residuals(Scores& scores, std::size_t classes, std::size_t label) {
    double largest = scores[0];
    for (std::size_t k = 1; k < classes; ++k)
        largest = std::max(largest, scores[k]);
    const double target = scores[label] - largest;
    double sum = 0;
    for (std::size_t k = 0; k < classes; ++k)
        sum += scores[k] = std::exp(scores[k] - largest);
    for (std::size_t k = 0; k < classes; ++k)
        scores[k] /= sum;
    scores[label] -= 1;
    return std::log(sum) - target;
}

/// The classes of one feature, side by side in registers.
template <std::size_t Fixed>
struct Lanes {
    typedef double Vector __attribute__((vector_size(Fixed * sizeof(double))));
    Vector values{};
    explicit Lanes(const double* from) { std::memcpy(&values, from, sizeof values); }
    void store(double* to) const { std::memcpy(to, &values, sizeof values); }
};

/// Weights times the row, and the intercepts. Even and odd values have sums of their own, which need not wait
/// for each other.
template <std::size_t Fixed, class Scores>
[[gnu::always_inline]] inline void add_scores(const SparseRow& row, const double* weights,
                                              const double* intercepts, Scores& scores, std::size_t classes) {
    const std::int32_t* columns = row.columns.data();
    const double* values = row.values.data();
    const std::size_t count = row.columns.size();
    const auto at = [&](std::size_t j) { return weights + static_cast<std::size_t>(columns[j]) * classes; };
    if constexpr (Fixed == 0) {
        std::copy_n(intercepts, classes, scores.begin());
        for (std::size_t j = 0; j < count; ++j)
            for (std::size_t k = 0; k < classes; ++k)
                scores[k] += values[j] * at(j)[k];
    } else {
        const std::array<double, Fixed> zeros{};
        Lanes<Fixed> even(intercepts), odd(zeros.data());
        std::size_t j = 0;
        for (; j + 2 <= count; j += 2) {
            even.values += values[j] * Lanes<Fixed>(at(j)).values;
            odd.values += values[j + 1] * Lanes<Fixed>(at(j + 1)).values;
        }
        if (j < count) even.values += values[j] * Lanes<Fixed>(at(j)).values;
        even.values += odd.values;
        even.store(scores.data());
    }
}

/// Adds the row times the residuals to the gradient.
template <std::size_t Fixed, class Scores>
[[gnu::always_inline]] inline void add_outer(const SparseRow& row, const Scores& scores, double* gradient,
                                             std::size_t classes) {
    for (std::size_t j = 0; j < row.columns.size(); ++j) {
        double* to = gradient + static_cast<std::size_t>(row.columns[j]) * classes;
        if constexpr (Fixed == 0) {
            for (std::size_t k = 0; k < classes; ++k)
                to[k] += row.values[j] * scores[k];
        } else {
            Lanes<Fixed> sum(to);
            sum.values += row.values[j] * Lanes<Fixed>(scores.data()).values;
            sum.store(to);
        }
    }
}

/// Rows of a part.
struct RowRange {
    const LabelledRows& data;
    std::size_t begin, end, features;
};

/// Adds what the rows give to the gradient, and returns their loss. The number of classes is `Fixed`, known
/// to the compiler, or 0 for any.
template <std::size_t Fixed>
[[gnu::always_inline]] inline double add_rows(const RowRange& range, const double* x, double* gradient,
                                              const std::stop_token& stop) {
    const std::size_t classes = Fixed > 0 ? Fixed : static_cast<std::size_t>(range.data.classes);
    std::conditional_t<(Fixed > 0), std::array<double, Fixed>, std::vector<double>> scores{};
    if constexpr (Fixed == 0) scores.resize(classes);
    const double* intercepts = x + range.features * classes;
    double* intercept_gradient = gradient + range.features * classes;
    double loss = 0;
    for (std::size_t i = range.begin; i < range.end; ++i) {
        if (i % 64 == 0 && stop.stop_requested()) break;
        const SparseRow row = range.data.rows.row(i);
        add_scores<Fixed>(row, x, intercepts, scores, classes);
        loss += residuals(scores, classes, static_cast<std::size_t>(range.data.labels[i]));
        add_outer<Fixed>(row, scores, gradient, classes);
        for (std::size_t k = 0; k < classes; ++k)
            intercept_gradient[k] += scores[k];
    }
    return loss;
}

} // namespace

// Compiled once more for processors with AVX2: a feature's four classes then are one register. The compiler
// clones whole functions and no templates.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define RETORT_CLONED __attribute__((target_clones("arch=x86-64-v3", "default")))
#else // sanitizers do not get on with the resolvers
#define RETORT_CLONED
#endif

RETORT_CLONED static double add_rows_of_two(const RowRange& rows, const double* x, double* gradient,
                                            const std::stop_token& stop) {
    return add_rows<2>(rows, x, gradient, stop);
}

RETORT_CLONED static double add_rows_of_four(const RowRange& rows, const double* x, double* gradient,
                                             const std::stop_token& stop) {
    return add_rows<4>(rows, x, gradient, stop);
}

RETORT_CLONED static double add_rows_of_eight(const RowRange& rows, const double* x, double* gradient,
                                              const std::stop_token& stop) {
    return add_rows<8>(rows, x, gradient, stop);
}

LogisticObjective::LogisticObjective(const LabelledRows& data, double c, unsigned threads)
    : data_(data),
      classes_(static_cast<std::size_t>(data.classes)),
      features_(static_cast<std::size_t>(data.rows.columns)),
      penalty_(1 / c),
      threads_(data.rows.values.size() < few_values ? 1 : threads),
      gradients_(part_count - 1, std::vector<double>(variables())) {}

/// Parts have about the same number of values, not of rows.
std::size_t LogisticObjective::first_row(std::size_t part) const {
    const auto& begins = data_.rows.begins;
    const std::size_t value = begins.back() * part / part_count;
    if (part == part_count) return data_.rows.rows();
    return static_cast<std::size_t>(std::ranges::lower_bound(begins, value) - begins.begin());
}

double LogisticObjective::part_value(std::span<const double> x, std::span<double> gradient, std::size_t part,
                                     const std::stop_token& stop) const {
    std::ranges::fill(gradient, 0.0);
    const RowRange rows{data_, first_row(part), first_row(part + 1), features_};
    switch (classes_) {
    case 2:
        return add_rows_of_two(rows, x.data(), gradient.data(), stop);
    case 4:
        return add_rows_of_four(rows, x.data(), gradient.data(), stop);
    case 8:
        return add_rows_of_eight(rows, x.data(), gradient.data(), stop);
    default:
        return add_rows<0>(rows, x.data(), gradient.data(), stop);
    }
}

double LogisticObjective::operator()(std::span<const double> x, std::span<double> gradient,
                                     std::stop_token stop) {
    std::array<double, part_count> losses{};
    for_each_part(part_count, threads_, [&](std::size_t part) {
        losses[part] = part_value(x, part == 0 ? gradient : std::span(gradients_[part - 1]), part, stop);
    });
    double value = 0;
    for (const double loss : losses)
        value += loss;
    double squares = 0;
    for (std::size_t i = 0; i < variables(); ++i) {
        for (const std::vector<double>& part : gradients_)
            gradient[i] += part[i];
        if (i >= features_ * classes_) continue;
        gradient[i] += penalty_ * x[i];
        squares += x[i] * x[i];
    }
    return value + penalty_ / 2 * squares;
}

std::vector<double> LogisticObjective::diagonal_at_zero() const {
    const double p = 1 / static_cast<double>(classes_), variance = std::max(p * (1 - p), 1e-3);
    std::vector<double> diagonal(variables(), penalty_);
    const SparseRows& rows = data_.rows;
    for (std::size_t i = 0; i < rows.values.size(); ++i)
        diagonal[static_cast<std::size_t>(rows.indices[i]) * classes_] +=
            variance * rows.values[i] * rows.values[i];
    for (std::size_t j = 0; j < features_; ++j)
        std::fill_n(diagonal.begin() + static_cast<std::ptrdiff_t>(j * classes_), classes_,
                    diagonal[j * classes_]);
    std::fill_n(diagonal.end() - static_cast<std::ptrdiff_t>(classes_), classes_,
                variance * static_cast<double>(rows.rows()));
    return diagonal;
}

void Logistic::fit(const LabelledRows& data, std::uint64_t, std::stop_token stop) {
    (void)count_classes(data);
    LogisticObjective objective(data, c_, threads_);
    std::vector<double> x(objective.variables());
    const std::vector<double> diagonal = objective.diagonal_at_zero();
    LbfgsOptions options;
    // A weak penalty leaves flat directions, along which a small gradient is a long way from the minimum.
    options.tolerance = 1e-4 * std::min(1.0, std::sqrt(1 / c_));
    // The penalty makes the objective convex by that much in all but the intercepts, which the text bends.
    options.convexity = 1 / c_;
    options.gap = relative_gap;
    options.most_iterations = 5000;
    options.diagonal = diagonal;
    minimise(
        [&](std::span<const double> at, std::span<double> gradient) {
            const double value = objective(at, gradient, stop);
            check_stop(stop);
            return value;
        },
        x, options);
    resize(data.classes, data.rows.columns);
    const std::size_t classes = intercepts_.size();
    for (std::size_t k = 0; k < classes; ++k) {
        for (std::size_t j = 0; j < features_; ++j)
            weights_[k * features_ + j] = x[j * classes + k];
        intercepts_[k] = x[features_ * classes + k];
    }
}

void Logistic::probabilities(const SparseRow& row, std::span<double> out) const {
    scores(row, out);
    softmax(out);
}

} // namespace retort
