// SPDX-License-Identifier: GPL-3.0-or-later
// Random forest (Breiman 2001): each tree of rows drawn with replacement, each split the best of √features
// drawn anew; the answer is the mean of the leaves' distributions.
#pragma once

#include "router/decision_tree.h"

namespace retort {

class RandomForest : public ClassifierModel {
public:
    /// `threads`: 0 for one each core; the trees do not depend on it.
    explicit RandomForest(std::int64_t trees, unsigned threads = 0)
        : trees_(static_cast<std::size_t>(trees)), threads_(threads) {}

    void fit(const LabelledRows& data, std::uint64_t seed, std::stop_token stop) override;
    void probabilities(const SparseRow& row, std::span<double> out) const override;
    [[nodiscard]] nlohmann::json state() const override;
    void restore(const nlohmann::json& state) override;

private:
    std::size_t classes_ = 0, features_ = 0;
    std::vector<Tree> trees_;
    unsigned threads_;
};

} // namespace retort
