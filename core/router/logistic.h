// SPDX-License-Identifier: GPL-3.0-or-later
// Multinomial logistic regression: minimises Σ_i −ln softmax(W x_i + b)[y_i] + ‖W‖² / (2 C) over weights W
// and free intercepts b, as scikit-learn's LogisticRegression(multi_class="multinomial", solver="lbfgs")
// does.
#pragma once

#include "router/linear_scores.h"
#include "router/newton.h"
#include "router/parts.h"

#include <vector>

namespace retort {

/// The objective, for the optimiser and for tests. Variables are the weights of the first feature for each
/// class, of the second …, and last the intercepts. Its methods throw Error{interrupted} on a stop.
class LogisticObjective : public CurvedFunction {
public:
    /// `threads`: 0 for one each core; the numbers do not depend on it.
    LogisticObjective(const LabelledRows& data, double c, unsigned threads = 0, std::stop_token stop = {});

    [[nodiscard]] std::size_t variables() const { return (features_ + 1) * classes_; }
    double operator()(std::span<const double> x, std::span<double> gradient) override;
    void multiply_hessian(std::span<const double> direction, std::span<double> product) override;
    /// As if every row had the mean probabilities' curvature of its own value: no pass over the rows.
    void diagonal(std::span<double> out) const override;

private:
    template <class Number>
    using Parts = std::vector<std::vector<Number>>;
    [[nodiscard]] std::size_t first_row(std::size_t part) const;

    LabelledRows data_;
    std::size_t classes_, features_;
    double penalty_;
    PartWorkers workers_;
    std::stop_token stop_;
    std::vector<float> values_, probabilities_; ///< of the rows; where the value was last asked for
    std::vector<double> squares_;               ///< by feature: of its values, summed
    std::vector<float> direction_;
    Parts<double> gradients_; ///< of each part but the first
    Parts<float> products_;
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
