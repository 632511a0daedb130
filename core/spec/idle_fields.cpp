// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/idle_fields.h"

namespace retort {
namespace {

class IdleFields {
public:
    void add_unless(bool in_force, const char* pointer) {
        if (!in_force) pointers_.insert(pointer);
    }
    [[nodiscard]] std::set<std::string> take() { return std::move(pointers_); }

private:
    std::set<std::string> pointers_;
};

void add_alpha(const DistillSpec& distill, IdleFields& idle) {
    const bool weighs = distill.combine == Combine::combined;
    const AlphaMode mode = distill.alpha.mode;
    const bool is_schedule = weighs && mode == AlphaMode::schedule;
    idle.add_unless(weighs, "/distill/alpha/value");
    idle.add_unless(weighs && mode == AlphaMode::adaptive, "/distill/alpha/rule");
    idle.add_unless(weighs && (mode == AlphaMode::adaptive || mode == AlphaMode::dwa),
                    "/distill/alpha/history");
    idle.add_unless(weighs && mode == AlphaMode::dwa, "/distill/alpha/temperature");
    idle.add_unless(weighs && mode == AlphaMode::uncertainty, "/distill/alpha/rate");
    for (const char* pointer : {"/distill/alpha/decay", "/distill/alpha/end", "/distill/alpha/share"})
        idle.add_unless(is_schedule, pointer);
}

void add_divergence(const DistillSpec& distill, IdleFields& idle) {
    const Divergence divergence = distill.divergence;
    idle.add_unless(divergence == Divergence::jsd, "/distill/beta");
    idle.add_unless(divergence == Divergence::skew_kl || divergence == Divergence::skew_reverse_kl,
                    "/distill/skew");
    idle.add_unless(has_temperature(divergence), "/distill/temperature");
    idle.add_unless(can_scale_t2(divergence), "/distill/scale_t2");
    idle.add_unless(has_mask(divergence), "/distill/mask");
    idle.add_unless(distill.combine == Combine::alternating, "/distill/alternate_per");
}

void add_stages(const RunSpec& spec, IdleFields& idle) {
    const bool has_stages = spec.schedule.kind == ScheduleKind::sequential;
    const RemedySpec& remedies = spec.remedies;
    for (const char* pointer : {"/schedule/moments", "/schedule/rewarm", "/remedies/replay",
                                "/remedies/freeze/layers", "/remedies/freeze/embeddings",
                                "/remedies/average/kind", "/remedies/ewc/strength", "/remedies/lwf/weight"})
        idle.add_unless(has_stages, pointer);
    idle.add_unless(has_stages && remedies.average.kind == StageAverage::fixed, "/remedies/average/share");
    for (const char* pointer : {"/remedies/ewc/sequences", "/remedies/ewc/decay"})
        idle.add_unless(has_stages && remedies.ewc.strength > 0, pointer);
    for (const char* pointer : {"/remedies/lwf/divergence", "/remedies/lwf/temperature"})
        idle.add_unless(has_stages && remedies.lwf.weight > 0, pointer);
}

void add_tokenizer(const TokenizerSpec& tokenizer, IdleFields& idle) {
    const bool is_file = is_given(tokenizer) && tokenizer.artifact.empty();
    for (const char* pointer :
         {"/data/tokenizer/domains", "/data/tokenizer/sampling", "/data/tokenizer/coverage",
          "/data/tokenizer/byte_fallback", "/data/tokenizer/split_digits", "/data/tokenizer/split_whitespace",
          "/data/tokenizer/whitespace_pieces"})
        idle.add_unless(!is_given(tokenizer), pointer);
    for (const char* pointer : {"/data/tokenizer/path", "/data/tokenizer/bos", "/data/tokenizer/eos"})
        idle.add_unless(is_file, pointer);
}

void add_teacher(const ScheduleSpec& schedule, IdleFields& idle) {
    idle.add_unless(schedule.kind == ScheduleKind::cyclic, "/teacher/schedule/block");
    for (const char* pointer : {"/teacher/schedule/moments", "/teacher/schedule/rewarm"})
        idle.add_unless(schedule.kind == ScheduleKind::sequential, pointer);
}

void add_router(const RouterSpec& router, IdleFields& idle) {
    const Classifier kind = router.classifier;
    idle.add_unless(kind == Classifier::logistic || kind == Classifier::svm, "/router/c");
    idle.add_unless(kind == Classifier::sgd, "/router/penalty");
    idle.add_unless(kind == Classifier::multinomial_nb || kind == Classifier::complement_nb,
                    "/router/smoothing");
    idle.add_unless(kind == Classifier::forest, "/router/trees");
    idle.add_unless(kind == Classifier::knn, "/router/neighbours");
    idle.add_unless(router.unit == RouterUnit::batch, "/router/batch");
    idle.add_unless(router.unit == RouterUnit::sequence, "/router/coverage");
    idle.add_unless(router.cut != RouterCut::article, "/router/window");
}

void add_modular(const RunSpec& spec, IdleFields& idle) {
    const ModularSpec& modular = *spec.modular;
    const bool is_ple = modular.architecture == Architecture::ple;
    idle.add_unless(modular.architecture == Architecture::moe_ce, "/modular/common_weight");
    for (const char* pointer : {"/modular/init", "/modular/head_bias", "/modular/route", "/optim/idle"})
        idle.add_unless(!is_ple, pointer);
    idle.add_unless(!spec.model.tied, "/modular/head_bias");
    idle.add_unless(!modular.base.empty(), "/modular/files");
    idle.add_unless(spec.evaluation->route == RouteBy::router, "/evaluation/abstention");
}

} // namespace

std::set<std::string> idle_fields(const RunSpec& spec) {
    IdleFields idle;
    idle.add_unless(spec.schedule.kind == ScheduleKind::cyclic, "/schedule/block");
    add_tokenizer(spec.data.tokenizer, idle);
    add_stages(spec, idle);
    if (spec.teacher) add_teacher(spec.teacher->schedule, idle);
    if (spec.distill) {
        add_alpha(*spec.distill, idle);
        add_divergence(*spec.distill, idle);
    }
    idle.add_unless(spec.modular.has_value(), "/optim/idle");
    if (spec.modular) add_modular(spec, idle);
    if (spec.router) add_router(*spec.router, idle);
    if (spec.task == Task::router) {
        for (const char* pointer : {"/best", "/data/context"})
            idle.add_unless(false, pointer);
    }
    return idle.take();
}

} // namespace retort
