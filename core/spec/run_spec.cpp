// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/run_spec.h"

#include <algorithm>

namespace retort {

std::int64_t tokens_per_step(const RunSpec& spec) {
    return spec.optim.batch * spec.optim.accumulate * spec.data.context;
}

const std::vector<std::string>& training_domains(const RunSpec& spec) {
    return spec.schedule.domains.empty() ? spec.data.domains : spec.schedule.domains;
}

bool is_given(const TokenizerSpec& tokenizer) {
    return !tokenizer.artifact.empty() || tokenizer.kind == TokenizerKind::sentencepiece_file ||
           tokenizer.kind == TokenizerKind::hugging_face_file;
}

const std::vector<std::string>& tokenizer_domains(const DataSpec& data) {
    return data.tokenizer.domains.empty() ? data.domains : data.tokenizer.domains;
}

std::int64_t total_steps(const RunSpec& spec) {
    if (spec.modular && learning_experts(spec).empty()) return 0;
    const std::int64_t per_step = tokens_per_step(spec);
    return (spec.optim.tokens + per_step - 1) / per_step;
}

bool uses_teacher(const RunSpec& spec) {
    if (!spec.distill || (spec.modular && learning_experts(spec).empty())) return false;
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
    if (total_steps(a) == 0 || total_steps(b) == 0) return false; // nothing to train
    const bool same_teacher = !uses_teacher(a) || !uses_teacher(b) || a.teacher == b.teacher;
    const bool same_schedule = a.schedule.kind == b.schedule.kind && a.schedule.block == b.schedule.block &&
                               a.schedule.domains == b.schedule.domains &&
                               a.remedies.replay == b.remedies.replay;
    return same_teacher && same_schedule && a.seed == b.seed && a.data == b.data &&
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
    if (!teacher.domains.empty()) {
        run.data.domains = teacher.domains;
        run.data.tokenizer.domains = tokenizer_domains(student.data);
    }
    run.model = teacher.model;
    run.schedule = teacher.schedule;
    run.optim = teacher.optim;
    run.run = student.run;
    return run;
}

std::vector<std::string> learning_experts(const RunSpec& spec) {
    const ModularSpec& modular = *spec.modular;
    if (modular.architecture == Architecture::ple) return {};
    if (!modular.train.empty() || !modular.base.empty()) return modular.train;
    return modular.experts.empty() ? spec.data.domains : modular.experts;
}

std::vector<std::string> separate_experts(const RunSpec& spec) {
    if (!spec.modular || spec.modular->architecture != Architecture::ple) return {};
    if (!spec.modular->train.empty() || !spec.modular->base.empty()) return spec.modular->train;
    return spec.modular->experts.empty() ? spec.data.domains : spec.modular->experts;
}

bool asks_router(const RunSpec& spec) {
    if (!spec.modular) return false;
    return spec.evaluation->route == RouteBy::router || spec.modular->route == RouteBy::router;
}

RunSpec router_run(const RunSpec& modular) {
    RunSpec run;
    run.task = Task::router;
    run.seed = modular.seed;
    run.data = modular.data;
    run.router = modular.router;
    return run;
}

RunSpec expert_run(const RunSpec& modular, const std::string& expert) {
    RunSpec run = modular;
    run.task = Task::distill;
    run.modular.reset();
    run.evaluation.reset();
    run.router.reset();
    run.schedule = {.kind = ScheduleKind::balanced, .domains = {expert}};
    run.remedies = {};
    const auto domains = static_cast<std::int64_t>(modular.data.domains.size());
    run.optim.tokens /= domains;
    if (run.optim.batch % domains == 0) run.optim.batch /= domains;
    run.best = expert;
    return run;
}

} // namespace retort
