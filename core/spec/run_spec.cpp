// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/run_spec.h"

#include <algorithm>

namespace retort {

std::int64_t tokens_per_step(const RunSpec& spec) {
    return spec.optim.batch * spec.optim.accumulate * spec.data.context;
}

std::int64_t total_steps(const RunSpec& spec) {
    const std::int64_t per_step = tokens_per_step(spec);
    return (spec.optim.tokens + per_step - 1) / per_step;
}

bool uses_teacher(const RunSpec& spec) {
    if (spec.task != Task::distill) return false;
    const AlphaSpec& alpha = spec.distill->alpha;
    return spec.distill->combine == Combine::alternating || alpha.mode != AlphaMode::fixed ||
           alpha.value < 1.0;
}

std::int64_t alpha_history(const RunSpec& spec) {
    const std::int64_t set = spec.distill->alpha.history;
    return set > 0 ? set : std::max<std::int64_t>(20, total_steps(spec) / 100);
}

bool can_share_batches(const RunSpec& a, const RunSpec& b) {
    if (a.task == Task::router || b.task == Task::router) return false;
    const bool same_teacher = !uses_teacher(a) || !uses_teacher(b) || a.teacher == b.teacher;
    return same_teacher && a.seed == b.seed && a.data == b.data && a.schedule == b.schedule &&
           a.optim.batch == b.optim.batch && a.optim.accumulate == b.optim.accumulate &&
           a.optim.tokens == b.optim.tokens && a.run.precision == b.run.precision &&
           a.run.device == b.run.device && a.run.threads == b.run.threads && a.run.teacher == b.run.teacher;
}

RunSpec teacher_run(const RunSpec& student) {
    const TeacherSpec& teacher = *student.teacher;
    RunSpec run;
    run.task = Task::teacher;
    run.seed = teacher.seed;
    run.data = student.data;
    if (!teacher.domains.empty()) run.data.domains = teacher.domains;
    run.model = teacher.model;
    run.schedule = teacher.schedule;
    run.optim = teacher.optim;
    run.run = student.run;
    return run;
}

} // namespace retort
