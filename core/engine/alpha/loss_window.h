// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec_json.h"

#include <cstddef>
#include <vector>

namespace retort {

/// The newest `size` values of a loss, oldest first.
class LossWindow {
public:
    explicit LossWindow(std::size_t size) : size_(size) {}

    void push(double value) {
        if (values_.size() == size_) values_.erase(values_.begin());
        values_.push_back(value);
    }
    [[nodiscard]] bool is_full() const { return values_.size() == size_; }
    [[nodiscard]] const std::vector<double>& values() const { return values_; }
    void set(std::vector<double> values) { values_ = std::move(values); }

    [[nodiscard]] double mean(std::size_t begin, std::size_t end) const {
        double sum = 0;
        for (std::size_t i = begin; i < end; ++i)
            sum += values_[i];
        return sum / static_cast<double>(end - begin);
    }
    /// (newest − oldest) / mean: how far the loss rose over the window, as a share of itself; 0 for a loss of
    /// 0.
    [[nodiscard]] double relative_rise() const {
        const double average = mean(0, values_.size());
        return average == 0 ? 0.0 : (values_.back() - values_.front()) / average;
    }

private:
    std::size_t size_;
    std::vector<double> values_;
};

} // namespace retort
