// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue_desk.h"

#include "app/settings.h"
#include "widgets/pages/studies_page.h"

namespace retort {

QueueDesk::QueueDesk(OpenWorkspace& workspace, StudiesPage& page, Settings& settings, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_page(page), m_settings(settings) {
    m_workspace.queue().setGoesOnAfterError(m_settings.goesOnAfterError());
    connectPage();
    const RunController& controller = m_workspace.controller();
    connect(&m_workspace.queue(), &RunQueue::changed, this, &QueueDesk::showQueue);
    connect(&controller, &RunController::eventsArrived, this, &QueueDesk::takeEvents);
    connect(&controller, &RunController::ended, this, &QueueDesk::showQueue);
    connect(&controller, &RunController::started, this, [this] {
        m_progress = RunProgress();
        showQueue();
    });
    connect(&m_workspace, &OpenWorkspace::runsReplaced, this,
            [this] { m_page.setRuns(m_workspace.runs()); });
    connect(&m_workspace, &OpenWorkspace::runChanged, &m_page, &StudiesPage::updateRun);
    m_page.setRuns(m_workspace.runs());
    showQueue();
}

void QueueDesk::connectPage() {
    connect(&m_page, &StudiesPage::queueMoveRequested, this, &QueueDesk::move);
    connect(&m_page, &StudiesPage::queueRemoveRequested, this, &QueueDesk::remove);
    connect(&m_page, &StudiesPage::queuePauseRequested, &m_workspace.queue(), &RunQueue::setPaused);
    connect(&m_page, &StudiesPage::queueErrorRequested, this, &QueueDesk::goOnAfterError);
}

void QueueDesk::goOnAfterError(bool goesOn) {
    m_settings.setGoesOnAfterError(goesOn);
    m_workspace.queue().setGoesOnAfterError(goesOn);
}

void QueueDesk::takeEvents(const std::vector<RunEvent>& batch) {
    for (const RunEvent& event : batch)
        m_progress.take(event);
    showQueue();
}

void QueueDesk::showQueue() {
    QList<QueueEntry> entries;
    if (const auto& current = m_workspace.controller().current())
        entries << QueueEntry{QString::fromStdString(current->label()), m_progress.phase(),
                              m_progress.fraction().value_or(-1)};
    for (const QueuedRun& run : m_workspace.queue().waiting())
        entries << QueueEntry{QString::fromStdString(run.plan.label()),
                              run.resume_id.empty() ? tr("waiting") : tr("waiting to resume"), 0};
    m_page.setQueue(entries);
    m_page.setQueuePaused(m_workspace.queue().isPaused());
    m_page.setQueueGoesOnAfterError(m_workspace.queue().goesOnAfterError());
    Q_EMIT changed();
}

void QueueDesk::move(int from, int to) {
    m_workspace.queue().move(from - offset(), to - offset());
}

void QueueDesk::remove(int row) {
    if (row < offset())
        m_workspace.controller().interrupt();
    else
        m_workspace.queue().remove(row - offset());
}

} // namespace retort
