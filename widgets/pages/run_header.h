// SPDX-License-Identifier: GPL-3.0-or-later
// What run this is, how far it is, and the buttons that hold or end it.
#pragma once

#include "analysis/run_clock.h"
#include "spec/event.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace retort {

class RunHeader : public QWidget {
    Q_OBJECT
public:
    explicit RunHeader(QWidget* parent = nullptr);

    /// Everything shown but the phase; `pace` is the speed of late.
    void show(const RunRecord& record, const TrainingPace& pace);
    /// "paper" or "corrected", beside the name; empty: nothing is shown.
    void setFidelity(const QString& word);
    /// Work that is not a training step, until the next showTraining().
    void showPhase(const Progressed& progress);
    void showTraining();

Q_SIGNALS:
    void pauseRequested();
    void resumeRequested();
    void stopRequested();

private:
    QWidget* createTitle();
    QWidget* createButtons();
    QWidget* createProgress();
    QWidget* createFacts();
    QPushButton* createButton(const QString& name, const QString& text, const QString& help);
    QLabel* addFact(QWidget* row, const QString& key, const QString& caption, const QString& help);
    void showStatus(const RunRecord& record);
    void showProgress(const RunRecord& record);
    void showFacts(const RunRecord& record, const TrainingPace& pace);

    QLabel* m_icon = nullptr;
    QLabel* m_status = nullptr;
    QLabel* m_label = nullptr;
    QLabel* m_fidelity = nullptr;
    QLabel* m_about = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_resume = nullptr;
    QPushButton* m_stop = nullptr;
    QLabel* m_phase = nullptr;
    QProgressBar* m_progress = nullptr;
    QHash<QString, QLabel*> m_facts;
    bool m_isTraining = true; ///< false while another phase has the progress bar
};

} // namespace retort
