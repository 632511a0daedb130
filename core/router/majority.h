// SPDX-License-Identifier: GPL-3.0-or-later
// The share of each class among the rows, whatever the text: what any classifier must beat.
#pragma once

#include "router/classifier.h"

#include <vector>

namespace retort {

class Majority : public ClassifierModel {
public:
    void fit(const LabelledRows& data, std::uint64_t seed, std::stop_token stop) override;
    void probabilities(const SparseRow& row, std::span<double> out) const override;
    [[nodiscard]] nlohmann::json state() const override;
    void restore(const nlohmann::json& state) override;

private:
    std::int64_t features_ = 0;
    std::vector<double> shares_;
};

} // namespace retort
