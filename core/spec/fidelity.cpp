// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/fidelity.h"

#include <algorithm>

namespace retort {
namespace {

Json router_preset(bool paper) {
    return {{"router", {{"tokens", paper ? "paper" : "all"}, {"unit", paper ? "batch" : "sequence"}}}};
}

Json preset(bool paper) {
    const auto either = [&](const char* of_paper, const char* corrected) {
        return paper ? of_paper : corrected;
    };
    return {{"distill",
             {{"alpha", {{"rule", either("paper", "corrected")}}},
              {"divergence", either("paper_inverse_kl", "forward_kl")},
              {"mask", either("inputs", "targets")},
              {"alternate_per", either("micro_batch", "step")}}},
            {"best", either("first", "macro")}};
}

Json modular_preset(bool paper) {
    Json fields = preset(paper);
    fields.merge_patch(router_preset(paper));
    fields["model"] = {{"tied", !paper}, {"init", paper ? "torch" : "gpt2"}};
    fields["modular"] = {{"init", paper ? "own" : "shared"}, {"head_bias", paper}};
    fields["optim"] = {{"idle", paper ? "zero_gradient" : "skip"}};
    return fields;
}

Json preset_of(Task task, bool paper) {
    if (task == Task::router) return router_preset(paper);
    return task == Task::modular ? modular_preset(paper) : preset(paper);
}

/// For each field in force whether it is as the paper's code has it.
void add_losses(const RunSpec& spec, std::vector<bool>& of_paper) {
    const DistillSpec& distill = *spec.distill;
    of_paper.push_back(is_of_paper(distill.divergence));
    if (has_mask(distill.divergence)) of_paper.push_back(distill.mask == DivergenceMask::inputs);
    if (distill.combine == Combine::alternating && spec.optim.accumulate > 1)
        of_paper.push_back(distill.alternate_per == AlternatePer::micro_batch);
    if (distill.alpha.mode != AlphaMode::fixed) // of the moving ones the paper has its adaptive rule alone
        of_paper.push_back(distill.alpha.mode == AlphaMode::adaptive &&
                           distill.alpha.rule == AlphaRule::paper);
}

void add_router(const RouterSpec& router, std::vector<bool>& of_paper) {
    of_paper.push_back(router.tokens == RouterTokens::paper);
    of_paper.push_back(router.unit == RouterUnit::batch);
}

void add_modular(const RunSpec& spec, std::vector<bool>& of_paper) {
    of_paper.push_back(spec.model.init == ModelInit::torch);
    of_paper.push_back(!spec.model.tied && spec.modular->head_bias);
    of_paper.push_back(spec.modular->init == ExpertInit::own);
    of_paper.push_back(spec.optim.idle == IdleExperts::zero_gradient);
}

} // namespace

std::vector<Problem> expand_fidelity(Json& patch, Task task) {
    const auto found = patch.find("fidelity");
    if (found == patch.end()) return {};
    if (*found != "paper" && *found != "corrected")
        return {{"/fidelity", "must be paper or corrected, but is " + found->dump() + "."}};
    Json expanded = preset_of(task, *found == "paper");
    patch.erase("fidelity");
    expanded.merge_patch(patch);
    patch = std::move(expanded);
    return {};
}

std::string fidelity_of(const RunSpec& spec) {
    std::vector<bool> of_paper;
    if (spec.router && (!spec.modular || asks_router(spec))) add_router(*spec.router, of_paper);
    if (spec.modular && spec.modular->architecture != Architecture::ple) add_modular(spec, of_paper);
    if (uses_teacher(spec)) add_losses(spec, of_paper);
    if (of_paper.empty()) return {};
    if (std::ranges::count(of_paper, of_paper.front()) != std::ssize(of_paper)) return "mixed";
    return of_paper.front() ? "paper" : "corrected";
}

} // namespace retort
