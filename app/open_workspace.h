// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/compared_runs.h"
#include "app/run_controller.h"
#include "app/run_history.h"
#include "app/run_queue.h"
#include "app/store_thread.h"
#include "app/window_lock.h"
#include "spec/study_spec.h"
#include "store/study_claims.h"
#include "widgets/pages/report_source.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <string>
#include <vector>

namespace retort {

/// A workspace while a window has it open: its queue, its training, and its runs, those of other processes
/// included. Everything that touches the disk happens on other threads.
class OpenWorkspace : public QObject {
    Q_OBJECT
public:
    /// Throws Error{workspace} when the folder cannot be used or another window has it.
    OpenWorkspace(const QString& folder, RunFunction run, QObject* parent = nullptr);
    ~OpenWorkspace() override;

    [[nodiscard]] const Workspace& workspace() const { return m_workspace; }
    [[nodiscard]] RunQueue& queue() { return m_queue; }
    [[nodiscard]] RunController& controller() { return m_controller; }
    /// As last read, a part of a second old.
    [[nodiscard]] const std::vector<RunRecord>& runs() const { return m_runs; }
    /// Those that were deleted and can be brought back.
    [[nodiscard]] const std::vector<RunRecord>& bin() const { return m_bin; }
    /// Null when there is none of that id.
    [[nodiscard]] const RunRecord* run(const std::string& id) const;

    /// Adds the runs of a study to the queue and lets the queue go on; runs that wait already are not added
    /// again. To a paused queue they are added in front, because they are what is wanted now. Returns how
    /// many were added. Throws Error{usage} with the first problem of the study.
    int startStudy(const StudySpec& study);
    /// The same for one run of a study that is there.
    void startRun(const RunPlan& plan);

    void pauseRun(const std::string& id);
    /// Goes on with a paused run, or puts a stopped one into the queue.
    void resumeRun(const std::string& id);
    void stopRun(const std::string& id);
    /// These three hold at once, before the store has heard of them.
    void setDeleted(const std::vector<std::string>& ids, bool deleted);
    void erase(const std::vector<std::string>& ids);
    void mark(const std::string& id, const RunMarks& marks);

    /// Answered by historyRead with the number that is returned, or by requestFailed.
    int requestHistory(const std::string& id);
    /// Answered by curvesRead likewise; runs that are no longer there are left out.
    int requestCurves(const std::vector<std::string>& ids, const std::string& series);
    /// Answered by claimsRead likewise; none where no text of that study is stored.
    int requestClaims(const std::string& study);
    /// Answered by reportRead likewise, with the reason where there is no report.
    int requestReport(const std::vector<std::string>& names);
    /// Answered by studyRead likewise; an empty record where no text of that study is stored.
    int requestStudy(const std::string& study);
    /// Answered by matricesRead and by examplesRead likewise.
    int requestMatrices(const std::string& id);
    int requestExamples(std::int64_t matrix, std::int64_t row, std::int64_t column);

Q_SIGNALS:
    /// Runs came, went or changed places, in the list or in the bin.
    void runsReplaced();
    void runChanged(const retort::RunRecord& run);
    void historyRead(int request, const retort::StoredRun& run);
    void curvesRead(int request, const std::vector<retort::ComparedRun>& runs);
    void studyRead(int request, const retort::StudyRecord& study);
    void claimsRead(int request, const retort::StudyClaims& claims);
    void reportRead(int request, const retort::ReportReading& reading);
    void matricesRead(int request, const std::vector<retort::MatrixRecord>& matrices);
    void examplesRead(int request, const std::vector<retort::RoutedExample>& examples);
    /// One sentence: the store could not be read or written; empty: it can be again.
    void failed(const QString& message);
    /// Comes beside failed() where that leaves a request unanswered.
    void requestFailed(int request);

private:
    int enqueue(std::vector<RunPlan> plans);
    void connectController();
    void takeEvents(const std::vector<RunEvent>& batch);
    void refresh();
    void takeTrouble(const std::string& sentence);
    void refreshLive();
    void takeLive(const std::vector<RunRecord>& live);
    void takeRuns(std::vector<RunRecord> runs, std::vector<RunRecord> bin);
    /// After a person's change: what is being read now does not have it.
    void outdateReading();
    void applyStatus(RunRecord& run);
    void command(const std::string& id, RunCommand command);
    [[nodiscard]] bool isWaiting(const RunPlan& plan) const;

    /// Runs `question` on the store's thread and `answer` with its result on this one.
    template <class Question, class Answer>
    void ask(Question question, Answer answer);
    /// The same for a request; its number. `answered` is emitted with it and the result.
    template <class Question, class Result>
    int request(Question question, void (OpenWorkspace::*answered)(int, const Result&));

    Workspace m_workspace;
    WindowLock m_lock;
    StoreThread m_store;
    RunQueue m_queue;
    RunController m_controller;
    std::vector<RunRecord> m_runs;
    std::vector<RunRecord> m_bin;
    std::map<std::string, StatusChanged> m_statuses; ///< said by our runs, perhaps not in the store yet
    int m_requests = 0;
    bool m_isReading = false;
    bool m_isStale = false; ///< something changed while the list was being read
    int m_changes = 0;      ///< that a person made, counted
    QTimer m_refresh;
    QTimer m_refreshLive;
};

} // namespace retort
