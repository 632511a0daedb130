// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/logistic.h"

#include "router/logistic_passes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace retort {
namespace {

constexpr std::size_t part_count = 4;      // fixed, so that sums are the same on any machine
constexpr double relative_gap = 1e-8;      // of the objective, from its minimum
constexpr std::size_t few_values = 50'000; // a thread costs more than it saves

} // namespace

LogisticObjective::LogisticObjective(const LabelledRows& data, double c, unsigned threads,
                                     std::stop_token stop)
    : data_(data),
      classes_(static_cast<std::size_t>(data.classes)),
      features_(static_cast<std::size_t>(data.rows.columns)),
      penalty_(1 / c),
      workers_(data.rows.values.size() < few_values ? 1 : threads, part_count),
      stop_(std::move(stop)),
      values_(data.rows.values.begin(), data.rows.values.end()),
      probabilities_(data.rows.rows() * classes_),
      squares_(features_),
      direction_(variables()),
      gradients_(part_count - 1, std::vector<double>(variables())),
      products_(part_count, std::vector<float>(variables())) {
    const SparseRows& rows = data.rows;
    for (std::size_t i = 0; i < rows.values.size(); ++i)
        squares_[static_cast<std::size_t>(rows.indices[i])] += rows.values[i] * rows.values[i];
}

/// Parts have about the same number of values, not of rows.
std::size_t LogisticObjective::first_row(std::size_t part) const {
    const auto& begins = data_.rows.begins;
    const std::size_t value = begins.back() * part / part_count;
    if (part == part_count) return data_.rows.rows();
    return static_cast<std::size_t>(std::ranges::lower_bound(begins, value) - begins.begin());
}

double LogisticObjective::operator()(std::span<const double> x, std::span<double> gradient) {
    std::array<double, part_count> losses{};
    workers_.for_each_part(part_count, [&](std::size_t part) {
        const std::span<double> sums = part == 0 ? gradient : std::span(gradients_[part - 1]);
        std::ranges::fill(sums, 0.0);
        losses[part] = add_loss_gradient({data_.rows, data_.rows.values, data_.labels, classes_, x, sums,
                                          first_row(part), first_row(part + 1), stop_},
                                         probabilities_);
    });
    check_stop(stop_);
    double value = 0, squares = 0;
    for (const double loss : losses)
        value += loss;
    for (std::size_t i = 0; i < variables(); ++i)
        gradient[i] += gradients_[0][i] + gradients_[1][i] + gradients_[2][i];
    for (std::size_t i = 0; i < features_ * classes_; ++i) {
        gradient[i] += penalty_ * x[i];
        squares += x[i] * x[i];
    }
    return value + penalty_ / 2 * squares;
}

void LogisticObjective::multiply_hessian(std::span<const double> direction, std::span<double> product) {
    std::ranges::transform(direction, direction_.begin(), [](double v) { return static_cast<float>(v); });
    workers_.for_each_part(part_count, [&](std::size_t part) {
        std::ranges::fill(products_[part], 0.0F);
        add_hessian_product({data_.rows, values_, data_.labels, classes_, direction_, products_[part],
                             first_row(part), first_row(part + 1), stop_},
                            probabilities_);
    });
    check_stop(stop_);
    for (std::size_t i = 0; i < variables(); ++i)
        product[i] =
            static_cast<double>(products_[0][i] + products_[1][i] + products_[2][i] + products_[3][i]);
    for (std::size_t i = 0; i < features_ * classes_; ++i)
        product[i] += penalty_ * direction[i];
}

void LogisticObjective::diagonal(std::span<double> out) const {
    std::vector<double> curvatures(classes_); // Σ_i p (1 − p)
    for (std::size_t i = 0; i < probabilities_.size(); ++i)
        curvatures[i % classes_] += static_cast<double>(probabilities_[i] * (1 - probabilities_[i]));
    const auto rows = static_cast<double>(data_.rows.rows());
    for (std::size_t j = 0; j < features_; ++j)
        for (std::size_t k = 0; k < classes_; ++k)
            out[j * classes_ + k] = penalty_ + squares_[j] * curvatures[k] / rows;
    for (std::size_t k = 0; k < classes_; ++k)
        out[features_ * classes_ + k] = std::max(curvatures[k], 1e-3);
}

void Logistic::fit(const LabelledRows& data, std::uint64_t, std::stop_token stop) {
    (void)count_classes(data);
    LogisticObjective objective(data, c_, threads_, std::move(stop));
    std::vector<double> x(objective.variables());
    NewtonOptions options;
    // A weak penalty leaves flat directions, along which a small gradient is a long way from the minimum.
    options.tolerance = 1e-4 * std::min(1.0, std::sqrt(1 / c_));
    // The penalty makes the objective convex by that much in all but the intercepts, which the text bends.
    options.convexity = 1 / c_;
    options.gap = relative_gap;
    minimise(objective, x, options);
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
