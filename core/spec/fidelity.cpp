// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/fidelity.h"

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

} // namespace

std::vector<Problem> expand_fidelity(Json& patch, Task task) {
    const auto found = patch.find("fidelity");
    if (found == patch.end()) return {};
    if (*found != "paper" && *found != "corrected")
        return {{"/fidelity", "must be paper or corrected, but is " + found->dump() + "."}};
    Json expanded = task == Task::router ? router_preset(*found == "paper") : preset(*found == "paper");
    patch.erase("fidelity");
    expanded.merge_patch(patch);
    patch = std::move(expanded);
    return {};
}

std::string fidelity_of(const RunSpec& spec) {
    if (spec.router) {
        const bool tokens = spec.router->tokens == RouterTokens::paper,
                   unit = spec.router->unit == RouterUnit::batch;
        return tokens != unit ? "mixed" : tokens ? "paper" : "corrected";
    }
    if (!uses_teacher(spec)) return {};
    const DistillSpec& distill = *spec.distill;
    bool paper = is_of_paper(distill.divergence), corrected = !paper;
    const auto require = [&](bool is_paper) { (is_paper ? corrected : paper) = false; };
    if (has_mask(distill.divergence)) require(distill.mask == DivergenceMask::inputs);
    if (distill.combine == Combine::alternating && spec.optim.accumulate > 1)
        require(distill.alternate_per == AlternatePer::micro_batch);
    if (distill.alpha.mode != AlphaMode::fixed) // of the moving ones the paper has its adaptive rule alone
        require(distill.alpha.mode == AlphaMode::adaptive && distill.alpha.rule == AlphaRule::paper);
    return paper ? "paper" : corrected ? "corrected" : "mixed";
}

} // namespace retort
