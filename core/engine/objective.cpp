// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/objective.h"

#include <ATen/ATen.h>
#include <algorithm>

namespace retort {
namespace {

double mix_of(const DistillSpec& distill) {
    return distill.divergence == Divergence::jsd ? distill.beta : distill.skew;
}

/// What a micro-batch's sum is divided by, each kind as it is defined.
double normaliser_of(const RunSpec& spec, const Batch& batch, std::int64_t end) {
    const auto accumulate = static_cast<double>(spec.optim.accumulate);
    switch (spec.distill->divergence) {
    case Divergence::paper_normal_kl: // PyTorch's batchmean divides by sequences
        return static_cast<double>(batch.inputs.size(0)) * accumulate;
    case Divergence::paper_label_difference: // a plain sum
        return accumulate;
    default:
        break;
    }
    if (spec.distill->mask == DivergenceMask::targets) return static_cast<double>(tokens_per_step(spec));
    const double counted = counted_inputs(batch.inputs, end).sum().item<double>();
    return std::max(counted, 1.0) * accumulate;
}

/// Nats over the whole micro-batch.
double teacher_cross_entropy(std::span<const BatchShare> shares) {
    double sum = 0;
    for (const BatchShare& share : shares)
        sum += share.teachers.front().cross_entropy();
    return sum;
}

} // namespace

Objective::Objective(const RunSpec& spec, std::int64_t end)
    : spec_(spec),
      end_(end),
      accumulate_(static_cast<double>(spec.optim.accumulate)),
      policy_(make_alpha_policy(spec)),
      policy_began_(policy_->state()) {}

AppliedWeights Objective::next_weights() const {
    const bool by_micro_batch = spec_.distill && spec_.distill->combine == Combine::alternating &&
                                spec_.distill->alternate_per == AlternatePer::micro_batch;
    return policy_->weights(by_micro_batch ? steps_ * spec_.optim.accumulate + micro_ : steps_);
}

bool Objective::wants_teacher() const {
    if (!uses_teacher(spec_)) return false;
    // A moving alpha that reaches 1 for a while still needs the divergence's history.
    return spec_.distill->combine != Combine::alternating || next_weights().beta > 0;
}

void Objective::begin_step() {
    micro_ = with_kd_ = 0;
    step_ = {};
    step_.weights = {0, 0};
}

void Objective::abandon_step() {
    policy_->restore(policy_began_);
}

LossTerm Objective::divergence_term(const Batch& batch, double weight) const {
    const DistillSpec& distill = *spec_.distill;
    LossTerm term;
    term.divergence = distill.divergence;
    term.mix = mix_of(distill);
    term.temperature = distill.temperature;
    term.scale_t2 = distill.scale_t2;
    term.mask = has_mask(distill.divergence) ? distill.mask : DivergenceMask::targets;
    term.end = end_;
    term.weight = weight;
    term.normaliser = normaliser_of(spec_, batch, end_);
    return term;
}

LossTerm Objective::lwf_term(std::size_t before) const {
    const LwfSpec& lwf = spec_.remedies.lwf;
    LossTerm term;
    term.divergence = lwf.divergence;
    term.teacher = before;
    term.temperature = lwf.temperature;
    term.weight = lwf.weight;
    term.normaliser = static_cast<double>(tokens_per_step(spec_));
    return term;
}

std::vector<double> Objective::accumulate(Trainee& trainee, Trainee::Micro micro, const Batch& batch,
                                          std::optional<std::size_t> before) {
    std::vector<LossTerm> terms = this->terms(batch, before);
    micro.terms = terms;
    if (looks_at_current()) micro.reweigh = [this](auto values, auto measured) { reweigh(values, measured); };
    std::vector<double> values = trainee.accumulate(micro);
    add(terms, values, wants_teacher() ? std::optional(teacher_cross_entropy(micro.shares)) : std::nullopt);
    return values;
}

std::vector<LossTerm> Objective::terms(const Batch& batch, std::optional<std::size_t> before) const {
    const AppliedWeights weights = next_weights();
    LossTerm cross_entropy;
    cross_entropy.weight = weights.alpha;
    cross_entropy.normaliser = static_cast<double>(tokens_per_step(spec_));
    std::vector<LossTerm> terms = {cross_entropy};
    if (wants_teacher()) terms.push_back(divergence_term(batch, weights.beta));
    if (before) terms.push_back(lwf_term(*before));
    return terms;
}

void Objective::reweigh(std::span<const double> values, std::span<LossTerm> terms) {
    const std::int64_t before = policy_->undefined_count();
    const AppliedWeights weights = policy_->weigh_current({values[0] * accumulate_, values[1] * accumulate_});
    step_.undefined += policy_->undefined_count() - before;
    terms[0].weight = weights.alpha;
    terms[1].weight = weights.beta;
}

void Objective::add(std::span<const LossTerm> terms, std::span<const double> values,
                    std::optional<double> teacher_ce) {
    const bool has_kd = wants_teacher();
    ++micro_;
    step_.ce += values[0];
    step_.weights.alpha += terms[0].weight / accumulate_;
    for (std::size_t k = 0; k < terms.size(); ++k)
        step_.loss += terms[k].weight * values[k];
    if (const std::size_t others = has_kd ? 2 : 1; terms.size() > others)
        step_.lwf = step_.lwf.value_or(0) + values[others];
    if (!has_kd) return;
    ++with_kd_;
    step_.kd = step_.kd.value_or(0) + values[1];
    step_.weights.beta += terms[1].weight / accumulate_;
    if (teacher_ce) step_.teacher_ce = step_.teacher_ce.value_or(0) + *teacher_ce / terms[0].normaliser;
}

StepLosses Objective::finish_step() {
    // A micro-batch that has no divergence, of a step that has, leaves the mean of those that have.
    const double share = with_kd_ > 0 ? accumulate_ / static_cast<double>(with_kd_) : 1.0;
    if (step_.kd) *step_.kd *= share;
    if (step_.teacher_ce) *step_.teacher_ce *= share;
    const std::int64_t before = policy_->undefined_count();
    policy_->complete_step({step_.ce, step_.kd.value_or(0)});
    step_.undefined += policy_->undefined_count() - before;
    ++steps_;
    policy_began_ = policy_->state();
    micro_ = 0;
    return step_;
}

Json Objective::state() const {
    return {{"steps", steps_}, {"policy", policy_began_}};
}

void Objective::restore(const Json& state) {
    steps_ = state.at("steps");
    policy_->restore(state.at("policy"));
    policy_began_ = state.at("policy");
}

} // namespace retort
