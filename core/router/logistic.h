// SPDX-License-Identifier: GPL-3.0-or-later
// Multinomial logistic regression: minimises Σ_i −ln softmax(W x_i + b)[y_i] + ‖W‖² / (2 C) over weights W
// and free intercepts b, as scikit-learn's LogisticRegression(multi_class="multinomial", solver="lbfgs")
// does.
#pragma once

#include "router/linear_scores.h"

#include <vector>

namespace retort {

/// The objective, for the optimiser and for tests. Variables are the weights of the first feature for each
/// class, of the second …, and last the intercepts.
class LogisticObjective {
public:
    /// `threads`: 0 for one each core; the numbers do not depend on it.
    LogisticObjective(const LabelledRows& data, double c, unsigned threads = 0);

    [[nodiscard]] std::size_t variables() const { return (features_ + 1) * classes_; }
    /// The value at x, and its gradient. Ends early, with numbers of no meaning, on a stop.
    double operator()(std::span<const double> x, std::span<double> gradient, std::stop_token stop = {});
    /// The Hessian's diagonal where all weights are 0.
    [[nodiscard]] std::vector<double> diagonal_at_zero() const;

private:
    double part_value(std::span<const double> x, std::span<double> gradient, std::size_t part,
                      const std::stop_token& stop) const;
    [[nodiscard]] std::size_t first_row(std::size_t part) const;

    LabelledRows data_;
    std::size_t classes_, features_;
    double penalty_;
    unsigned threads_;
    std::vector<std::vector<double>> gradients_; ///< of each part but the first
};

class Logistic : public LinearClassifier {
public:
    explicit Logistic(double c, unsigned threads = 0) : c_(c), threads_(threads) {}

    void fit(const LabelledRows& data, std::uint64_t seed, std::stop_token stop) override;
    void probabilities(const SparseRow& row, std::span<double> out) const override;

private:
    double c_;
    unsigned threads_;
};

} // namespace retort
