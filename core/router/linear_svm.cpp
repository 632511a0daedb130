// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/linear_svm.h"

#include "base/philox.h"
#include "router/liblinear.h"
#include "router/state_lists.h"

#include <algorithm>
#include <numeric>

namespace retort {
namespace {

constexpr std::size_t folds = 3;

/// The fold of each row; each class is spread over all of them.
std::vector<std::size_t> assign_folds(const LabelledRows& data, std::uint64_t seed) {
    const RandomStream stream(seed, "router", "folds");
    std::vector<std::size_t> order(data.labels.size()), fold(order.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[stream.below(i, 0, i)]);
    std::vector<std::size_t> next(static_cast<std::size_t>(data.classes));
    for (const std::size_t i : order)
        fold[i] = next[static_cast<std::size_t>(data.labels[i])]++ % folds;
    return fold;
}

double margin_of(const Hyperplane& plane, const SparseRow& row) {
    double sum = plane.intercept;
    for (std::size_t j = 0; j < row.columns.size(); ++j)
        sum += plane.weights[static_cast<std::size_t>(row.columns[j])] * row.values[j];
    return sum;
}

} // namespace

void LinearSvm::fit(const LabelledRows& data, std::uint64_t seed, std::stop_token stop) {
    const std::size_t classes = count_classes(data).size();
    const std::vector<std::size_t> fold = assign_folds(data, seed);
    std::vector<double> margins;
    std::vector<char> is_positive;
    for (std::size_t held = 0; held < folds; ++held) {
        std::vector<std::size_t> rest;
        for (std::size_t i = 0; i < fold.size(); ++i)
            if (fold[i] != held) rest.push_back(i);
        if (rest.empty()) continue;
        const auto planes = separate(data.rows, data.labels, rest, classes, c_, seed, stop);
        for (std::size_t i = 0; i < fold.size(); ++i)
            for (std::size_t k = 0; k < classes && fold[i] == held; ++k) {
                margins.push_back(margin_of(planes[k], data.rows.row(i)));
                is_positive.push_back(data.labels[i] == static_cast<std::int32_t>(k) ? 1 : 0);
            }
    }
    platt_ = fit_platt(margins, is_positive);
    std::vector<std::size_t> all(fold.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const auto planes = separate(data.rows, data.labels, all, classes, c_, seed, stop);
    resize(data.classes, data.rows.columns);
    for (std::size_t k = 0; k < classes; ++k) {
        std::ranges::copy(planes[k].weights, weights_of(k).begin());
        intercepts_[k] = planes[k].intercept;
    }
}

void LinearSvm::probabilities(const SparseRow& row, std::span<double> out) const {
    scores(row, out);
    for (double& value : out)
        value = platt_.log_probability(value);
    softmax(out); // each over the sum of all
}

nlohmann::json LinearSvm::state() const {
    nlohmann::json state = LinearClassifier::state();
    state["platt"] = packed(std::vector<double>{platt_.a, platt_.b});
    return state;
}

void LinearSvm::restore(const nlohmann::json& state) {
    LinearClassifier::restore(state);
    const auto platt = unpacked<double>(state, "platt", 2);
    platt_ = {platt[0], platt[1]};
}

} // namespace retort
