// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the database as values, for those that read and those that write.
#pragma once

#include "store/connection.h"
#include "store/run_store.h"

#include <functional>

namespace retort {

/// Calls `take` with each run that fits `where` (SQL on the table run), in its order. Summaries are read with
/// them, curves are not.
void read_runs(Connection& connection, const std::string& where, std::initializer_list<SqlValue> values,
               const std::function<void(RunRecord)>& take);

/// Who holds a run, if anybody alive does. A run is never believed to be running because its row says so.
struct RunHolder {
    RunStatus status = RunStatus::queued; ///< interrupted where the process has gone
    std::int64_t pid = 0;
};
/// `row` has the columns status, pid, process_started, machine and heartbeat from `column` on.
[[nodiscard]] RunHolder read_holder(const Query& row, int column);

/// A specification as it was stored. Throws Error{workspace} when it is no JSON.
[[nodiscard]] Json stored_json(const Connection& connection, const std::string& text);

/// By step, within one step in the order in which they were measured.
[[nodiscard]] std::vector<EvaluationRecord> read_evaluations(Connection& connection, std::int64_t run_number);

} // namespace retort
