// SPDX-License-Identifier: GPL-3.0-or-later
// What the two halves of RunStore share: run_store.cpp keeps the ledger, run_curves.cpp reads.
#pragma once

#include "store/run_rows.h"
#include "store/run_store.h"

namespace retort {

struct RunStore::Database {
    Workspace workspace;
    Connection connection;
    explicit Database(const Workspace& opened) : workspace(opened), connection(opened) {}

    [[nodiscard]] std::int64_t number_of(const std::string& run_id) {
        const auto number = connection.integer("SELECT number FROM run WHERE id = ?", {run_id});
        if (!number) throw_unknown(run_id);
        return *number;
    }
    [[noreturn]] void throw_unknown(const std::string& name) const {
        throw Error(ErrorKind::data, "There is no run " + name + " in " + workspace.folder().string() +
                                         "; list the runs with `retortctl runs`.");
    }
    [[nodiscard]] std::optional<RunRecord> first(const std::string& where,
                                                 std::initializer_list<SqlValue> values) {
        std::optional<RunRecord> found;
        read_runs(connection, where + " LIMIT 1", values, [&](RunRecord run) { found = std::move(run); });
        return found;
    }
    /// By name, newest attempt first.
    [[nodiscard]] std::vector<RunRecord> list(const std::string& where) {
        std::vector<RunRecord> found;
        read_runs(connection, where + " ORDER BY study, variant, seed, attempt DESC", {},
                  [&](RunRecord run) { found.push_back(std::move(run)); });
        return found;
    }
    [[nodiscard]] RunHolder holder_of(const std::string& run_id) {
        Query row = connection.query(
            "SELECT status, pid, process_started, machine, heartbeat FROM run WHERE id = ?", {run_id});
        if (!row.next()) throw_unknown(run_id);
        return read_holder(row, 0);
    }
};

} // namespace retort
