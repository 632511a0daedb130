// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/random_forest.h"

#include "base/philox.h"
#include "router/linear_scores.h"
#include "router/parts.h"
#include "router/sorted_values.h"
#include "router/state_lists.h"

#include <algorithm>
#include <cmath>

namespace retort {

void RandomForest::fit(const LabelledRows& data, std::uint64_t seed, std::stop_token stop) {
    classes_ = count_classes(data).size();
    features_ = static_cast<std::size_t>(data.rows.columns);
    const SortedValues values(data.rows, stop);
    const RandomStream bootstrap(seed, "router", "bootstrap");
    for_each_part(trees_.size(), threads_, [&](std::size_t number) {
        std::vector<std::int64_t> weights(data.labels.size());
        for (std::size_t i = 0; i < weights.size(); ++i)
            ++weights[bootstrap.below(weights.size(), number, i)];
        GrowthOptions options{weights, 0, seed, number};
        options.tried = std::max<std::size_t>(1, static_cast<std::size_t>(std::sqrt(features_)));
        trees_[number] = grow_tree(values, data, options, stop);
    });
}

void RandomForest::probabilities(const SparseRow& row, std::span<double> out) const {
    std::ranges::fill(out, 0.0);
    for (const Tree& tree : trees_) {
        const std::span<const double> distribution = tree.distribution(row, classes_);
        for (std::size_t k = 0; k < out.size(); ++k)
            out[k] += distribution[k] / static_cast<double>(trees_.size());
    }
}

nlohmann::json RandomForest::state() const {
    nlohmann::json state = {
        {"classes", classes_}, {"features", features_}, {"trees", nlohmann::json::array()}};
    for (const Tree& tree : trees_)
        state["trees"].push_back(tree.state());
    return state;
}

void RandomForest::restore(const nlohmann::json& state) {
    const ModelShape shape = unpacked_shape(state);
    classes_ = shape.classes;
    features_ = shape.features;
    check_state(state.contains("trees") && state["trees"].is_array() && !state["trees"].empty(), "no trees");
    trees_.clear();
    for (const nlohmann::json& tree : state["trees"])
        trees_.push_back(Tree::restored(tree, classes_, features_));
}

} // namespace retort
