// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/run_store.h"
#include "widgets/pages/compare_source.h"

#include <string>
#include <vector>

namespace retort {

/// Those of the runs that are in the store, with the curves named `series` (empty: none).
[[nodiscard]] std::vector<ComparedRun> readComparedRuns(RunStore& store, const std::vector<std::string>& ids,
                                                        const std::string& series);

} // namespace retort
