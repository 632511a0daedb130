// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/linear_scores.h"

#include "router/state_lists.h"

#include <algorithm>
#include <cmath>

namespace retort {

std::span<const double> LinearClassifier::weights(std::int64_t domain) const {
    return std::span(weights_).subspan(static_cast<std::size_t>(domain) * features_, features_);
}

void LinearClassifier::resize(std::int64_t classes, std::int64_t features) {
    features_ = static_cast<std::size_t>(features);
    weights_.assign(static_cast<std::size_t>(classes) * features_, 0);
    intercepts_.assign(static_cast<std::size_t>(classes), 0);
}

void LinearClassifier::scores(const SparseRow& row, std::span<double> out) const {
    for (std::size_t k = 0; k < out.size(); ++k) {
        const double* weights = weights_.data() + k * features_;
        double sum = intercepts_[k];
        for (std::size_t i = 0; i < row.columns.size(); ++i)
            sum += weights[row.columns[i]] * row.values[i];
        out[k] = sum;
    }
}

nlohmann::json LinearClassifier::state() const {
    return {{"classes", intercepts_.size()},
            {"features", features_},
            {"weights", packed(weights_)},
            {"intercepts", packed(intercepts_)}};
}

void LinearClassifier::restore(const nlohmann::json& state) {
    const ModelShape shape = unpacked_shape(state);
    features_ = shape.features;
    intercepts_ = unpacked<double>(state, "intercepts", shape.classes);
    weights_ = unpacked<double>(state, "weights", shape.features * shape.classes);
}

void softmax(std::span<double> scores) {
    const double largest = *std::ranges::max_element(scores);
    double sum = 0;
    for (double& score : scores)
        sum += score = std::exp(score - largest);
    for (double& score : scores)
        score /= sum;
}

std::vector<std::int64_t> count_classes(const LabelledRows& data) {
    std::vector<std::int64_t> counts(static_cast<std::size_t>(data.classes));
    if (data.labels.size() != data.rows.rows())
        throw Error(ErrorKind::internal,
                    "A router was given labels without rows; this is a defect in Retort.");
    for (const std::int32_t label : data.labels) {
        if (label < 0 || label >= data.classes)
            throw Error(ErrorKind::data, "A text has the label " + std::to_string(label) + " of " +
                                             std::to_string(data.classes) + " domains; label it anew.");
        ++counts[static_cast<std::size_t>(label)];
    }
    for (std::size_t k = 0; k < counts.size(); ++k)
        if (counts[k] == 0)
            throw Error(ErrorKind::data, "Domain " + std::to_string(k + 1) +
                                             " has no text to learn from; add some or leave it out.");
    if (counts.empty()) throw Error(ErrorKind::data, "A router needs a domain; name one.");
    return counts;
}

} // namespace retort
