// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec/fidelity.h"

namespace retort {
namespace {

Json fields_of_paper() {
    return {{"distill",
             {{"alpha", {{"rule", "paper"}}},
              {"divergence", "paper_inverse_kl"},
              {"mask", "inputs"},
              {"alternate_per", "micro_batch"}}},
            {"best", "first"}};
}

Json fields_corrected() {
    return {{"distill",
             {{"alpha", {{"rule", "corrected"}}},
              {"divergence", "forward_kl"},
              {"mask", "targets"},
              {"alternate_per", "step"}}},
            {"best", "macro"}};
}

} // namespace

std::vector<Problem> expand_fidelity(Json& patch) {
    const auto found = patch.find("fidelity");
    if (found == patch.end()) return {};
    if (*found != "paper" && *found != "corrected")
        return {{"/fidelity", "must be paper or corrected, but is " + found->dump() + "."}};
    Json expanded = *found == "paper" ? fields_of_paper() : fields_corrected();
    patch.erase("fidelity");
    expanded.merge_patch(patch);
    patch = std::move(expanded);
    return {};
}

std::string fidelity_of(const RunSpec& spec) {
    if (!uses_teacher(spec)) return {};
    const DistillSpec& distill = *spec.distill;
    bool paper = is_of_paper(distill.divergence), corrected = !paper;
    const auto require = [&](bool is_paper) { (is_paper ? corrected : paper) = false; };
    if (has_mask(distill.divergence)) require(distill.mask == DivergenceMask::inputs);
    if (distill.alpha.mode == AlphaMode::adaptive) require(distill.alpha.rule == AlphaRule::paper);
    if (distill.combine == Combine::alternating && spec.optim.accumulate > 1)
        require(distill.alternate_per == AlternatePer::micro_batch);
    if (distill.alpha.mode == AlphaMode::dwa || distill.alpha.mode == AlphaMode::uncertainty ||
        distill.alpha.mode == AlphaMode::schedule)
        require(false);
    return paper ? "paper" : corrected ? "corrected" : "mixed";
}

} // namespace retort
