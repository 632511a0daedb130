// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/stages.h"

namespace retort {

std::vector<std::int64_t> stage_ends(const RunSpec& spec) {
    const auto count = static_cast<std::int64_t>(training_domains(spec).size());
    const std::int64_t total = total_steps(spec);
    std::vector<std::int64_t> ends;
    if (total == 0) return ends;
    for (std::int64_t stage = 1; stage <= count; ++stage)
        ends.push_back(stage_begin(stage, count, total));
    return ends;
}

std::vector<Stage> stages_of(const RunSpec& spec) {
    std::vector<Stage> stages;
    if (spec.task == Task::router || spec.schedule.kind != ScheduleKind::sequential) return stages;
    std::int64_t begin = 0;
    for (const std::int64_t end : stage_ends(spec)) {
        stages.push_back({training_domains(spec)[stages.size()], begin, end});
        begin = end;
    }
    return stages;
}

} // namespace retort
