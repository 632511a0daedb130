// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training_status.h"

#include "app/run_controller.h"
#include "app/run_progress.h"
#include "app/text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>

namespace retort {
namespace {

QString waitingText(const RunQueue& queue) {
    const auto waiting = static_cast<int>(queue.waiting().size());
    if (waiting == 0) return {};
    const QString text =
        waiting == 1 ? TrainingStatus::tr("1 waiting") : TrainingStatus::tr("%1 waiting").arg(waiting);
    return queue.isPaused() ? TrainingStatus::tr("queue paused, %1").arg(text) : text;
}

QString stateText(const RunController& controller, const RunQueue& queue, const RunProgress& progress) {
    const QString waiting = waitingText(queue);
    if (!controller.isBusy()) return waiting.isEmpty() ? TrainingStatus::tr("Nothing is training") : waiting;
    QString text = QString::fromStdString(controller.current()->label());
    if (progress.isPaused()) text += TrainingStatus::tr(" (paused)");
    return waiting.isEmpty() ? text : text + QStringLiteral(" · ") + waiting;
}

} // namespace

TrainingStatus::TrainingStatus(QWidget* parent)
    : QWidget(parent),
      m_queue(new QLabel(this)),
      m_phase(new QLabel(this)),
      m_bar(new QProgressBar(this)),
      m_left(new QLabel(this)) {
    m_queue->setObjectName(QStringLiteral("queueState"));
    m_phase->setObjectName(QStringLiteral("runPhase"));
    m_left->setObjectName(QStringLiteral("timeLeft"));
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(160);
    m_bar->setMaximumHeight(12);
    m_bar->setAccessibleName(tr("Progress of the run"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(12);
    for (QWidget* part : {static_cast<QWidget*>(m_queue), static_cast<QWidget*>(m_phase),
                          static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_left)})
        row->addWidget(part);
    showBusy(false);
}

void TrainingStatus::showBusy(bool isBusy) {
    for (QWidget* part :
         {static_cast<QWidget*>(m_phase), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_left)})
        part->setVisible(isBusy);
}

void TrainingStatus::showState(const RunController& controller, const RunQueue& queue,
                               const RunProgress& progress) {
    const bool busy = controller.isBusy();
    m_queue->setText(stateText(controller, queue, progress));
    showBusy(busy);
    if (!busy) return;
    m_phase->setText(progress.phase());
    const auto fraction = progress.fraction();
    m_bar->setRange(0, fraction ? 1000 : 0); // without a range the bar shows that something is going on
    if (fraction) m_bar->setValue(static_cast<int>(*fraction * 1000));
    const auto seconds = progress.secondsLeft();
    m_left->setText(seconds ? tr("%1 left").arg(roughDuration(*seconds)) : QString());
}

} // namespace retort
