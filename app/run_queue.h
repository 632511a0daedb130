// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/training_thread.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

namespace retort {

/// The runs that wait, in order. What has not begun is saved on every change, also what was taken and waits
/// for its teacher, so that a crash loses none; a run to be resumed is left out there, because the workspace
/// keeps it anyway.
class RunQueue : public QObject {
    Q_OBJECT
public:
    using Save = std::function<void(std::vector<RunPlan>)>;

    /// A queue that comes from an earlier session starts paused: nobody expects a training to begin by
    /// itself.
    RunQueue(std::vector<RunPlan> earlier, Save save, QObject* parent = nullptr);

    [[nodiscard]] const std::vector<QueuedRun>& waiting() const { return m_waiting; }
    [[nodiscard]] bool isPaused() const { return m_paused; }

    /// To the end, or before all others.
    void append(std::vector<QueuedRun> runs);
    void prepend(std::vector<QueuedRun> runs);
    /// Rows that are not there are ignored.
    void move(int from, int to);
    void remove(int row);
    void setPaused(bool paused);
    /// Whether the next run begins when one has failed or diverged; if not, the queue is paused then.
    void setGoesOnAfterError(bool goesOn);
    [[nodiscard]] bool goesOnAfterError() const { return m_goesOnAfterError; }

    /// The next run and those that can share its batches, out of the queue; nothing while it is paused or
    /// empty.
    [[nodiscard]] std::optional<RunGroup> take();
    /// A run of the plan is in the workspace now.
    void markBegun(const RunPlan& plan);
    /// Nothing that was taken is to begin any more.
    void forgetTaken();

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] std::vector<std::size_t> nextRows() const;
    [[nodiscard]] bool isRow(int row) const;
    void save();
    void saveAndTell();

    std::vector<QueuedRun> m_waiting;
    std::vector<RunPlan> m_taken; ///< not begun yet
    Save m_save;
    bool m_paused = false;
    bool m_goesOnAfterError = true;
};

} // namespace retort
