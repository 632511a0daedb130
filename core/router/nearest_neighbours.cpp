// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/nearest_neighbours.h"

#include "router/linear_scores.h"
#include "router/parts.h"
#include "router/state_lists.h"

#include <algorithm>
#include <numeric>

namespace retort {

void NearestNeighbours::fit(const LabelledRows& data, std::uint64_t, std::stop_token stop) {
    classes_ = count_classes(data).size();
    features_ = static_cast<std::size_t>(data.rows.columns);
    rows_ = data.rows;
    labels_.assign(data.labels.begin(), data.labels.end());
    index(stop);
}

void NearestNeighbours::index(const std::stop_token& stop) {
    begins_.assign(features_ + 1, 0);
    for (const std::int32_t feature : rows_.indices)
        ++begins_[static_cast<std::size_t>(feature) + 1];
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    std::vector<std::size_t> next(begins_.begin(), begins_.end() - 1);
    rows_with_.resize(rows_.indices.size());
    values_.resize(rows_.indices.size());
    squares_.assign(rows_.rows(), 0);
    for (std::size_t i = 0; i < rows_.rows(); ++i) {
        if (i % 1024 == 0) check_stop(stop);
        const SparseRow row = rows_.row(i);
        for (std::size_t j = 0; j < row.columns.size(); ++j) {
            const std::size_t at = next[static_cast<std::size_t>(row.columns[j])]++;
            rows_with_[at] = static_cast<std::int32_t>(i);
            values_[at] = row.values[j];
            squares_[i] += row.values[j] * row.values[j];
        }
    }
}

void NearestNeighbours::probabilities(const SparseRow& row, std::span<double> out) const {
    // Squared distances less the squared length of `row`, which all share.
    thread_local std::vector<double> distances;
    distances = squares_;
    for (std::size_t j = 0; j < row.columns.size(); ++j) {
        const auto feature = static_cast<std::size_t>(row.columns[j]);
        for (std::size_t i = begins_[feature]; i < begins_[feature + 1]; ++i)
            distances[static_cast<std::size_t>(rows_with_[i])] -= 2 * row.values[j] * values_[i];
    }
    thread_local std::vector<std::int32_t> order;
    order.resize(distances.size());
    std::iota(order.begin(), order.end(), 0);
    const auto nearest = static_cast<std::ptrdiff_t>(std::min(neighbours_, order.size()));
    std::partial_sort(order.begin(), order.begin() + nearest, order.end(),
                      [](std::int32_t a, std::int32_t b) {
                          const double at_a = distances[static_cast<std::size_t>(a)];
                          const double at_b = distances[static_cast<std::size_t>(b)];
                          return at_a != at_b ? at_a < at_b : a < b;
                      });
    std::ranges::fill(out, 0.0);
    for (std::ptrdiff_t i = 0; i < nearest; ++i) {
        const auto neighbour = static_cast<std::size_t>(order[static_cast<std::size_t>(i)]);
        out[static_cast<std::size_t>(labels_[neighbour])] += 1 / static_cast<double>(nearest);
    }
}

nlohmann::json NearestNeighbours::state() const {
    std::vector<std::int64_t> begins(rows_.begins.begin(), rows_.begins.end());
    return {{"classes", classes_},
            {"features", features_},
            {"begins", packed(begins)},
            {"indices", packed(rows_.indices)},
            {"values", packed(rows_.values)},
            {"labels", packed(labels_)}};
}

void NearestNeighbours::restore(const nlohmann::json& state) {
    const ModelShape shape = unpacked_shape(state);
    classes_ = shape.classes;
    features_ = shape.features;
    rows_.columns = static_cast<std::int64_t>(features_);
    const auto begins = unpacked<std::int64_t>(state, "begins");
    rows_.indices = unpacked<std::int32_t>(state, "indices");
    rows_.values = unpacked<double>(state, "values", rows_.indices.size());
    check_state(begins.size() > 1 && begins.front() == 0 && std::ranges::is_sorted(begins) &&
                    begins.back() == static_cast<std::int64_t>(rows_.indices.size()),
                "rows out of order");
    rows_.begins.assign(begins.begin(), begins.end());
    labels_ = unpacked<std::int32_t>(state, "labels", rows_.rows());
    check_range<std::int32_t>(labels_, 0, static_cast<std::int32_t>(classes_), "labels");
    check_range<std::int32_t>(rows_.indices, 0, static_cast<std::int32_t>(features_), "features");
    index({});
}

} // namespace retort
