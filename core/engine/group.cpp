// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/group.h"

#include "engine/stopwatch.h"
#include "engine/teacher.h"
#include "engine/training_data.h"
#include "nn/torch_settings.h"
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

/// As many as every member's micro-batch can be cut for.
int share_threads(std::span<const TrainingMember> group, const ResolvedSettings& resolved) {
    const auto can_cut = [](const TrainingMember& member) {
        const RunSpec& spec = member.ticket.plan.spec;
        return can_be_cut(shape_of(spec.model, 1, spec.data.context), spec.data.context);
    };
    return std::ranges::all_of(group, can_cut) ? team_threads(resolved) : 1;
}

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
      threads_(share_threads(group, resolved)),
      teacher_(load_teacher(group, resolved, store_)) {
    for (const TrainingMember& member : group)
        members_.push_back(std::make_unique<Member>(member, resolved_, store_, controls, sink, stop));
}

Group::~Group() = default;

std::vector<Outcome> Group::run() {
    for (const auto& member : members_)
        member->guard([&] { member->begin(threads_); });
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
            sequences = member->next_sequences(); // the same for all
        const at::Tensor windows =
            read_windows(store_, "train", training_domains(spec), spec.data.context, sequences);
        const Batch batch = split_windows(windows, at::Device(resolved_.device));
        std::vector<BatchShare> shares = cut_batch(windows, threads_, at::Device(resolved_.device));
        teacher_pass(team, sequences, shares);
        for (Member* member : team)
            member->guard([&] { member->accumulate(batch, shares, threads_); });
        std::erase_if(team, [](const Member* member) { return !member->live(); });
        if (team.empty()) return;
    }
    const double seconds = watch.seconds();
    for (Member* member : team)
        member->guard([&] { member->finish_step(seconds, threads_); });
}

void Group::teacher_pass(const Team& team, std::span<const SampledSequence> sequences,
                         std::vector<BatchShare>& shares) {
    const auto wants = [](const Member* member) {
        return member->wants_teacher() && !member->wants_to_stop();
    };
    const auto askers = std::ranges::count_if(team, wants);
    if (askers == 0) return;
    ForwardContext context;
    context.between_layers = [&] {
        if (std::ranges::none_of(team, wants)) throw Abandoned{};
    };
    const auto targets = static_cast<std::int64_t>(sequences.size()) * team.front()->spec().data.context;
    const bool keeps_logits = askers > 1 && targets * store_.vocab() * 4 <= kept_logits_limit;
    try {
        threads_.run(shares.size(), [&](std::size_t i) {
            BatchShare& share = shares[i];
            const auto mine = sequences.subspan(static_cast<std::size_t>(share.first_sequence),
                                                static_cast<std::size_t>(share.batch.inputs.size(0)));
            share.teachers.emplace_back(
                HeadInput{teacher_->hidden(share.batch, mine, context), teacher_->head_weight()},
                share.batch.targets, keeps_logits);
        });
    } catch (const Abandoned&) { // nobody is left to learn from it
    }
}

} // namespace retort
