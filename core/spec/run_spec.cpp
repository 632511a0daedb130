// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/run_spec.h"

namespace retort {

std::int64_t tokens_per_step(const RunSpec& spec) {
    return spec.optim.batch * spec.optim.accumulate * spec.data.context;
}

std::int64_t total_steps(const RunSpec& spec) {
    const std::int64_t per_step = tokens_per_step(spec);
    return (spec.optim.tokens + per_step - 1) / per_step;
}

bool uses_teacher(const RunSpec& spec) {
    return spec.task == Task::distill && spec.distill->alpha.value < 1.0;
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
