// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/open_workspace.h"
#include "app/run_progress.h"

#include <QObject>

namespace retort {

class Settings;
class StudiesPage;

/// Shows the queue of a workspace on the Studies page, the run at work first, and carries out what is asked
/// of it there.
class QueueDesk : public QObject {
    Q_OBJECT
public:
    /// The three must outlive the desk.
    QueueDesk(OpenWorkspace& workspace, StudiesPage& page, Settings& settings, QObject* parent = nullptr);

    [[nodiscard]] const RunProgress& progress() const { return m_progress; }

Q_SIGNALS:
    /// The queue, or the progress of the run at work.
    void changed();

private:
    void connectPage();
    void goOnAfterError(bool goesOn);
    void takeEvents(const std::vector<RunEvent>& batch);
    void showQueue();
    void move(int from, int to);
    void remove(int row);
    /// Rows of the page that stand before those of the queue: the run at work.
    [[nodiscard]] int offset() const { return m_workspace.controller().isBusy() ? 1 : 0; }

    OpenWorkspace& m_workspace;
    StudiesPage& m_page;
    Settings& m_settings;
    RunProgress m_progress;
};

} // namespace retort
