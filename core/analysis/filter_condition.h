// SPDX-License-Identifier: GPL-3.0-or-later
// One comparison of a filter; run_filter.h has the language.
#pragma once

#include "analysis/run_filter.h"

#include <optional>
#include <string>
#include <string_view>

namespace retort {

enum class FilterSign { equal, unequal, less, at_most, greater, at_least, contains };

[[nodiscard]] std::optional<FilterSign> filter_sign(std::string_view sign);

struct ConditionReading {
    RunFilter::Condition condition;
    std::string problem; ///< one sentence about the value or the sign; empty: none
    bool is_of_sign = false;
};

/// `is_quoted`: the value stands in quotes, so that "none" is a text like any other.
[[nodiscard]] ConditionReading read_condition(const RunField& field, FilterSign sign,
                                              const std::string& value, bool is_quoted);

/// Whether the word is in what a person calls the run: name, label, task, status, tags.
[[nodiscard]] bool is_called(const RunRecord& run, std::string_view word);

} // namespace retort
