// SPDX-License-Identifier: GPL-3.0-or-later
// The language in which a person says which runs to show:
//
//   condition   perplexity.de < 40        any name of RunFields; = != < <= > >= and ~ (contains)
//               alpha.mode = adaptive     capitals do not matter; a list fits when one of its elements does
//               note ~ "warm up"          quotes around what has spaces, signs or is a word of the language
//               best = none               none: the run has no such value
//               created >= 2026-11-20     as much of a time as is written, UTC
//               parameters < 1.5M         k, M, G and % are multiplied out
//   word        adaptive                  in the run's name, label, task, status or tags
//   together    and, or, not, ( ); and goes before or, and conditions side by side are joined by and
//
// != fits exactly where = does not; no other comparison fits a run without the value.
#pragma once

#include "analysis/run_fields.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

/// Fits every run until it is read from a text.
class RunFilter {
public:
    using Condition = std::function<bool(const RunRecord&)>;

    RunFilter() = default;
    explicit RunFilter(Condition condition) : condition_(std::move(condition)) {}

    [[nodiscard]] bool fits(const RunRecord& run) const { return !condition_ || condition_(run); }
    [[nodiscard]] bool is_empty() const { return !condition_; }

private:
    Condition condition_;
};

/// What cannot be understood: where, in bytes of the text, and one sentence that says what to do.
struct FilterProblem {
    std::size_t place = 0;
    std::size_t length = 0;
    std::string message;
};

struct FilterReading {
    RunFilter filter; ///< fits every run where there is a problem
    std::optional<FilterProblem> problem;
};

[[nodiscard]] FilterReading read_run_filter(std::string_view text, const RunFields& fields);

/// What may stand in the place of the bytes [begin, begin + length) of a text, those that begin alike first:
/// names of fields, or values after a sign. None where nothing has been written yet.
struct FilterCompletion {
    std::size_t begin = 0;
    std::size_t length = 0;
    std::vector<std::string> words;
};
[[nodiscard]] FilterCompletion complete_run_filter(std::string_view text, std::size_t cursor,
                                                   const RunFields& fields);

} // namespace retort
