// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine_runs.h"

#include "engine/devices.h"

#include <utility>

namespace retort {

RunFunction engineRuns() {
    return [](const RunGroup& group, Laboratory laboratory, std::stop_token stop) {
        if (group.resume_id.empty()) return run_study(group.plans, {}, laboratory, std::move(stop));
        return std::vector{resume_run(group.resume_id, laboratory, std::move(stop))};
    };
}

OpenTextModel engineModels() {
    return [](const RunRecord& run, ArtifactStore& artifacts) {
        enter_generation_thread();
        return open_text_model(run, artifacts);
    };
}

} // namespace retort
