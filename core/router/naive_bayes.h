// SPDX-License-Identifier: GPL-3.0-or-later
// Naive Bayes on TF-IDF instead of counts, as scikit-learn's MultinomialNB and ComplementNB(norm=False). Both
// are linear in the row.
#pragma once

#include "router/linear_scores.h"

namespace retort {

/// Weight of a feature: ln((N_kf + s) / Σ_f (N_kf + s)), N its sum over the rows of class k, s the smoothing;
/// the intercept is the ln of the share of the class.
class MultinomialNaiveBayes : public LinearClassifier {
public:
    explicit MultinomialNaiveBayes(double smoothing);
    void fit(const LabelledRows& data, std::uint64_t seed, std::stop_token stop) override;
    void probabilities(const SparseRow& row, std::span<double> out) const override;

protected:
    /// Sum of each feature over the rows of each class; on return of fit_counts() they lie in the weights.
    std::vector<std::int64_t> fit_counts(const LabelledRows& data, const std::stop_token& stop);

    double smoothing_;
};

/// Rennie, Shih, Teevan & Karger, "Tackling the poor assumptions of naive Bayes text classifiers", ICML 2003:
/// the weight is minus the same ln of the sums over all other classes, and there is no intercept.
class ComplementNaiveBayes : public MultinomialNaiveBayes {
public:
    using MultinomialNaiveBayes::MultinomialNaiveBayes;
    void fit(const LabelledRows& data, std::uint64_t seed, std::stop_token stop) override;
};

} // namespace retort
