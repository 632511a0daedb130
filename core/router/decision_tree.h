// SPDX-License-Identifier: GPL-3.0-or-later
// Decision trees (CART, Breiman et al. 1984) with Gini's impurity, grown until each leaf has one class or
// rows that nothing tells apart. Rows have no values below 0.
#pragma once

#include "router/classifier.h"

#include <vector>

namespace retort {

class SortedValues;

struct TreeNode {
    std::int32_t feature = -1; ///< -1: a leaf
    std::int32_t left = 0;     ///< node for values up to the threshold; of a leaf: its distribution
    std::int32_t right = 0;
    double threshold = 0;
};

/// The first node is the root. Children come after their parents.
struct Tree {
    std::vector<TreeNode> nodes;
    std::vector<double> distributions; ///< of the leaves, `classes` numbers each, that add up to 1

    [[nodiscard]] std::span<const double> distribution(const SparseRow& row, std::size_t classes) const;
    [[nodiscard]] nlohmann::json state() const;
    /// Throws Error{data} where it is no tree of so many classes and features.
    static Tree restored(const nlohmann::json& state, std::size_t classes, std::size_t features);
};

struct GrowthOptions {
    std::span<const std::int64_t> row_weights; ///< how often each row counts; empty: once
    std::size_t tried = 0;                     ///< features tried for a split, drawn anew; 0: all
    std::uint64_t seed = 0;                    ///< of the drawing, with `number`
    std::size_t number = 0;                    ///< of the tree in its forest
};

[[nodiscard]] Tree grow_tree(const SortedValues& values, const LabelledRows& data,
                             const GrowthOptions& options, const std::stop_token& stop);

class DecisionTree : public ClassifierModel {
public:
    /// The seed plays no part: of splits as good, the one of the lowest feature is taken.
    void fit(const LabelledRows& data, std::uint64_t seed, std::stop_token stop) override;
    void probabilities(const SparseRow& row, std::span<double> out) const override;
    [[nodiscard]] nlohmann::json state() const override;
    void restore(const nlohmann::json& state) override;

private:
    std::size_t classes_ = 0, features_ = 0;
    Tree tree_;
};

} // namespace retort
