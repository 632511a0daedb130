// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_spec_json.h"

#include <optional>
#include <string>
#include <vector>

namespace retort {

/// One place where two documents differ; absent on the side that lacks it.
struct Difference {
    std::string pointer; ///< RFC 6901
    std::optional<Json> left;
    std::optional<Json> right;
    bool operator==(const Difference&) const = default;
};

/// A key as a part of a pointer.
[[nodiscard]] std::string escaped_key(std::string key);

/// Only what differs, in the order of `left`, then what `right` alone has. Objects are compared field by
/// field, lists and scalars as a whole.
[[nodiscard]] std::vector<Difference> differences(const Json& left, const Json& right);

/// One field that is not the same in all of several documents.
struct DifferingField {
    std::string pointer;                     ///< RFC 6901
    std::vector<std::optional<Json>> values; ///< of each document; absent where it lacks the field
};

/// Only what differs, field by field down to lists and scalars, in the order in which the documents first
/// have them.
[[nodiscard]] std::vector<DifferingField> differing_fields(const std::vector<const Json*>& documents);

} // namespace retort
