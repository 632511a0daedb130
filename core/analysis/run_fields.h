// SPDX-License-Identifier: GPL-3.0-or-later
// Every value of a run under the name that a person writes in a filter or chooses as a column: fields of the
// specification by dotted path, metrics, and what is known of the run itself.
#pragma once

#include "spec/run_record.h"

#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace retort {

/// Nothing where a run has no such value.
using RunValue = std::variant<std::monostate, bool, double, std::string, std::vector<std::string>>;

struct RunField {
    enum class Kind {
        truth,
        number,
        time, ///< ISO 8601, UTC
        text,
        choice,
        list
    };
    std::string path; ///< "distill.alpha.mode", "perplexity.de"
    Kind kind = Kind::text;
    std::string label;
    std::string help;
    std::vector<std::string> values; ///< all that a choice has; of other kinds some that runs have
    std::function<RunValue(const RunRecord&)> read;
};

class RunFields {
public:
    /// What runs are called and measured on, which no specification says: each domain gives
    /// `perplexity.<domain>` and `accuracy.<domain>`; the others are offered as values.
    struct Seen {
        std::set<std::string> domains, studies, variants, tags;
    };
    explicit RunFields(const Seen& seen = {});
    [[nodiscard]] static RunFields of(std::span<const RunRecord> runs);

    /// The run itself, its metrics, then its specification in the order of a study file.
    [[nodiscard]] const std::vector<RunField>& all() const { return fields_; }

    struct Search {
        const RunField* field = nullptr;
        std::vector<std::string> candidates; ///< without a field: paths that may have been meant
        bool is_ambiguous = false;           ///< the candidates all end in the name
    };
    /// By its path, by a JSON pointer, or by the end of a path: `alpha.mode`, whatever its capitals. Of
    /// several paths that end so the one is taken that all the others end in, as `optim.lr` goes before
    /// `teacher.optim.lr` for `lr`.
    [[nodiscard]] Search find(std::string_view name) const;

private:
    std::vector<RunField> fields_;
};

/// The field of a path, also of a domain that no run has been measured on yet.
[[nodiscard]] std::optional<RunField> run_field(const std::string& path);

/// As a person writes it: 0.0005, true, "en, fr"; empty for nothing.
[[nodiscard]] std::string value_text(const RunValue& value);

/// Seconds of training that are left at the run's mean speed so far; nothing unless it is in training.
[[nodiscard]] std::optional<double> seconds_left(const RunRecord& run);

} // namespace retort
