// SPDX-License-Identifier: GPL-3.0-or-later
// Who keeps count of runs, seen from the engine.
#pragma once

#include "spec/run_record.h"
#include "spec/study_spec.h"

#include <filesystem>
#include <optional>
#include <string>

namespace retort {

/// A run that this process may train now.
struct RunTicket {
    std::string id; ///< ULID
    int attempt = 1;
    RunPlan plan;
    std::filesystem::path folder; ///< checkpoints and files of this run alone
    bool resume = false;
};

class RunLedger {
public:
    virtual ~RunLedger() = default;

    /// The newest attempt of the plan's study/variant/seed whose materialised specification is the same.
    [[nodiscard]] virtual std::optional<RunRecord> find(const RunPlan& plan) = 0;

    /// A new attempt, marked running and held by this process.
    [[nodiscard]] virtual RunTicket begin(const RunPlan& plan) = 0;

    /// Takes a stopped, failed or interrupted run over, to go on from its newest checkpoint.
    /// Throws Error{usage} when the run is done, or held by a process that is alive.
    [[nodiscard]] virtual RunTicket resume(const std::string& run_id) = 0;
};

} // namespace retort
