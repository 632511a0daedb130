// SPDX-License-Identifier: GPL-3.0-or-later
// What linear classifiers share: a weight for each class and feature, an intercept for each class.
#pragma once

#include "router/classifier.h"

#include <vector>

namespace retort {

class LinearClassifier : public ClassifierModel {
public:
    [[nodiscard]] std::span<const double> weights(std::int64_t domain) const override;
    [[nodiscard]] nlohmann::json state() const override;
    void restore(const nlohmann::json& state) override;

    [[nodiscard]] double intercept(std::int64_t domain) const {
        return intercepts_[static_cast<std::size_t>(domain)];
    }

protected:
    /// All weights 0.
    void resize(std::int64_t classes, std::int64_t features);
    [[nodiscard]] std::span<double> weights_of(std::size_t domain) {
        return std::span(weights_).subspan(domain * features_, features_);
    }
    /// Weights times the row, and the intercept, of each class.
    void scores(const SparseRow& row, std::span<double> out) const;

    std::size_t features_ = 0;
    std::vector<double> weights_; ///< of the first class, then of the second …
    std::vector<double> intercepts_;
};

/// Scores to probabilities: e^score over their sum.
void softmax(std::span<double> scores);

/// Rows of each class. Throws Error{data} where a label is not a class, or a class has no row.
[[nodiscard]] std::vector<std::int64_t> count_classes(const LabelledRows& data);

} // namespace retort
