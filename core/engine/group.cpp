// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/group.h"

#include "engine/stopwatch.h"
#include "engine/teacher.h"
#include "engine/training_data.h"
#include "nn/trainee.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <chrono>
#include <thread>

namespace retort {
namespace {

constexpr auto pause_poll = std::chrono::milliseconds(20);
/// Above it, each student has the teacher's logits made again, chunk by chunk, rather than keep them for all.
constexpr std::int64_t kept_logits_limit = std::int64_t{512} << 20;

/// Nothing when no member learns from one.
std::unique_ptr<Teacher> load_teacher(std::span<const TrainingMember> group, const ResolvedSettings& resolved,
                                      const TokenStore& store) {
    const auto user =
        std::ranges::find_if(group, [](const auto& m) { return uses_teacher(m.ticket.plan.spec); });
    return user == group.end() ? nullptr : std::make_unique<Teacher>(*user, resolved, store);
}

} // namespace

Group::Group(std::span<const TrainingMember> group, const ResolvedSettings& resolved,
             const RunControls& controls, EventSink& sink, std::stop_token stop)
    : resolved_(resolved),
      store_(group.front().inputs.tokens),
      teacher_(load_teacher(group, resolved, store_)) {
    for (const TrainingMember& member : group)
        members_.push_back(std::make_unique<Member>(member, resolved_, store_, controls, sink, stop));
}

Group::~Group() = default;

std::vector<Outcome> Group::run() {
    for (const auto& member : members_)
        member->guard([&] { member->begin(); });
    while (any_live()) {
        Team team = ready_team();
        if (team.empty())
            std::this_thread::sleep_for(pause_poll);
        else
            train_step(std::move(team));
    }
    std::vector<Outcome> outcomes;
    for (const auto& member : members_)
        outcomes.push_back(member->outcome());
    return outcomes;
}

bool Group::any_live() const {
    return std::ranges::any_of(members_, [](const auto& member) { return member->live(); });
}

Group::Team Group::ready_team() {
    Team ready;
    for (const auto& member : members_)
        if (member->live() && member->obey()) ready.push_back(member.get());
    if (ready.empty()) return ready;
    const std::int64_t lowest = (*std::ranges::min_element(ready, {}, &Member::step))->step();
    std::erase_if(ready, [&](const Member* member) { return member->step() != lowest; });
    return ready;
}

void Group::train_step(Team team) {
    const Stopwatch watch;
    const RunSpec& spec = team.front()->spec();
    for (Member* member : team)
        member->begin_step();
    for (std::int64_t micro = 0; micro < spec.optim.accumulate; ++micro) {
        std::vector<SampledSequence> sequences;
        for (Member* member : team)
            sequences = member->next_sequences();
        const Batch batch =
            split_windows(read_windows(store_, "train", spec.data.domains, spec.data.context, sequences),
                          at::Device(resolved_.device));
        std::vector<TeacherPass> teachers = teacher_pass(team, batch, sequences);
        for (Member* member : team)
            member->guard([&] {
                member->accumulate(batch,
                                   member->wants_teacher() ? std::span(teachers) : std::span<TeacherPass>{});
            });
        std::erase_if(team, [](const Member* member) { return !member->live(); });
        if (team.empty()) return;
    }
    const double seconds = watch.seconds();
    for (Member* member : team)
        member->guard([&] { member->finish_step(seconds); });
}

std::vector<TeacherPass> Group::teacher_pass(const Team& team, const Batch& batch,
                                             std::span<const SampledSequence> sequences) {
    const auto wants = [](const Member* member) {
        return member->wants_teacher() && !member->wants_to_stop();
    };
    const auto askers = std::ranges::count_if(team, wants);
    if (askers == 0) return {};
    ForwardContext context;
    context.between_layers = [&] {
        if (std::ranges::none_of(team, wants)) throw Abandoned{};
    };
    const std::int64_t logits_bytes = batch.targets.numel() * store_.vocab() * 4;
    const bool keeps_logits = askers > 1 && logits_bytes <= kept_logits_limit;
    std::vector<TeacherPass> passes;
    try {
        passes.emplace_back(HeadInput{teacher_->hidden(batch, sequences, context), teacher_->head_weight()},
                            batch.targets, keeps_logits);
    } catch (const Abandoned&) { // nobody is left to learn from it
    }
    return passes;
}

} // namespace retort
