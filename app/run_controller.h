// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/mailbox.h"
#include "app/run_queue.h"
#include "app/training_thread.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace retort {

/// Hosts the training of this process for a window: takes runs from the queue one by one, records what they
/// say, and passes it on at the pace of the window. Whether a run that fails keeps the next from starting is the queue's affair.
/// All signals come on the thread of the object.
class RunController : public QObject {
    Q_OBJECT
public:
    /// `queue` must outlive the controller.
    RunController(const Workspace& workspace, RunQueue& queue, RunFunction run, QObject* parent = nullptr);
    /// Stops the run at work with a checkpoint and joins; a window asks to stop first and waits for
    /// finished().
    ~RunController() override;

    [[nodiscard]] bool isBusy() const { return m_current.has_value(); }
    /// The runs at work.
    [[nodiscard]] const std::optional<RunGroup>& current() const { return m_current; }
    /// Whether `runId` is among the runs at work, or the teacher they need.
    [[nodiscard]] bool holds(const std::string& runId) const { return m_held.contains(runId); }

    /// Pause, go on, or stop one run with a checkpoint.
    void request(const std::string& runId, RunCommand command);
    /// Stops what is at work, whatever it is doing, with a checkpoint where there is something to keep.
    void interrupt();
    /// The same before a window closes: the queue is held, and what has not begun waits in it again, in
    /// front.
    void putOff();

    /// To wait for the recorder elsewhere, also after the controller is gone.
    [[nodiscard]] std::shared_ptr<Recording> recording() const { return m_recording; }

Q_SIGNALS:
    void started(const retort::RunGroup& group);
    void eventsArrived(const std::vector<retort::RunEvent>& batch);
    /// The run function returned, once for each run; everything they said is stored and was passed on before.
    void finished(const retort::RunOutcome& outcome);
    /// The run function threw: one sentence, beginning with the run's label.
    void failed(const QString& message);
    /// Nothing is at work; comes after these two, and also where nothing had begun.
    void ended();
    /// Empty when all is well again.
    void recorderTroubleChanged(const QString& sentence);

private:
    void startNext();
    void drain();
    void markBegun();
    void checkRecorder();
    void finish(const TrainingResult& result);

    RunQueue& m_queue;
    std::shared_ptr<Recording> m_recording;
    Mailbox<RunEvent> m_mailbox;
    Mailbox<RunPlan> m_begun;
    std::optional<RunGroup> m_current;
    std::set<std::string> m_held;
    bool m_isPutOff = false;
    QString m_trouble;
    QTimer m_drain;
    std::unique_ptr<TrainingThread> m_training; ///< last, so that it ends before what it uses
};

} // namespace retort
