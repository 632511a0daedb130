// SPDX-License-Identifier: GPL-3.0-or-later
// One run, live or stored: both are drawn by the same code.
#pragma once

#include "spec/event.h"
#include "widgets/pages/live_history.h"

#include <QWidget>
#include <span>

class QComboBox;
class QLabel;
class QStackedWidget;
class QTabWidget;

namespace retort {

class EvaluationModel;
class ForgettingPanel;
class LogView;
class RunHeader;
class RunPlots;
class SamplesPanel;

class LivePage : public QWidget {
    Q_OBJECT
public:
    explicit LivePage(QWidget* parent = nullptr);
    ~LivePage() override;

    void showRun(const RunRecord& record, const LiveHistory& history);
    /// Events of any run; those of the shown run are drawn. Call it with what has gathered since the last
    /// tick.
    void append(std::span<const RunEvent> events);
    /// News of the shown run from elsewhere; of other runs ignored.
    void updateRecord(const RunRecord& record);
    /// Empty when no run is shown.
    [[nodiscard]] QString runId() const;
    void clear();

Q_SIGNALS:
    void pauseRequested(const QString& runId);
    void resumeRequested(const QString& runId);
    void stopRequested(const QString& runId);

protected:
    void changeEvent(QEvent* event) override;

private:
    void createParts();
    QWidget* createContent();
    QWidget* createViews();
    QWidget* createTools();
    QWidget* createLower();
    QWidget* createTexts();
    void createAxisChoice(QWidget* tools);
    void createSmoothing(QWidget* tools);
    void createPanelMenu(QWidget* tools);
    void connectHeader();
    void setRecord(const RunRecord& record);
    void showStages(const LiveHistory& history);
    void fill(const LiveHistory& history);
    void setLive(bool isLive);
    void addEvaluation(std::int64_t step, const std::vector<EvaluationRow>& rows);
    void refresh();
    void addLog(Notice::Level level, const QString& text);

    void accept(const RunStarted& started);
    void accept(const StepMeasured& measured);
    void accept(const Evaluated& evaluated);
    void accept(const RoutingEvaluation&) {} ///< the Router page has it
    void accept(const CheckpointSaved& saved);
    void accept(const Progressed& progressed);
    void accept(const Notice& notice);
    void accept(const StatusChanged& changed);

    RunRecord m_record;
    QStackedWidget* m_stack = nullptr;
    RunHeader* m_header = nullptr;
    QTabWidget* m_views = nullptr;
    RunPlots* m_plots = nullptr;
    ForgettingPanel* m_forgetting = nullptr; ///< in view for runs with stages alone
    EvaluationModel* m_evaluations = nullptr;
    QLabel* m_evaluationTitle = nullptr;
    LogView* m_log = nullptr;
    SamplesPanel* m_samples = nullptr;
    QComboBox* m_axis = nullptr;
    QLabel* m_cursorText = nullptr;
};

} // namespace retort
