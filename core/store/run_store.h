// SPDX-License-Identifier: GPL-3.0-or-later
// Runs as they are stored: begun and resumed (RunLedger), listed, looked up, their curves read.
#pragma once

#include "spec/event.h"
#include "spec/run_control.h"
#include "spec/run_ledger.h"
#include "store/workspace.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace retort {

struct ClockPoint {
    std::int64_t step = 0;
    std::int64_t tokens = 0;
    double wall_seconds = 0;
};

struct SeriesPoints {
    SeriesKey key;
    std::vector<std::int64_t> steps;
    std::vector<double> values;
};

struct EvaluationRecord {
    std::int64_t step = 0;
    EvaluationRow row;
};

struct SampleRecord {
    std::int64_t step = 0;
    TextSample sample;
};

struct LogLine {
    std::string time; ///< ISO 8601, UTC
    Notice notice;
};

struct CheckpointRecord {
    std::int64_t step = 0;
    std::string folder;
    std::uint64_t bytes = 0;
    bool best = false;
};

/// One start of a run, the first or one after a resume.
struct SessionRecord {
    std::string time; ///< ISO 8601, UTC
    RunStarted started;
};

/// A confusion matrix with its scores; its examples are read by themselves.
struct MatrixRecord {
    std::int64_t number = 0;
    RoutingEvaluation evaluation;
};

struct StudyRecord {
    std::string name;
    std::string text;  ///< as the user wrote it
    Json spec;         ///< as it was understood
    std::string saved; ///< ISO 8601, UTC
};

/// One connection: one thread at a time.
class RunStore : public RunLedger {
public:
    explicit RunStore(const Workspace& workspace);
    ~RunStore() override;

    // RunLedger
    [[nodiscard]] std::optional<RunRecord> find(const RunPlan& plan) override;
    [[nodiscard]] RunTicket begin(const RunPlan& plan) override;
    [[nodiscard]] RunTicket resume(const std::string& run_id) override;

    /// The user's text of a study beside the runs that it made.
    void save_study(const StudySpec& study, const std::string& text);
    /// The newest text of each study, by name; a run keeps the one that was newest when it began.
    [[nodiscard]] std::vector<StudyRecord> studies();

    /// All runs, newest attempt first within study/variant/seed; summaries are stored, no curve is scanned.
    [[nodiscard]] std::vector<RunRecord> runs();
    /// Those that are trained now, in any process; cheap however many others there are.
    [[nodiscard]] std::vector<RunRecord> live_runs();
    /// Those that were taken out of the lists, in the same order.
    [[nodiscard]] std::vector<RunRecord> bin();
    /// By id, by the first characters of one (four or more that fit no other run), or by
    /// `study/variant/seed` (its newest attempt that is not deleted). Throws Error{data} when there is none.
    [[nodiscard]] RunRecord run(const std::string& name);
    /// The newest attempt that is done and not deleted; nothing when there is none.
    [[nodiscard]] std::optional<RunRecord> newest_done(const std::string& study, const std::string& variant,
                                                       std::uint64_t seed);

    [[nodiscard]] std::vector<SeriesPoints> series(const std::string& run_id);
    /// Those of one name alone, split however it is.
    [[nodiscard]] std::vector<SeriesPoints> series(const std::string& run_id, const std::string& name);
    /// Of all series, none of whose points is read.
    [[nodiscard]] std::vector<SeriesKey> series_keys(const std::string& run_id);
    [[nodiscard]] std::vector<ClockPoint> clock(const std::string& run_id);
    [[nodiscard]] std::vector<EvaluationRecord> evaluations(const std::string& run_id);
    /// What it wrote, by rising step.
    [[nodiscard]] std::vector<SampleRecord> samples(const std::string& run_id);
    [[nodiscard]] std::vector<LogLine> log(const std::string& run_id);
    [[nodiscard]] std::vector<CheckpointRecord> checkpoints(const std::string& run_id);
    [[nodiscard]] std::vector<SessionRecord> sessions(const std::string& run_id);

    /// In the order in which they were measured.
    [[nodiscard]] std::vector<MatrixRecord> matrices(const std::string& run_id);
    /// Texts of one cell of a matrix, by its number.
    [[nodiscard]] std::vector<RoutedExample> examples(std::int64_t matrix, std::int64_t row,
                                                      std::int64_t column);

    /// Asks the process that trains the run; its recorder hears it within 250 ms. Throws Error{usage} when
    /// no living process does.
    void request(const std::string& run_id, RunCommand command);

    /// Takes a run out of the lists into the bin, or back; nothing is deleted.
    void set_deleted(const std::string& run_id, bool deleted);
    /// Deletes a run of the bin for good, with its curves and checkpoints; its model is an artifact and
    /// stays. Throws Error{usage} for a run that is not in the bin or is in training.
    void erase(const std::string& run_id);
    void mark(const std::string& run_id, const RunMarks& marks);

    /// Study queue of the window: plans to run in this order, kept over restarts.
    void save_queue(const std::vector<RunPlan>& queue);
    [[nodiscard]] std::vector<RunPlan> queue();

private:
    struct Database;
    std::unique_ptr<Database> database_;
};

} // namespace retort
