// SPDX-License-Identifier: GPL-3.0-or-later
// Events as rows, and what the rows of a run come to, so that a table of runs needs no scan of curves.
#pragma once

#include "spec/event.h"
#include "store/connection.h"
#include "store/timestamp.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace retort {

/// One thread at a time; each call but forget() within a transaction of the connection.
class EventWriter {
public:
    explicit EventWriter(Connection& connection) : connection_(connection) {}

    /// False when the workspace has no such run; the event is not kept then.
    [[nodiscard]] bool write(const RunEvent& event, Instant time);
    /// Makes the summary of a run again, from what is stored of its curves and evaluations.
    void summarise(const std::string& run_id);
    /// Writes what changed of the runs since the last time, and that their process lives.
    void write_summaries(Instant now);

    /// After a rollback: what is remembered of the database is read again when it is needed.
    void forget();

    /// Runs of which events have come and that have not ended.
    [[nodiscard]] std::set<std::string> live_runs() const;

private:
    struct Run {
        std::int64_t number = 0;
        std::string criterion;
        std::int64_t steps = 0;
        std::int64_t tokens = 0;
        double wall_seconds = 0;
        RunSummary summary; ///< without its maps, which are written with each evaluation
        std::optional<BestEvaluation> best;
        std::map<SeriesKey, std::int64_t> series;
        std::string phase;
        Instant heartbeat;
        bool live = true;
        bool changed = true;
        bool stale = false; ///< by a rollback
    };

    Run* find(const std::string& id);
    std::optional<Run> load(const std::string& id);
    void write_summary(Run& run, Instant now);
    void forget_later_steps(Run& run, std::int64_t step);
    void summarise_again(Run& run);
    void take_evaluation(Run& run, std::int64_t step, const std::vector<EvaluationRow>& rows);
    void write_domains(const Run& run, const std::vector<EvaluationRow>& rows);
    void write_clock(Run& run, std::int64_t step, std::int64_t tokens, double wall_seconds);
    void write_row(const Run& run, std::int64_t step, const EvaluationRow& row);
    void write_log(const Run& run, Instant time, const Notice& notice);
    std::int64_t series_id(Run& run, const SeriesKey& key);
    std::optional<double> last_value(const Run& run, std::string_view name);

    void write(Run& run, const RunStarted& started, Instant time);
    void write(Run& run, const StepMeasured& measured, Instant time);
    void write(Run& run, const Evaluated& evaluated, Instant time);
    void write(Run& run, const RoutingEvaluation& routed, Instant time);
    void write(Run& run, const CheckpointSaved& saved, Instant time);
    void write(Run& run, const Progressed& progressed, Instant time);
    void write(Run& run, const Notice& notice, Instant time);
    void write(Run& run, const StatusChanged& changed, Instant time);

    Connection& connection_;
    std::map<std::string, Run> runs_;
};

} // namespace retort
