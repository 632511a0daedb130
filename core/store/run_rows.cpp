// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/run_rows.h"

#include "store/process_identity.h"
#include "store/store_enums.h"
#include "store/timestamp.h"

#include <unordered_map>

namespace retort {
namespace {

/// Longer than a loaded machine or a slow network delays a heartbeat, which comes every two seconds.
constexpr std::int64_t heartbeat_patience_ms = 15'000;

constexpr const char* run_columns =
    "SELECT status, pid, process_started, machine, heartbeat, id, study, variant, seed, attempt, task, "
    "reason, "
    "created, spec, steps, total_steps, tokens, wall_seconds, parameters, active_parameters, loss, ce, kd, "
    "tokens_per_second, best_step, best_loss, model_artifact, number, name, tags, starred, note FROM run "
    "WHERE ";

bool is_held(const ProcessIdentity& process, std::int64_t heartbeat) {
    if (const auto alive = is_alive(process)) return *alive;
    return milliseconds_since_1970(std::chrono::system_clock::now()) - heartbeat < heartbeat_patience_ms;
}

/// Reads the specifications of many runs. Those that differ in their seed alone are parsed once, which is
/// most of the time that a table of runs takes.
class SpecReader {
public:
    explicit SpecReader(const Connection& connection) : connection_(connection) {}

    [[nodiscard]] Json read(const std::string& text) {
        static constexpr std::string_view seed_key = "\"seed\":";
        const auto key = text.find(seed_key);
        const bool is_outermost = key < text.find('{', 1);
        const auto begin = is_outermost ? key + seed_key.size() : 0;
        const auto end = text.find_first_not_of("0123456789", begin);
        if (begin == 0 || end == begin || end == std::string::npos) return stored_json(connection_, text);
        Json spec = without_seed(text.substr(0, begin) + '0' + text.substr(end));
        spec["seed"] = std::stoull(text.substr(begin, end - begin));
        return spec;
    }

private:
    const Json& without_seed(const std::string& text) {
        const auto found = parsed_.find(text);
        return found != parsed_.end() ? found->second
                                      : parsed_.emplace(text, stored_json(connection_, text)).first->second;
    }

    const Connection& connection_;
    std::unordered_map<std::string, Json> parsed_;
};

void read_identity(const Query& row, RunRecord& run) {
    run.status = read_holder(row, 0).status;
    run.id = row.text(5);
    run.study = row.text(6);
    run.variant = row.text(7);
    run.seed = static_cast<std::uint64_t>(row.integer(8));
    run.attempt = static_cast<int>(row.integer(9));
    run.task = value_of(row.text(10), Task::distill);
    run.reason = row.text(11);
    run.created = row.text(12);
    run.model_artifact = row.text(26);
}

void read_progress(const Query& row, RunRecord& run) {
    run.steps = row.integer(14);
    run.total_steps = row.integer(15);
    run.tokens = row.integer(16);
    run.wall_seconds = row.real(17);
    run.parameters = {row.integer(18), row.integer(19)};
    run.summary.loss = row.optional_real(20);
    run.summary.ce = row.optional_real(21);
    run.summary.kd = row.optional_real(22);
    run.summary.tokens_per_second = row.optional_real(23);
    if (!row.is_null(24)) run.best = BestEvaluation{row.integer(24), row.optional_real(25).value_or(0)};
}

void read_marks(const Connection& connection, const Query& row, RunMarks& marks) {
    marks.name = row.text(28);
    const std::string tags = row.text(29);
    if (tags != "[]") marks.tags = tidy_tags(stored_json(connection, tags).get<std::vector<std::string>>());
    marks.starred = row.integer(30) != 0;
    marks.note = row.text(31);
}

void read_domains(Connection& connection, std::int64_t number, RunSummary& summary) {
    Query rows =
        connection.query("SELECT domain, perplexity, accuracy FROM run_domain WHERE run = ?", {number});
    while (rows.next()) {
        summary.perplexity[rows.text(0)] = rows.real(1);
        summary.accuracy[rows.text(0)] = rows.real(2);
    }
}

} // namespace

Json stored_json(const Connection& connection, const std::string& text) {
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        throw Error(ErrorKind::workspace,
                    connection.file().string() +
                        " holds a specification that is no JSON; put a copy in its place.");
    return json;
}

RunHolder read_holder(const Query& row, int column) {
    RunHolder holder{value_of(row.text(column), RunStatus::failed), row.integer(column + 1)};
    const ProcessIdentity process{holder.pid, row.integer(column + 2), row.text(column + 3)};
    if (is_live(holder.status) && !is_held(process, row.integer(column + 4)))
        holder.status = RunStatus::interrupted;
    return holder;
}

void read_runs(Connection& connection, const std::string& where, std::initializer_list<SqlValue> values,
               const std::function<void(RunRecord)>& take) {
    SpecReader specs(connection);
    Query rows = connection.query(run_columns + where, values);
    while (rows.next()) {
        RunRecord run;
        read_identity(rows, run);
        run.spec = specs.read(rows.text(13));
        read_progress(rows, run);
        read_marks(connection, rows, run.marks);
        read_domains(connection, rows.integer(27), run.summary);
        take(std::move(run));
    }
}

std::vector<EvaluationRecord> read_evaluations(Connection& connection, std::int64_t run_number) {
    Query rows = connection.query("SELECT step, domain, expert, setting, split, nll, tokens, bytes, correct "
                                  "FROM evaluation WHERE run = ? ORDER BY step, number",
                                  {run_number});
    std::vector<EvaluationRecord> records;
    while (rows.next())
        records.push_back({rows.integer(0),
                           {rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.real(5),
                            rows.integer(6), rows.integer(7), rows.integer(8)}});
    return records;
}

} // namespace retort
