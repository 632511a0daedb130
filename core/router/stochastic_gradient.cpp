// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/stochastic_gradient.h"

#include "base/philox.h"
#include "router/parts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

namespace retort {
namespace {

constexpr int most_epochs = 1000, patience = 5;
constexpr double tolerance = 1e-3;
constexpr double intercept_rate = 0.01; // scikit-learn's, for sparse rows: an intercept is in every one
constexpr double smallest_scale = 1e-9;

double loss_of(double z) { // z = y f(x)
    if (z >= 1) return 0;
    return z >= -1 ? (1 - z) * (1 - z) : -4 * z;
}

double slope_of(double z) {
    if (z >= 1) return 0;
    return z >= -1 ? -2 * (1 - z) : -4;
}

/// One class against the rest. Weights are kept as scale · weights, so that the penalty costs one product.
class OneAgainstRest {
public:
    OneAgainstRest(const LabelledRows& data, std::int32_t domain, std::span<double> weights, double penalty,
                   std::uint64_t seed)
        : data_(data),
          domain_(domain),
          weights_(weights),
          penalty_(penalty),
          offset_(std::sqrt(std::sqrt(penalty)) / penalty), // t0: the first rate is 1 / penalty^(1/4)
          stream_(seed, "router", "sgd." + std::to_string(domain)),
          order_(data.labels.size()) {
        std::iota(order_.begin(), order_.end(), std::size_t{0});
    }

    /// Returns the intercept.
    double run(const std::stop_token& stop) {
        double best = std::numeric_limits<double>::infinity();
        for (int epoch = 0, idle = 0; epoch < most_epochs && idle < patience; ++epoch) {
            const double loss = pass(static_cast<std::uint64_t>(epoch), stop);
            idle = loss > best - tolerance * static_cast<double>(order_.size()) ? idle + 1 : 0;
            best = std::min(best, loss);
        }
        fold_scale();
        return intercept_;
    }

private:
    double pass(std::uint64_t epoch, const std::stop_token& stop) {
        for (std::size_t i = order_.size(); i > 1; --i)
            std::swap(order_[i - 1], order_[stream_.below(i, epoch, i)]);
        double loss = 0;
        for (std::size_t i = 0; i < order_.size(); ++i) {
            if (i % 256 == 0) check_stop(stop);
            loss += learn(order_[i]);
        }
        return loss;
    }

    double learn(std::size_t i) {
        const SparseRow row = data_.rows.row(i);
        const double y = data_.labels[i] == domain_ ? 1 : -1;
        double score = 0;
        for (std::size_t j = 0; j < row.columns.size(); ++j)
            score += weights_[static_cast<std::size_t>(row.columns[j])] * row.values[j];
        const double z = y * (scale_ * score + intercept_);
        const double rate = 1 / (penalty_ * (offset_ + seen_++));
        const double update = -rate * slope_of(z) * y;
        scale_ *= std::max(0.0, 1 - rate * penalty_);
        if (scale_ < smallest_scale) fold_scale();
        if (update != 0) {
            for (std::size_t j = 0; j < row.columns.size(); ++j)
                weights_[static_cast<std::size_t>(row.columns[j])] += update / scale_ * row.values[j];
            intercept_ += update * intercept_rate;
        }
        return loss_of(z);
    }

    void fold_scale() {
        for (double& weight : weights_)
            weight *= scale_;
        scale_ = 1;
    }

    const LabelledRows& data_;
    std::int32_t domain_;
    std::span<double> weights_;
    double penalty_, offset_, scale_ = 1, intercept_ = 0, seen_ = 0;
    RandomStream stream_;
    std::vector<std::size_t> order_;
};

} // namespace

void StochasticGradient::fit(const LabelledRows& data, std::uint64_t seed, std::stop_token stop) {
    const std::size_t classes = count_classes(data).size();
    resize(data.classes, data.rows.columns);
    for_each_part(classes, threads_, [&](std::size_t k) {
        OneAgainstRest training(data, static_cast<std::int32_t>(k), weights_of(k), penalty_, seed);
        intercepts_[k] = training.run(stop);
    });
}

void StochasticGradient::probabilities(const SparseRow& row, std::span<double> out) const {
    scores(row, out);
    const auto best = std::ranges::max_element(out) - out.begin();
    double sum = 0;
    for (double& value : out)
        sum += value = (std::clamp(value, -1.0, 1.0) + 1) / 2;
    if (sum == 0) {
        std::ranges::fill(out, 1.0);
        sum = static_cast<double>(out.size());
    }
    for (double& value : out)
        value /= sum;
    if (std::ranges::count(out, out[static_cast<std::size_t>(best)]) == 1) return;
    constexpr double nudge = 1e-9;
    out[static_cast<std::size_t>(best)] += nudge;
    for (double& value : out)
        value /= 1 + nudge;
}

} // namespace retort
