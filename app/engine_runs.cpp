// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine_runs.h"

#include <utility>

namespace retort {

RunFunction engineRuns() {
    return [](const RunGroup& group, Laboratory laboratory, std::stop_token stop) {
        if (group.resume_id.empty()) return run_study(group.plans, {}, laboratory, std::move(stop));
        return std::vector{resume_run(group.resume_id, laboratory, std::move(stop))};
    };
}

} // namespace retort
