// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/generation/writer.h"

#include "base/error.h"
#include "engine/modular/modular_scorer.h"
#include "spec/routing.h"

#include <ATen/ATen.h>
#include <algorithm>

namespace retort {
namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

/// An expert by its name stands beside the common one, as it was trained.
GridSetting setting_of(const std::string& text, const RunSpec& spec) {
    const std::vector<std::string>& experts = experts_of(spec);
    const GridSetting whole = main_setting(spec);
    if (text.empty()) return whole;
    if (std::ranges::count(experts, text) > 0) return {Mixing::top1, {text}, whole.common};
    if (text != "common" && text.find('(') == std::string::npos)
        throw Error(ErrorKind::usage, "The run has no expert " + text + "; name one of " + joined(experts) +
                                          " or a setting such as average(all).");
    if (const std::string fault = fault_of_setting(text, spec); !fault.empty())
        throw Error(ErrorKind::usage, "The setting " + text + " " + fault);
    return *parse_setting(text, experts);
}

void add_decision(const Router& router, const std::vector<std::int32_t>& prompt, GenerationRoute& route) {
    const RoutingDecision decision = router.decide(prompt);
    route.domains = router.domains();
    route.probabilities = decision.probabilities;
    route.threshold = router.threshold(std::ssize(prompt));
    route.decided =
        decision.domain ? router.domains()[static_cast<std::size_t>(*decision.domain)] : unknown_domain;
}

RouteEvidence evidence_of(const SequenceRoutes& routes, const std::vector<std::int32_t>& prompt) {
    const std::vector<std::int64_t> wide(prompt.begin(), prompt.end());
    const at::Tensor row = at::tensor(wide, at::kLong).unsqueeze(0);
    const std::string no_label;
    return routes.decide(row, {&no_label, 1}).front();
}

std::string writer_name(const Combination& reads, const std::vector<std::string>& experts) {
    GridSetting setting{reads.mixing, {}, reads.common};
    for (const std::size_t place : reads.experts)
        setting.experts.push_back(experts[place]);
    if (setting.experts.size() != 1) return name_of(setting, experts);
    return setting.experts.front() + (setting.common ? "+common" : "");
}

/// Hidden states of experts, each with the same weight, and of the common one.
DecodingPart part_of(const ModularModel& model, const std::vector<std::size_t>& experts, bool common) {
    if (experts.empty()) return {model.common(), {{model.common(), 1.0}}};
    const double of_common = common ? model.common_weight_beside(experts.size()) : 0;
    DecodingPart part{experts.front(), {}};
    for (const std::size_t expert : experts)
        part.bodies.emplace_back(expert, (1 - of_common) / static_cast<double>(experts.size()));
    if (common) part.bodies.emplace_back(model.common(), of_common);
    return part;
}

void add_parts(const ModularModel& model, const Combination& reads, Writer& writer) {
    if (reads.mixing == Mixing::parameters) {
        writer.averaged = std::make_shared<const ModularModel>(model.averaged(reads.experts));
        writer.parts = {part_of(*writer.averaged, {0}, reads.common)};
        return;
    }
    const bool mixes_hidden = reads.mixing == Mixing::top1 || model.shares_tables();
    if (reads.mixing != Mixing::posterior && mixes_hidden) {
        writer.parts = {part_of(model, reads.experts, reads.common)};
        return;
    }
    writer.mixing = reads.mixing == Mixing::posterior ? PartMixing::posterior : PartMixing::equal;
    for (const std::size_t expert : reads.experts)
        writer.parts.push_back(part_of(model, {expert}, reads.common));
}

} // namespace

Writer choose_writer(const ModularModel& model, const RunSpec& spec, const SequenceRoutes& routes,
                     const std::string& setting, const std::vector<std::int32_t>& prompt) {
    GridSetting wanted = setting_of(setting, spec);
    Writer writer;
    writer.route.chosen = !setting.empty();
    if (routes.router() != nullptr) add_decision(*routes.router(), prompt, writer.route);
    const Mixing mixing = wanted.mixing;
    if (mixing == Mixing::parameters) wanted.mixing = Mixing::average; // the scorer would average them too
    const ModularScorer scorer(model, {wanted}, spec.evaluation->abstention);
    Combination reads = scorer.combination(0, evidence_of(routes, prompt));
    if (mixing == Mixing::parameters && reads.experts.size() > 1) reads.mixing = mixing;
    writer.route.writer = writer_name(reads, model.shape().experts);
    add_parts(model, reads, writer);
    return writer;
}

} // namespace retort
