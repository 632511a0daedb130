// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine_runs.h"

#include "base/error.h"

#include <utility>

namespace retort {

RunFunction engineRuns() {
    return [](const RunPlan& plan, bool resume, const std::string& run_id, Laboratory laboratory,
              std::stop_token stop) {
        if (resume) return resume_run(run_id, laboratory, std::move(stop));
        std::vector<RunOutcome> outcomes = run_study({&plan, 1}, {}, laboratory, std::move(stop));
        if (outcomes.empty()) throw Error(ErrorKind::internal, "The engine gave no account of the run.");
        return std::move(outcomes.back());
    };
}

} // namespace retort
