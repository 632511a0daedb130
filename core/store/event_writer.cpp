// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/event_writer.h"

#include "analysis/evaluation.h"
#include "store/routing_rows.h"
#include "store/run_rows.h"
#include "store/store_enums.h"

namespace retort {
namespace {

using namespace std::chrono_literals;
constexpr auto heartbeat_interval = 2s;

/// The curve that stands for the whole run, not for a part of it.
bool is_headline(const SeriesKey& key) {
    return key.split == "train" && key.domain.empty() && key.expert.empty() && key.setting.empty();
}

std::optional<double>* summarised(RunSummary& summary, const SeriesKey& key) {
    if (!is_headline(key)) return nullptr;
    if (key.name == "ce") return &summary.ce;
    if (key.name == "kd") return &summary.kd;
    if (key.name == "tokens_per_second") return &summary.tokens_per_second;
    return nullptr;
}

} // namespace

bool EventWriter::write(const RunEvent& event, Instant time) {
    Run* run = find(event.run);
    if (run == nullptr) return false;
    run->changed = true;
    std::visit([&](const auto& what) { write(*run, what, time); }, event.what);
    return true;
}

void EventWriter::summarise(const std::string& run_id) {
    if (Run* run = find(run_id)) summarise_again(*run);
}

void EventWriter::write_summaries(Instant now) {
    for (auto& [id, run] : runs_)
        if (run.changed || (run.live && now - run.heartbeat >= heartbeat_interval))
            write_summary(*find(id), now);
}

void EventWriter::forget() {
    for (auto& [id, run] : runs_)
        run.stale = true;
}

std::set<std::string> EventWriter::live_runs() const {
    std::set<std::string> live;
    for (const auto& [id, run] : runs_)
        if (run.live) live.insert(id);
    return live;
}

EventWriter::Run* EventWriter::find(const std::string& id) {
    const auto found = runs_.find(id);
    if (found != runs_.end() && !found->second.stale) return &found->second;
    auto loaded = load(id);
    if (!loaded) return nullptr;
    if (found != runs_.end()) loaded->live = found->second.live;
    return &runs_.insert_or_assign(id, *std::move(loaded)).first->second;
}

std::optional<EventWriter::Run> EventWriter::load(const std::string& id) {
    Query row = connection_.query(
        "SELECT number, criterion, steps, tokens, wall_seconds, loss, ce, kd, tokens_per_second, best_step, "
        "best_loss FROM run WHERE id = ?",
        {id});
    if (!row.next()) return {};
    Run run;
    run.number = row.integer(0);
    run.criterion = row.text(1);
    run.steps = row.integer(2);
    run.tokens = row.integer(3);
    run.wall_seconds = row.real(4);
    run.summary.loss = row.optional_real(5);
    run.summary.ce = row.optional_real(6);
    run.summary.kd = row.optional_real(7);
    run.summary.tokens_per_second = row.optional_real(8);
    if (!row.is_null(9)) run.best = BestEvaluation{row.integer(9), row.real(10)};
    return run;
}

void EventWriter::write_summary(Run& run, Instant now) {
    const auto best_loss = run.best ? std::optional(run.best->loss) : std::nullopt;
    connection_.execute("UPDATE run SET steps = ?, tokens = ?, wall_seconds = ?, loss = ?, ce = ?, kd = ?, "
                        "tokens_per_second = ?, best_step = ?, best_loss = ?, heartbeat = ? WHERE number = ?",
                        {run.steps, run.tokens, run.wall_seconds, nullable(run.summary.loss),
                         nullable(run.summary.ce), nullable(run.summary.kd),
                         nullable(run.summary.tokens_per_second),
                         run.best ? SqlValue(run.best->step) : SqlValue(nullptr), nullable(best_loss),
                         milliseconds_since_1970(now), run.number});
    run.heartbeat = now;
    run.changed = false;
}

void EventWriter::write(Run& run, const RunStarted& started, Instant time) {
    const ResolvedSettings& with = started.resolved;
    const ParameterCount& count = started.parameters;
    connection_.execute(
        "INSERT INTO session (run, time, resumed_from_step, total_steps, tokens_per_step, "
        "parameters, active_parameters, device, precision, threads, vector_level, blas, torch, "
        "inexact) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {run.number, to_iso8601(time), started.resumed_from_step, started.total_steps,
         started.tokens_per_step, count.total, count.active, with.device, with.precision,
         std::int64_t{with.threads}, with.vector_level, with.blas, with.torch,
         std::int64_t{started.inexact}});
    connection_.execute("UPDATE run SET status = 'running', reason = '', total_steps = ?, parameters = ?, "
                        "active_parameters = ? WHERE number = ?",
                        {started.total_steps, count.total, count.active, run.number});
    run.live = true;
    forget_later_steps(run, started.resumed_from_step);
}

void EventWriter::forget_later_steps(Run& run, std::int64_t step) {
    connection_.execute(
        "DELETE FROM point WHERE series IN (SELECT id FROM series WHERE run = ?) AND step > ?",
        {run.number, step});
    connection_.execute("DELETE FROM series WHERE run = ? AND NOT EXISTS (SELECT 1 FROM point WHERE series = "
                        "series.id)",
                        {run.number});
    connection_.execute("DELETE FROM clock WHERE run = ? AND step > ?", {run.number, step});
    connection_.execute("DELETE FROM evaluation WHERE run = ? AND step > ?", {run.number, step});
    connection_.execute("DELETE FROM sample WHERE run = ? AND step > ?", {run.number, step});
    connection_.execute("DELETE FROM checkpoint WHERE run = ? AND step > ?", {run.number, step});
    connection_.execute("DELETE FROM matrix WHERE run = ? AND step > ?", {run.number, step});
    connection_.execute("DELETE FROM run_domain WHERE run = ?", {run.number});
    summarise_again(run);
}

void EventWriter::summarise_again(Run& run) {
    Run again;
    again.number = run.number;
    again.criterion = run.criterion;
    again.phase = run.phase;
    {
        Query last = connection_.query(
            "SELECT step, tokens, wall_seconds FROM clock WHERE run = ? ORDER BY step DESC LIMIT 1",
            {run.number});
        if (last.next()) {
            again.steps = last.integer(0);
            again.tokens = last.integer(1);
            again.wall_seconds = last.real(2);
        }
    }
    again.summary.ce = last_value(run, "ce");
    again.summary.kd = last_value(run, "kd");
    again.summary.tokens_per_second = last_value(run, "tokens_per_second");
    run = std::move(again);
    std::map<std::int64_t, std::vector<EvaluationRow>> by_step;
    for (EvaluationRecord& record : read_evaluations(connection_, run.number))
        by_step[record.step].push_back(std::move(record.row));
    for (const auto& [step, rows] : by_step)
        take_evaluation(run, step, rows);
}

std::optional<double> EventWriter::last_value(const Run& run, std::string_view name) {
    Query row =
        connection_.query("SELECT value FROM point JOIN series ON series = id WHERE run = ? AND name = ? "
                          "AND domain = '' AND expert = '' AND setting = '' AND split = 'train' "
                          "ORDER BY step DESC LIMIT 1",
                          {run.number, name});
    return row.next() ? std::optional(row.real(0)) : std::nullopt;
}

void EventWriter::write(Run& run, const StepMeasured& measured, Instant) {
    for (const Metric& metric : measured.metrics) {
        connection_.execute("INSERT OR REPLACE INTO point (series, step, value) VALUES (?, ?, ?)",
                            {series_id(run, metric.series), measured.step, metric.value});
        if (auto* last = summarised(run.summary, metric.series)) *last = metric.value;
    }
    write_clock(run, measured.step, measured.tokens, measured.wall_seconds);
}

std::int64_t EventWriter::series_id(Run& run, const SeriesKey& key) {
    const auto found = run.series.find(key);
    if (found != run.series.end()) return found->second;
    const std::initializer_list<SqlValue> columns = {run.number, key.name,    key.domain,
                                                     key.expert, key.setting, key.split};
    connection_.execute("INSERT OR IGNORE INTO series (run, name, domain, expert, setting, split) "
                        "VALUES (?, ?, ?, ?, ?, ?)",
                        columns);
    const auto id = connection_.integer("SELECT id FROM series WHERE run = ? AND name = ? AND domain = ? AND "
                                        "expert = ? AND setting = ? AND split = ?",
                                        columns);
    return run.series[key] = id.value();
}

void EventWriter::write_clock(Run& run, std::int64_t step, std::int64_t tokens, double wall_seconds) {
    connection_.execute("INSERT OR REPLACE INTO clock (run, step, tokens, wall_seconds) VALUES (?, ?, ?, ?)",
                        {run.number, step, tokens, wall_seconds});
    run.steps = step;
    run.tokens = tokens;
    run.wall_seconds = wall_seconds;
}

void EventWriter::write(Run& run, const Evaluated& evaluated, Instant) {
    for (const EvaluationRow& row : evaluated.rows)
        write_row(run, evaluated.step, row);
    for (const TextSample& sample : evaluated.samples)
        connection_.execute(
            "INSERT OR REPLACE INTO sample (run, step, domain, prompt, text) VALUES (?, ?, ?, ?, ?)",
            {run.number, evaluated.step, sample.domain, sample.prompt, sample.text});
    write_clock(run, evaluated.step, evaluated.tokens, evaluated.wall_seconds);
    take_evaluation(run, evaluated.step, evaluated.rows);
}

void EventWriter::write_row(const Run& run, std::int64_t step, const EvaluationRow& row) {
    connection_.execute(
        "INSERT INTO evaluation (run, step, domain, expert, setting, split, nll, tokens, bytes, "
        "correct) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET nll = "
        "excluded.nll, tokens = excluded.tokens, bytes = excluded.bytes, correct = "
        "excluded.correct",
        {run.number, step, row.domain, row.expert, row.setting, row.split, row.nll, row.tokens, row.bytes,
         row.correct});
}

void EventWriter::take_evaluation(Run& run, std::int64_t step, const std::vector<EvaluationRow>& rows) {
    const std::vector<EvaluationRow> whole = headline(rows);
    if (whole.empty()) return;
    run.summary.loss = macro_mean(whole);
    write_domains(run, whole);
    const double loss = best_criterion(run.criterion, whole);
    // The first NaN is no best: a comparison with NaN is false, so it is asked for being a number.
    if (loss == loss && (!run.best || loss < run.best->loss)) run.best = BestEvaluation{step, loss};
}

void EventWriter::write_domains(const Run& run, const std::vector<EvaluationRow>& rows) {
    connection_.execute("DELETE FROM run_domain WHERE run = ?", {run.number});
    for (const EvaluationRow& row : rows)
        connection_.execute(
            "INSERT OR REPLACE INTO run_domain (run, domain, perplexity, accuracy) VALUES (?, ?, ?, ?)",
            {run.number, row.domain, perplexity(row), accuracy(row)});
}

void EventWriter::write(Run& run, const RoutingEvaluation& routed, Instant) {
    write_routing(connection_, run.number, routed);
}

void EventWriter::write(Run& run, const CheckpointSaved& saved, Instant) {
    connection_.execute(
        "INSERT OR REPLACE INTO checkpoint (run, step, folder, bytes, best) VALUES (?, ?, ?, ?, ?)",
        {run.number, saved.step, saved.folder, static_cast<std::int64_t>(saved.bytes),
         std::int64_t{saved.best}});
}

// Progress is for those who watch; that a phase began is worth a line of the log.
void EventWriter::write(Run& run, const Progressed& progressed, Instant time) {
    if (run.phase == progressed.phase) return;
    run.phase = progressed.phase;
    write_log(run, time, {Notice::Level::info, progressed.phase});
}

void EventWriter::write(Run& run, const Notice& notice, Instant time) {
    write_log(run, time, notice);
}

void EventWriter::write_log(const Run& run, Instant time, const Notice& notice) {
    connection_.execute("INSERT INTO log (run, time, level, text) VALUES (?, ?, ?, ?)",
                        {run.number, to_iso8601(time), name_of(notice.level), notice.text});
}

void EventWriter::write(Run& run, const StatusChanged& changed, Instant) {
    run.live = is_live(changed.status);
    connection_.execute("UPDATE run SET status = ?, reason = ? WHERE number = ?",
                        {name_of(changed.status), changed.reason, run.number});
    if (!changed.model_artifact.empty())
        connection_.execute("UPDATE run SET model_artifact = ? WHERE number = ?",
                            {changed.model_artifact, run.number});
    if (!run.live) connection_.execute("UPDATE run SET wish = NULL WHERE number = ?", {run.number});
}

} // namespace retort
