// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/philox.h"
#include "router/decision_tree.h"
#include "router/parts.h"
#include "router/sorted_values.h"

#include <algorithm>
#include <numeric>
#include <string>

namespace retort {
namespace {

struct Split {
    double gain = -1; ///< Σ_side Σ_class w² / Σ w: the larger, the purer. Below 0: none
    std::int32_t feature = -1;
    double threshold = 0;
};

/// Class weights of both sides of a split that moves along the values of a feature.
class Sides {
public:
    explicit Sides(std::size_t classes) : all_(classes), right_(classes) {}

    void begin_node() { std::ranges::fill(all_, 0.0); }
    void add(std::size_t label, double weight) { all_[label] += weight; }
    void end_node() {
        total_ = all_squares_ = 0;
        for (const double weight : all_) {
            total_ += weight;
            all_squares_ += weight * weight;
        }
    }

    /// All rows to the left.
    void begin_feature() {
        std::ranges::fill(right_, 0.0);
        right_total_ = right_squares_ = 0;
        left_squares_ = all_squares_;
    }
    void move_right(std::size_t label, double weight) {
        const double left = all_[label] - right_[label];
        right_squares_ += weight * (2 * right_[label] + weight);
        left_squares_ -= weight * (2 * left - weight);
        right_[label] += weight;
        right_total_ += weight;
    }
    [[nodiscard]] bool is_left_empty() const { return right_total_ >= total_; }
    [[nodiscard]] double gain() const {
        return left_squares_ / (total_ - right_total_) + right_squares_ / right_total_;
    }

    [[nodiscard]] bool is_pure() const { return all_squares_ == total_ * total_; }
    [[nodiscard]] const std::vector<double>& weights() const { return all_; }
    [[nodiscard]] double total() const { return total_; }

private:
    // Weights are whole numbers, so that these sums are exact in any order.
    std::vector<double> all_, right_;
    double total_ = 0, all_squares_ = 0, right_total_ = 0, right_squares_ = 0, left_squares_ = 0;
};

class Growth {
public:
    Growth(const SortedValues& values, const LabelledRows& data, const GrowthOptions& options)
        : values_(values),
          data_(data),
          options_(options),
          sides_(static_cast<std::size_t>(data.classes)),
          places_(values.size()),
          stream_(options.seed, "router", "tree." + std::to_string(options.number)),
          features_(static_cast<std::size_t>(data.rows.columns)),
          is_tried_(features_.size()) {
        std::iota(features_.begin(), features_.end(), 0);
        for (std::size_t i = 0; i < data.labels.size(); ++i)
            if (weight(i) > 0) rows_.push_back(static_cast<std::int32_t>(i));
    }

    Tree run(const std::stop_token& stop) {
        std::vector<Range> open = {{0, 0, rows_.size()}};
        tree_.nodes.emplace_back();
        while (!open.empty()) {
            check_stop(stop);
            const Range range = open.back();
            open.pop_back();
            const Split split = best_split(range, stop);
            if (split.feature < 0) {
                make_leaf(range.node);
                continue;
            }
            const auto left = static_cast<std::int32_t>(tree_.nodes.size());
            tree_.nodes[range.node] = {split.feature, left, left + 1, split.threshold};
            tree_.nodes.resize(tree_.nodes.size() + 2);
            const std::size_t middle = part_rows(range, split);
            open.push_back({static_cast<std::size_t>(left) + 1, middle, range.end});
            open.push_back({static_cast<std::size_t>(left), range.begin, middle});
        }
        return std::move(tree_);
    }

private:
    /// Rows rows_[begin, end) of a node.
    struct Range {
        std::size_t node, begin, end;
    };

    [[nodiscard]] double weight(std::size_t row) const {
        return options_.row_weights.empty() ? 1 : static_cast<double>(options_.row_weights[row]);
    }
    [[nodiscard]] std::size_t label(std::size_t row) const {
        return static_cast<std::size_t>(data_.labels[row]);
    }

    void make_leaf(std::size_t node) {
        tree_.nodes[node].left =
            static_cast<std::int32_t>(tree_.distributions.size() / sides_.weights().size());
        for (const double weight : sides_.weights())
            tree_.distributions.push_back(weight / sides_.total());
    }

    Split best_split(const Range& range, const std::stop_token& stop) {
        sides_.begin_node();
        for (std::size_t i = range.begin; i < range.end; ++i)
            sides_.add(label(static_cast<std::size_t>(rows_[i])), weight(static_cast<std::size_t>(rows_[i])));
        sides_.end_node();
        if (sides_.is_pure()) return {};
        if (options_.tried == 0) return best_of(range, false, stop);
        // Like scikit-learn, goes on drawing while all that were drawn are the same in each row.
        Split split;
        for (std::size_t drawn = 0; split.feature < 0 && drawn < features_.size(); drawn += options_.tried) {
            const std::size_t end = std::min(drawn + options_.tried, features_.size());
            draw(drawn, end, range.node);
            split = best_of(range, true, stop);
            for (std::size_t i = drawn; i < end; ++i)
                is_tried_[static_cast<std::size_t>(features_[i])] = 0;
        }
        return split;
    }

    void draw(std::size_t begin, std::size_t end, std::size_t node) {
        for (std::size_t i = begin; i < end; ++i) {
            std::swap(features_[i], features_[i + stream_.below(features_.size() - i, node, i)]);
            is_tried_[static_cast<std::size_t>(features_[i])] = 1;
        }
    }

    Split best_of(const Range& range, bool is_some, const std::stop_token& stop) {
        places_.clear();
        for (std::size_t i = range.begin; i < range.end; ++i) {
            const auto row = static_cast<std::size_t>(rows_[i]);
            const std::span<const std::int32_t> places = values_.places_of(row);
            const SparseRow values = data_.rows.row(row);
            for (std::size_t j = 0; j < places.size(); ++j)
                if (!is_some || is_tried_[static_cast<std::size_t>(values.columns[j])])
                    places_.add(places[j]);
        }
        check_stop(stop);
        const std::span<const std::int32_t> sorted = places_.sorted();
        Split best;
        for (std::size_t begin = 0; begin < sorted.size();)
            begin = try_feature(sorted, begin, best);
        return best;
    }

    /// From the largest value down; returns the place after the feature's last.
    std::size_t try_feature(std::span<const std::int32_t> sorted, std::size_t at, Split& best) {
        const std::int32_t feature = values_[static_cast<std::size_t>(sorted[at])].column;
        sides_.begin_feature();
        while (at < sorted.size()) {
            const SortedValue& here = values_[static_cast<std::size_t>(sorted[at])];
            if (here.column != feature) break;
            sides_.move_right(label(static_cast<std::size_t>(here.row)),
                              weight(static_cast<std::size_t>(here.row)));
            ++at;
            double below = 0; // rows without the feature
            if (at < sorted.size()) {
                const SortedValue& next = values_[static_cast<std::size_t>(sorted[at])];
                if (next.column == feature) below = next.value;
            }
            if (below == here.value || sides_.is_left_empty()) continue;
            const double gain = sides_.gain();
            if (gain > best.gain) best = {gain, feature, threshold(below, here.value)};
        }
        return at;
    }

    /// Half way, but never as large as the upper value, by rounding.
    static double threshold(double below, double above) {
        const double middle = below + (above - below) / 2;
        return middle < above ? middle : below;
    }

    /// Rows up to the threshold first; returns where the others begin.
    std::size_t part_rows(const Range& range, const Split& split) {
        const auto begin = rows_.begin() + static_cast<std::ptrdiff_t>(range.begin);
        const auto end = rows_.begin() + static_cast<std::ptrdiff_t>(range.end);
        const auto middle = std::stable_partition(begin, end, [&](std::int32_t i) {
            const SparseRow row = data_.rows.row(static_cast<std::size_t>(i));
            const auto found = std::ranges::lower_bound(row.columns, split.feature);
            if (found == row.columns.end() || *found != split.feature) return true;
            return row.values[static_cast<std::size_t>(found - row.columns.begin())] <= split.threshold;
        });
        return static_cast<std::size_t>(middle - rows_.begin());
    }

    const SortedValues& values_;
    const LabelledRows& data_;
    const GrowthOptions& options_;
    Sides sides_;
    PlaceSet places_;
    RandomStream stream_;
    std::vector<std::int32_t> features_; ///< those drawn for a node come first
    std::vector<char> is_tried_;
    std::vector<std::int32_t> rows_;
    Tree tree_;
};

} // namespace

Tree grow_tree(const SortedValues& values, const LabelledRows& data, const GrowthOptions& options,
               const std::stop_token& stop) {
    return Growth(values, data, options).run(stop);
}

} // namespace retort
