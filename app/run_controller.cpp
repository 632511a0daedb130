// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_controller.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace retort {

using namespace std::chrono_literals;

namespace {

/// Plans of the group for which no run was begun: a stop came before, or while their teacher was trained.
std::vector<QueuedRun> unbegun(const RunGroup& group, const TrainingResult& result) {
    std::vector<QueuedRun> left;
    if (!group.resume_id.empty() || !result.error.empty()) return left;
    for (const RunPlan& plan : group.plans) {
        const auto isOf = [&](const RunOutcome& outcome) {
            const bool hasBegun = !outcome.run_id.empty() || outcome.outcome.status != RunStatus::interrupted;
            return hasBegun && outcome.plan.label() == plan.label() && outcome.plan.spec == plan.spec;
        };
        if (std::ranges::none_of(result.outcomes, isOf)) left.push_back({plan, {}});
    }
    return left;
}

bool hasFailed(const TrainingResult& result) {
    const auto isBad = [](const RunOutcome& outcome) {
        return outcome.outcome.status == RunStatus::failed || outcome.outcome.status == RunStatus::diverged;
    };
    return !result.error.empty() || std::ranges::any_of(result.outcomes, isBad);
}

} // namespace

RunController::RunController(const Workspace& workspace, RunQueue& queue, RunFunction run, QObject* parent)
    : QObject(parent),
      m_queue(queue),
      m_recording(std::make_shared<Recording>(workspace)),
      m_training(std::make_unique<TrainingThread>(
          workspace, std::move(run), m_recording,
          TrainingThread::Listeners{[this](const RunEvent& event) { m_mailbox.post(event); },
                                    [this](const RunPlan& plan) { m_begun.post(plan); },
                                    [this](TrainingResult result) {
                                        QMetaObject::invokeMethod(
                                            this, [this, result = std::move(result)] { finish(result); },
                                            Qt::QueuedConnection);
                                    }})) {
    m_drain.setInterval(50ms);
    connect(&m_drain, &QTimer::timeout, this, &RunController::drain);
    // Queued, so that whoever fills the queue has returned before the run begins.
    connect(&m_queue, &RunQueue::changed, this, &RunController::startNext, Qt::QueuedConnection);
}

RunController::~RunController() {
    m_training.reset();
    markBegun();
}

void RunController::request(const std::string& runId, RunCommand command) {
    m_recording->controls.request(runId, command);
}

void RunController::interrupt() {
    m_training->interrupt();
}

void RunController::putOff() {
    m_isPutOff = isBusy();
    m_queue.setPaused(true);
    interrupt();
}

void RunController::startNext() {
    if (isBusy()) return;
    m_current = m_queue.take();
    if (!m_current) return;
    if (!m_current->resume_id.empty()) m_held.insert(m_current->resume_id);
    m_drain.start();
    m_training->start(*m_current);
    Q_EMIT started(*m_current);
}

void RunController::markBegun() {
    for (const RunPlan& plan : m_begun.take())
        m_queue.markBegun(plan);
}

void RunController::drain() {
    checkRecorder();
    markBegun();
    const std::vector<RunEvent> batch = m_mailbox.take();
    if (batch.empty()) return;
    for (const RunEvent& event : batch)
        m_held.insert(event.run);
    Q_EMIT eventsArrived(batch);
}

void RunController::checkRecorder() {
    const QString trouble = QString::fromStdString(m_recording->recorder.trouble());
    if (trouble == std::exchange(m_trouble, trouble)) return;
    Q_EMIT recorderTroubleChanged(trouble);
}

void RunController::finish(const TrainingResult& result) {
    drain();
    m_drain.stop();
    m_held.clear();
    const RunGroup group = *std::exchange(m_current, std::nullopt);
    for (const RunOutcome& outcome : result.outcomes)
        Q_EMIT finished(outcome);
    if (!result.error.empty()) Q_EMIT failed(QString::fromStdString(group.label() + ": " + result.error));
    m_queue.forgetTaken();
    if (hasFailed(result) && !m_queue.goesOnAfterError()) m_queue.setPaused(true);
    if (std::exchange(m_isPutOff, false)) m_queue.prepend(unbegun(group, result));
    Q_EMIT ended();
    startNext();
}

} // namespace retort
