// SPDX-License-Identifier: GPL-3.0-or-later
// From the specification of an older version to today's: a chain of pure steps v -> v + 1, a fixture for
// each.
#pragma once

#include "spec/check.h"
#include "spec/run_spec_json.h"

#include <vector>

namespace retort {

struct Migration {
    Json json; ///< of version spec_version when there are no problems
    std::vector<Problem>
        problems; ///< "/retort" when the version is missing, no integer or newer than this program
};

[[nodiscard]] Migration migrate(Json json);

} // namespace retort
