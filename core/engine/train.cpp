// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train.h"

#include "base/error.h"
#include "engine/devices.h"
#include "engine/group.h"

#include <algorithm>

namespace retort {
namespace {

/// What members must have in common to share batches and a teacher pass.
bool can_share(const TrainingMember& a, const TrainingMember& b) {
    const RunSpec& x = a.ticket.plan.spec;
    const RunSpec& y = b.ticket.plan.spec;
    const bool same_teacher = !uses_teacher(x) || !uses_teacher(y) || a.inputs.teacher == b.inputs.teacher;
    return same_teacher && x.seed == y.seed && x.data == y.data && x.schedule == y.schedule &&
           x.optim.batch == y.optim.batch && x.optim.accumulate == y.optim.accumulate &&
           x.optim.tokens == y.optim.tokens && x.run.precision == y.run.precision &&
           x.run.device == y.run.device && x.run.threads == y.run.threads &&
           a.inputs.tokens == b.inputs.tokens;
}

void check_group(std::span<const TrainingMember> group) {
    for (const TrainingMember& member : group)
        if (!can_share(group.front(), member))
            throw Error(ErrorKind::usage,
                        member.ticket.plan.label() + " and " + group.front().ticket.plan.label() +
                            " differ in seed, data, schedule, batch or teacher; train them apart.");
}

} // namespace

Outcome failed_outcome(const std::exception& error) {
    Outcome outcome;
    outcome.status = RunStatus::failed;
    outcome.reason = error.what();
    if (const auto* known = dynamic_cast<const Error*>(&error)) outcome.error = known->kind();
    return outcome;
}

std::vector<Outcome> train(std::span<const TrainingMember> group, const RunControls& controls,
                           EventSink& sink, std::stop_token stop) {
    if (group.empty()) return {};
    check_group(group);
    const ResolvedSettings resolved = resolve(group.front().ticket.plan.spec.run);
    enter_training_thread(resolved);
    return Group(group, resolved, controls, sink, std::move(stop)).run();
}

} // namespace retort
