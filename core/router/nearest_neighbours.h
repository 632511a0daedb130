// SPDX-License-Identifier: GPL-3.0-or-later
// k nearest neighbours by Euclidean distance, which on rows of length 1 has the order of the cosine. A
// class's probability is its share of the neighbours; of rows as near, the lower index goes first.
#pragma once

#include "router/classifier.h"

#include <vector>

namespace retort {

class NearestNeighbours : public ClassifierModel {
public:
    explicit NearestNeighbours(std::int64_t neighbours) : neighbours_(static_cast<std::size_t>(neighbours)) {}

    void fit(const LabelledRows& data, std::uint64_t seed, std::stop_token stop) override;
    void probabilities(const SparseRow& row, std::span<double> out) const override;
    [[nodiscard]] nlohmann::json state() const override;
    void restore(const nlohmann::json& state) override;

private:
    void index(const std::stop_token& stop);

    std::size_t neighbours_;
    std::size_t classes_ = 0, features_ = 0;
    SparseRows rows_;
    std::vector<std::int32_t> labels_;
    // The same values by feature: of feature f they lie from begins_[f] to begins_[f + 1].
    std::vector<std::size_t> begins_;
    std::vector<std::int32_t> rows_with_;
    std::vector<double> values_;
    std::vector<double> squares_; ///< squared length of each row
};

} // namespace retort
