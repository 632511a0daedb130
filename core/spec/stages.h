// SPDX-License-Identifier: GPL-3.0-or-later
// When the domains come one after the other, each has a stage: an equal share of the optimiser steps.
#pragma once

#include "spec/run_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace retort {

/// Of optimiser steps begin + 1 … end; the next begins where this one ends.
struct Stage {
    std::string domain;
    std::int64_t begin = 0;
    std::int64_t end = 0;
    [[nodiscard]] std::int64_t steps() const { return end - begin; }
    bool operator==(const Stage&) const = default;
};

/// Stages of a run with the schedule `sequential`, in order; none of any other.
[[nodiscard]] std::vector<Stage> stages_of(const RunSpec& spec);

/// Ends of as many equal parts of a training as it has domains, whatever its schedule: where runs with and
/// without stages are compared. None where nothing is trained.
[[nodiscard]] std::vector<std::int64_t> stage_ends(const RunSpec& spec);

/// First step (begin of Stage) of stage `stage` of `stages`; `total` for stage == stages.
[[nodiscard]] constexpr std::int64_t stage_begin(std::int64_t stage, std::int64_t stages,
                                                 std::int64_t total) noexcept {
    return (stage * total + stages - 1) / stages;
}

/// Stage to which the step after `step` whole ones belongs; the last for those beyond the end.
[[nodiscard]] constexpr std::int64_t stage_after(std::int64_t step, std::int64_t stages,
                                                 std::int64_t total) noexcept {
    if (step >= total) return stages - 1;
    return step * stages / total;
}

} // namespace retort
