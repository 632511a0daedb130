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

} // namespace retort
