// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/majority.h"

#include "router/linear_scores.h"
#include "router/state_lists.h"

#include <algorithm>

namespace retort {

void Majority::fit(const LabelledRows& data, std::uint64_t, std::stop_token) {
    features_ = data.rows.columns;
    shares_.clear();
    for (const std::int64_t count : count_classes(data))
        shares_.push_back(static_cast<double>(count) / static_cast<double>(data.labels.size()));
}

void Majority::probabilities(const SparseRow&, std::span<double> out) const {
    std::ranges::copy(shares_, out.begin());
}

nlohmann::json Majority::state() const {
    return {{"classes", shares_.size()}, {"features", features_}, {"shares", packed(shares_)}};
}

void Majority::restore(const nlohmann::json& state) {
    const ModelShape shape = unpacked_shape(state);
    features_ = static_cast<std::int64_t>(shape.features);
    shares_ = unpacked<double>(state, "shares", shape.classes);
}

} // namespace retort
