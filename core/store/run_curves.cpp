// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/routing_rows.h"
#include "store/run_store_database.h"
#include "store/store_enums.h"

namespace retort {
namespace {

void read_points(Connection& connection, std::int64_t series, SeriesPoints& points) {
    Query rows = connection.query("SELECT step, value FROM point WHERE series = ? ORDER BY step", {series});
    while (rows.next()) {
        points.steps.push_back(rows.integer(0));
        points.values.push_back(rows.real(1));
    }
}

struct NumberedKey {
    std::int64_t id = 0;
    SeriesKey key;
};

std::vector<NumberedKey> read_keys(Connection& connection, std::int64_t run) {
    Query rows = connection.query(
        "SELECT id, name, domain, expert, setting, split FROM series WHERE run = ? ORDER BY id", {run});
    std::vector<NumberedKey> keys;
    while (rows.next())
        keys.push_back(
            {rows.integer(0), {rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5)}});
    return keys;
}

RunStarted started_of(const Query& row) {
    RunStarted started;
    started.resumed_from_step = row.integer(1);
    started.total_steps = row.integer(2);
    started.tokens_per_step = row.integer(3);
    started.parameters = {row.integer(4), row.integer(5)};
    started.resolved = {row.text(6), row.text(7),  static_cast<int>(row.integer(8)),
                        row.text(9), row.text(10), row.text(11)};
    started.inexact = row.integer(12) != 0;
    return started;
}

} // namespace

std::vector<SeriesPoints> RunStore::series(const std::string& run_id) {
    Connection& connection = database_->connection;
    std::vector<SeriesPoints> all;
    for (NumberedKey& series : read_keys(connection, database_->number_of(run_id))) {
        all.push_back({std::move(series.key), {}, {}});
        read_points(connection, series.id, all.back());
    }
    return all;
}

std::vector<SeriesPoints> RunStore::series(const std::string& run_id, const std::string& name) {
    Connection& connection = database_->connection;
    std::vector<SeriesPoints> some;
    for (NumberedKey& series : read_keys(connection, database_->number_of(run_id))) {
        if (series.key.name != name) continue;
        some.push_back({std::move(series.key), {}, {}});
        read_points(connection, series.id, some.back());
    }
    return some;
}

std::vector<SeriesKey> RunStore::series_keys(const std::string& run_id) {
    std::vector<SeriesKey> keys;
    for (NumberedKey& series : read_keys(database_->connection, database_->number_of(run_id)))
        keys.push_back(std::move(series.key));
    return keys;
}

std::vector<ClockPoint> RunStore::clock(const std::string& run_id) {
    const std::int64_t run = database_->number_of(run_id);
    Query rows = database_->connection.query(
        "SELECT step, tokens, wall_seconds FROM clock WHERE run = ? ORDER BY step", {run});
    std::vector<ClockPoint> points;
    while (rows.next())
        points.push_back({rows.integer(0), rows.integer(1), rows.real(2)});
    return points;
}

std::vector<EvaluationRecord> RunStore::evaluations(const std::string& run_id) {
    return read_evaluations(database_->connection, database_->number_of(run_id));
}

std::vector<SampleRecord> RunStore::samples(const std::string& run_id) {
    const std::int64_t run = database_->number_of(run_id);
    Query rows = database_->connection.query(
        "SELECT step, domain, prompt, text FROM sample WHERE run = ? ORDER BY step, domain", {run});
    std::vector<SampleRecord> samples;
    while (rows.next())
        samples.push_back({rows.integer(0), {rows.text(1), rows.text(2), rows.text(3)}});
    return samples;
}

std::vector<LogLine> RunStore::log(const std::string& run_id) {
    const std::int64_t run = database_->number_of(run_id);
    Query rows =
        database_->connection.query("SELECT time, level, text FROM log WHERE run = ? ORDER BY number", {run});
    std::vector<LogLine> lines;
    while (rows.next())
        lines.push_back({rows.text(0), {value_of(rows.text(1), Notice::Level::info), rows.text(2)}});
    return lines;
}

std::vector<CheckpointRecord> RunStore::checkpoints(const std::string& run_id) {
    const std::int64_t run = database_->number_of(run_id);
    Query rows = database_->connection.query(
        "SELECT step, folder, bytes, best FROM checkpoint WHERE run = ? ORDER BY step, folder", {run});
    std::vector<CheckpointRecord> saved;
    while (rows.next())
        saved.push_back({rows.integer(0), rows.text(1), static_cast<std::uint64_t>(rows.integer(2)),
                         rows.integer(3) != 0});
    return saved;
}

std::vector<SessionRecord> RunStore::sessions(const std::string& run_id) {
    const std::int64_t run = database_->number_of(run_id);
    Query rows = database_->connection.query(
        "SELECT time, resumed_from_step, total_steps, tokens_per_step, parameters, active_parameters, "
        "device, "
        "precision, threads, vector_level, blas, torch, inexact FROM session WHERE run = ? ORDER BY number",
        {run});
    std::vector<SessionRecord> sessions;
    while (rows.next())
        sessions.push_back({rows.text(0), started_of(rows)});
    return sessions;
}

std::vector<MatrixRecord> RunStore::matrices(const std::string& run_id) {
    return read_matrices(database_->connection, database_->number_of(run_id));
}

std::vector<RoutedExample> RunStore::examples(std::int64_t matrix, std::int64_t row, std::int64_t column) {
    return read_examples(database_->connection, matrix, row, column);
}

} // namespace retort
