// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/stage_matrices.h"

#include "base/error.h"

namespace retort {

StageMatrix read_stage_matrix(RunStore& store, const RunRecord& run) {
    const RunSpecReading reading = read_run_spec(run.spec);
    if (!reading.problems.empty())
        throw Error(ErrorKind::data, "The stored specification of " + run.label() + " cannot be read (" +
                                         to_text(reading.problems) + "); run the study anew.");
    return stage_matrix(reading.spec, store.evaluations(run.id));
}

std::optional<StageMatrix> read_joint_matrix(RunStore& store, const RunRecord& run) {
    const auto joint = store.newest_done(run.study, joint_variant, run.seed);
    return joint ? std::optional(read_stage_matrix(store, *joint)) : std::nullopt;
}

} // namespace retort
