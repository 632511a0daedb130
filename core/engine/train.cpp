// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train.h"

#include "base/error.h"
#include "engine/devices.h"
#include "engine/group.h"

#include <algorithm>

namespace retort {
namespace {

bool can_share(const TrainingMember& a, const TrainingMember& b) {
    return can_share_batches(a.ticket.plan.spec, b.ticket.plan.spec) && a.inputs.tokens == b.inputs.tokens;
}

void check_group(std::span<const TrainingMember> group) {
    for (const TrainingMember& member : group.subspan(1))
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
