// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/naive_bayes.h"

#include "router/parts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace retort {
namespace {

/// Sums to ln of shares.
void take_logs(std::span<double> sums, double smoothing) {
    double total = 0;
    for (const double sum : sums)
        total += sum + smoothing;
    for (double& sum : sums)
        sum = std::log((sum + smoothing) / total);
}

} // namespace

// A sum of 0 without smoothing would be minus infinity; scikit-learn has the same floor.
MultinomialNaiveBayes::MultinomialNaiveBayes(double smoothing) : smoothing_(std::max(smoothing, 1e-10)) {}

std::vector<std::int64_t> MultinomialNaiveBayes::fit_counts(const LabelledRows& data,
                                                            const std::stop_token& stop) {
    std::vector<std::int64_t> counts = count_classes(data);
    resize(data.classes, data.rows.columns);
    for (std::size_t i = 0; i < data.rows.rows(); ++i) {
        if (i % 1024 == 0) check_stop(stop);
        const SparseRow row = data.rows.row(i);
        const std::span<double> sums = weights_of(static_cast<std::size_t>(data.labels[i]));
        for (std::size_t j = 0; j < row.columns.size(); ++j)
            sums[static_cast<std::size_t>(row.columns[j])] += row.values[j];
    }
    return counts;
}

void MultinomialNaiveBayes::fit(const LabelledRows& data, std::uint64_t, std::stop_token stop) {
    const std::vector<std::int64_t> counts = fit_counts(data, stop);
    for (std::size_t k = 0; k < counts.size(); ++k) {
        take_logs(weights_of(k), smoothing_);
        intercepts_[k] = std::log(static_cast<double>(counts[k]) / static_cast<double>(data.labels.size()));
    }
}

void MultinomialNaiveBayes::probabilities(const SparseRow& row, std::span<double> out) const {
    scores(row, out);
    softmax(out);
}

void ComplementNaiveBayes::fit(const LabelledRows& data, std::uint64_t, std::stop_token stop) {
    const std::size_t classes = fit_counts(data, stop).size();
    std::vector<double> all(features_);
    for (std::size_t i = 0; i < weights_.size(); ++i)
        all[i % features_] += weights_[i];
    for (std::size_t k = 0; k < classes; ++k) {
        const std::span<double> sums = weights_of(k);
        for (std::size_t j = 0; j < features_; ++j)
            sums[j] = std::max(0.0, all[j] - sums[j]); // rounding may leave it below 0
        take_logs(sums, smoothing_);
        for (double& weight : sums)
            weight = -weight;
    }
}

} // namespace retort
