// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/run_store.h"

#include "base/sha256.h"
#include "base/ulid.h"
#include "spec/migrate.h"
#include "store/process_identity.h"
#include "store/run_rows.h"
#include "store/run_store_database.h"
#include "store/store_enums.h"
#include "store/timestamp.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <iterator>

namespace retort {
namespace fs = std::filesystem;

namespace {

constexpr const char* newest_attempt =
    "study = ? AND variant = ? AND seed = ? AND NOT deleted ORDER BY attempt DESC";

/// What was measured elsewhere is nothing to go on with.
const std::string newest_trained_attempt = std::string("task <> 'imported' AND ") + newest_attempt;

std::int64_t stored(std::uint64_t seed) {
    return static_cast<std::int64_t>(seed);
}

/// Keys sorted, so that the order in which a specification was written does not matter.
std::string hash_of(const Json& spec) {
    return sha256_of(nlohmann::json(spec).dump());
}

struct Label {
    std::string study;
    std::string variant;
    std::uint64_t seed = 0;
};

std::optional<Label> parse_label(const std::string& name) {
    const auto first = name.find('/'), last = name.rfind('/');
    if (first == last) return {};
    Label label{name.substr(0, first), name.substr(first + 1, last - first - 1), 0};
    const char* const end = name.data() + name.size();
    const auto [stop, failed] = std::from_chars(name.data() + last + 1, end, label.seed);
    if (failed != std::errc() || stop != end) return {};
    return label;
}

RunPlan plan_of(const std::string& study, const std::string& variant, std::uint64_t seed, Json spec) {
    Migration migrated = migrate(std::move(spec));
    RunSpecReading reading;
    if (migrated.problems.empty()) reading = read_run_spec(migrated.json);
    std::ranges::move(reading.problems, std::back_inserter(migrated.problems));
    RunPlan plan{study, variant, seed, reading.spec};
    if (!migrated.problems.empty())
        throw Error(ErrorKind::data, "The stored specification of " + plan.label() + " cannot be used (" +
                                         to_text(migrated.problems) + "); run the study anew.");
    return plan;
}

void make_run_folder(const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        throw Error(ErrorKind::workspace, "Cannot make the folder " + folder.string() + ": " +
                                              failed.message() + "; free space or change its permissions.");
}

void require_resumable(const std::string& id, const RunHolder& holder) {
    if (is_live(holder.status))
        throw Error(ErrorKind::usage, "The run " + id + " is held by process " + std::to_string(holder.pid) +
                                          "; stop it there first.");
    if (!is_resumable(holder.status))
        throw Error(ErrorKind::usage,
                    "The run " + id + " is " + std::string(name_of(holder.status)) +
                        " and cannot be resumed; run the study with --again for a new attempt.");
}

void hold(Connection& connection, const std::string& run_id) {
    const ProcessIdentity& self = this_process();
    connection.execute(
        "UPDATE run SET status = 'running', reason = '', wish = NULL, pid = ?, process_started = ?, "
        "machine = ?, heartbeat = ? WHERE id = ?",
        {self.pid, self.started, self.machine, milliseconds_since_1970(std::chrono::system_clock::now()),
         run_id});
}

void insert_run(Connection& connection, const RunTicket& ticket) {
    const RunPlan& plan = ticket.plan;
    const Json spec = to_json(plan.spec);
    connection.execute(
        "INSERT INTO run (id, study, variant, seed, attempt, study_number, task, status, created, "
        "spec, spec_hash, criterion, total_steps) VALUES (?, ?, ?, ?, ?, "
        "(SELECT max(number) FROM study WHERE name = ?), ?, 'queued', ?, ?, ?, ?, ?)",
        {ticket.id, plan.study, plan.variant, stored(plan.seed), std::int64_t{ticket.attempt}, plan.study,
         name_of(plan.spec.task), now_iso8601(), spec.dump(), hash_of(spec), plan.spec.best,
         total_steps(plan.spec)});
}

} // namespace

RunStore::RunStore(const Workspace& workspace) : database_(std::make_unique<Database>(workspace)) {}
RunStore::~RunStore() = default;

std::optional<RunRecord> RunStore::find(const RunPlan& plan) {
    const auto hash = database_->connection.text("SELECT spec_hash FROM run WHERE " + newest_trained_attempt,
                                                 {plan.study, plan.variant, stored(plan.seed)});
    if (hash != hash_of(to_json(plan.spec))) return {};
    return database_->first(newest_trained_attempt, {plan.study, plan.variant, stored(plan.seed)});
}

RunTicket RunStore::begin(const RunPlan& plan) {
    Connection& connection = database_->connection;
    RunTicket ticket{new_ulid(), 1, plan, {}, false};
    ticket.folder = database_->workspace.run_folder(ticket.id);
    Transaction transaction(connection);
    const auto attempts =
        connection.integer("SELECT max(attempt) FROM run WHERE study = ? AND variant = ? AND seed = ?",
                           {plan.study, plan.variant, stored(plan.seed)});
    ticket.attempt = static_cast<int>(attempts.value_or(0)) + 1;
    insert_run(connection, ticket);
    hold(connection, ticket.id);
    make_run_folder(ticket.folder);
    transaction.commit();
    return ticket;
}

RunTicket RunStore::resume(const std::string& run_id) {
    Connection& connection = database_->connection;
    // Whoever holds the right to write decides; a second process reads the first one's name afterwards.
    Transaction transaction(connection);
    require_resumable(run_id, database_->holder_of(run_id));
    const RunRecord record = database_->first("id = ?", {run_id}).value();
    RunTicket ticket{run_id, record.attempt, plan_of(record.study, record.variant, record.seed, record.spec),
                     database_->workspace.run_folder(run_id), true};
    hold(connection, run_id);
    make_run_folder(ticket.folder);
    transaction.commit();
    return ticket;
}

void RunStore::save_study(const StudySpec& study, const std::string& text) {
    Connection& connection = database_->connection;
    Transaction transaction(connection);
    const auto newest =
        connection.text("SELECT text FROM study WHERE name = ? ORDER BY number DESC LIMIT 1", {study.name});
    if (newest != text)
        connection.execute("INSERT INTO study (name, text, spec, saved) VALUES (?, ?, ?, ?)",
                           {study.name, text, to_json(study).dump(), now_iso8601()});
    transaction.commit();
}

std::vector<StudyRecord> RunStore::studies() {
    Connection& connection = database_->connection;
    Query rows =
        connection.query("SELECT name, text, spec, saved FROM study WHERE number IN (SELECT max(number) "
                         "FROM study GROUP BY name) ORDER BY name");
    std::vector<StudyRecord> studies;
    while (rows.next())
        studies.push_back({rows.text(0), rows.text(1), stored_json(connection, rows.text(2)), rows.text(3)});
    return studies;
}

std::vector<RunRecord> RunStore::runs() {
    return database_->list("NOT deleted");
}

std::vector<RunRecord> RunStore::live_runs() {
    return database_->list("status IN ('running', 'paused') AND NOT deleted");
}

std::vector<RunRecord> RunStore::bin() {
    return database_->list("deleted");
}

RunRecord RunStore::run(const std::string& name) {
    if (const auto label = parse_label(name)) {
        auto found = database_->first(newest_attempt, {label->study, label->variant, stored(label->seed)});
        if (found) return *std::move(found);
        database_->throw_unknown(name);
    }
    std::string prefix = name;
    std::ranges::transform(prefix, prefix.begin(), [](unsigned char c) { return std::toupper(c); });
    std::vector<RunRecord> found;
    if (prefix.size() >= 4)
        read_runs(database_->connection, "substr(id, 1, length(?1)) = ?1 LIMIT 2", {prefix},
                  [&](RunRecord run) { found.push_back(std::move(run)); });
    if (found.size() > 1)
        throw Error(ErrorKind::data, "Several runs begin with " + name + "; give more of the id.");
    if (found.empty()) database_->throw_unknown(name);
    return std::move(found.front());
}

std::optional<RunRecord> RunStore::newest_done(const std::string& study, const std::string& variant,
                                               std::uint64_t seed) {
    return database_->first("status = 'done' AND " + newest_trained_attempt, {study, variant, stored(seed)});
}

void RunStore::request(const std::string& run_id, RunCommand command) {
    if (!is_live(database_->holder_of(run_id).status))
        throw Error(ErrorKind::usage,
                    "The run " + run_id + " is not in training now; list the runs with `retortctl runs`.");
    database_->connection.execute("UPDATE run SET wish = ? WHERE id = ?", {name_of(command), run_id});
}

void RunStore::set_deleted(const std::string& run_id, bool deleted) {
    const std::int64_t number = database_->number_of(run_id);
    database_->connection.execute("UPDATE run SET deleted = ? WHERE number = ?",
                                  {std::int64_t{deleted}, number});
}

void RunStore::erase(const std::string& run_id) {
    Connection& connection = database_->connection;
    const std::int64_t number = database_->number_of(run_id);
    Transaction transaction(connection);
    if (is_live(database_->holder_of(run_id).status))
        throw Error(ErrorKind::usage, "The run " + run_id + " is in training; stop it first.");
    if (connection.execute("DELETE FROM run WHERE number = ? AND deleted", {number}) == 0)
        throw Error(ErrorKind::usage, "The run " + run_id + " is not in the bin; delete it first.");
    const fs::path folder = database_->workspace.run_folder(run_id);
    std::error_code failed;
    fs::remove_all(folder, failed);
    if (failed)
        throw Error(ErrorKind::workspace, "Cannot delete the folder " + folder.string() + ": " +
                                              failed.message() + "; change its permissions.");
    transaction.commit();
}

void RunStore::mark(const std::string& run_id, const RunMarks& marks) {
    const std::int64_t number = database_->number_of(run_id);
    database_->connection.execute(
        "UPDATE run SET name = ?, tags = ?, starred = ?, note = ? WHERE number = ?",
        {marks.name, Json(tidy_tags(marks.tags)).dump(), std::int64_t{marks.starred}, marks.note, number});
}

void RunStore::save_queue(const std::vector<RunPlan>& queue) {
    Connection& connection = database_->connection;
    Transaction transaction(connection);
    connection.execute("DELETE FROM queue");
    for (const RunPlan& plan : queue)
        connection.execute("INSERT INTO queue (study, variant, seed, spec) VALUES (?, ?, ?, ?)",
                           {plan.study, plan.variant, stored(plan.seed), to_json(plan.spec).dump()});
    transaction.commit();
}

std::vector<RunPlan> RunStore::queue() {
    Connection& connection = database_->connection;
    Query rows = connection.query("SELECT study, variant, seed, spec FROM queue ORDER BY position");
    std::vector<RunPlan> plans;
    while (rows.next())
        plans.push_back(plan_of(rows.text(0), rows.text(1), static_cast<std::uint64_t>(rows.integer(2)),
                                stored_json(connection, rows.text(3))));
    return plans;
}

} // namespace retort
