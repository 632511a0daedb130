// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/decision_tree.h"

#include "router/linear_scores.h"
#include "router/sorted_values.h"
#include "router/state_lists.h"

#include <algorithm>

namespace retort {

std::span<const double> Tree::distribution(const SparseRow& row, std::size_t classes) const {
    std::size_t at = 0;
    while (nodes[at].feature >= 0) {
        const TreeNode& node = nodes[at];
        const auto found = std::ranges::lower_bound(row.columns, node.feature);
        const bool has_it = found != row.columns.end() && *found == node.feature;
        const double value = has_it ? row.values[static_cast<std::size_t>(found - row.columns.begin())] : 0;
        at = static_cast<std::size_t>(value <= node.threshold ? node.left : node.right);
    }
    return std::span(distributions).subspan(static_cast<std::size_t>(nodes[at].left) * classes, classes);
}

nlohmann::json Tree::state() const {
    std::vector<std::int32_t> links;
    std::vector<double> thresholds;
    for (const TreeNode& node : nodes) {
        links.insert(links.end(), {node.feature, node.left, node.right});
        thresholds.push_back(node.threshold);
    }
    return {{"links", packed(links)},
            {"thresholds", packed(thresholds)},
            {"distributions", packed(distributions)}};
}

Tree Tree::restored(const nlohmann::json& state, std::size_t classes, std::size_t features) {
    Tree tree;
    const auto thresholds = unpacked<double>(state, "thresholds");
    const auto links = unpacked<std::int32_t>(state, "links", 3 * thresholds.size());
    tree.distributions = unpacked<double>(state, "distributions");
    const auto count = static_cast<std::int64_t>(thresholds.size());
    const auto leaves = static_cast<std::int64_t>(tree.distributions.size() / classes);
    check_state(count > 0 && tree.distributions.size() % classes == 0, "an empty tree");
    for (std::int64_t i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const TreeNode node{links[3 * at], links[3 * at + 1], links[3 * at + 2], thresholds[at]};
        // Children after their parents: no walk from the root goes in a circle.
        const bool is_split = node.feature >= 0 && node.feature < static_cast<std::int64_t>(features) &&
                              node.left > i && node.left < count && node.right > i && node.right < count;
        const bool is_leaf = node.feature == -1 && node.left >= 0 && node.left < leaves;
        check_state(is_split || is_leaf, "a tree with a node that leads nowhere");
        tree.nodes.push_back(node);
    }
    return tree;
}

void DecisionTree::fit(const LabelledRows& data, std::uint64_t, std::stop_token stop) {
    classes_ = count_classes(data).size();
    features_ = static_cast<std::size_t>(data.rows.columns);
    tree_ = grow_tree(SortedValues(data.rows, stop), data, {}, stop);
}

void DecisionTree::probabilities(const SparseRow& row, std::span<double> out) const {
    std::ranges::copy(tree_.distribution(row, classes_), out.begin());
}

nlohmann::json DecisionTree::state() const {
    return {{"classes", classes_}, {"features", features_}, {"tree", tree_.state()}};
}

void DecisionTree::restore(const nlohmann::json& state) {
    const ModelShape shape = unpacked_shape(state);
    classes_ = shape.classes;
    features_ = shape.features;
    check_state(state.contains("tree"), "no tree");
    tree_ = Tree::restored(state["tree"], classes_, features_);
}

} // namespace retort
