// SPDX-License-Identifier: GPL-3.0-or-later
// Linear support vector machine: squared hinge, L2 penalty on weights and intercept, one class against the
// rest, as scikit-learn's LinearSVC; by LIBLINEAR's dual coordinate descent (Hsieh et al., ICML 2008).
//
// Probabilities are Platt's, of margins that machines without the text in question gave it (three folds). One
// scale serves all classes, so that the likeliest class is always the one with the largest margin.
#pragma once

#include "router/linear_scores.h"
#include "router/platt.h"

namespace retort {

class LinearSvm : public LinearClassifier {
public:
    explicit LinearSvm(double c) : c_(c) {}

    void fit(const LabelledRows& data, std::uint64_t seed, std::stop_token stop) override;
    void probabilities(const SparseRow& row, std::span<double> out) const override;
    [[nodiscard]] nlohmann::json state() const override;
    void restore(const nlohmann::json& state) override;

    /// Margin of each class.
    void margins(const SparseRow& row, std::span<double> out) const { scores(row, out); }

private:
    double c_;
    PlattScale platt_;
};

} // namespace retort
