// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;

namespace retort {

class RunController;
class RunProgress;
class RunQueue;

/// The part of the status bar that tells what trains, how far it is, how long it still takes, and what waits.
class TrainingStatus : public QWidget {
    Q_OBJECT
public:
    explicit TrainingStatus(QWidget* parent = nullptr);

    void showState(const RunController& controller, const RunQueue& queue, const RunProgress& progress);

private:
    void showBusy(bool isBusy);

    QLabel* m_queue;
    QLabel* m_phase;
    QProgressBar* m_bar;
    QLabel* m_left;
};

} // namespace retort
