// SPDX-License-Identifier: GPL-3.0-or-later
// Members that train side by side: those at the same step share a batch and one pass of the teacher. One that
// was paused is behind when it goes on; it trains first, alone, until it has caught up.
#pragma once

#include "engine/member.h"
#include "nn/share_team.h"

#include <memory>
#include <span>
#include <vector>

namespace retort {

class Teacher;

class Group {
public:
    /// Loads the tokens and the teacher. Throws Error{data}.
    Group(std::span<const TrainingMember> group, const ResolvedSettings& resolved,
          const RunControls& controls, EventSink& sink, std::stop_token stop);
    ~Group();

    /// Trains until no member is live; outcomes are in the order of the members.
    [[nodiscard]] std::vector<Outcome> run();

private:
    using Team = std::vector<Member*>;

    /// Live members that may train now and are furthest behind.
    [[nodiscard]] Team ready_team();
    [[nodiscard]] bool any_live() const;
    void train_step(Team team);
    /// Gives the shares of a micro-batch their teacher; none when no member of the team wants it or all have
    /// left meanwhile.
    void teacher_pass(const Team& team, std::span<const SampledSequence> sequences,
                      std::vector<BatchShare>& shares);

    ResolvedSettings resolved_;
    TokenStore store_;
    ShareTeam threads_;
    std::unique_ptr<Teacher> teacher_;
    std::vector<std::unique_ptr<Member>> members_;
};

} // namespace retort
