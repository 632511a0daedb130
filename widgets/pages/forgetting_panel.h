// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/run_clock.h"
#include "widgets/pages/live_history.h"
#include "widgets/plots/figure_file.h"
#include "widgets/tables/stage_matrix_table.h"

#include <QWidget>
#include <span>

class QComboBox;
class QLabel;

namespace retort {

class ForgettingModel;
class LinePlot;
class PlotGroup;
class TintedLabel;

/// How a run with stages forgets: the loss of each domain over the stages, the matrix R, and what it says.
/// While the run trains, the measures are those of the stages that have ended.
class ForgettingPanel : public QWidget {
    Q_OBJECT
public:
    /// `group` has the bands of the stages and must outlive the panel.
    explicit ForgettingPanel(PlotGroup& group, QWidget* parent = nullptr);

    /// Clears, then waits for what this run measures. `clock` gives its evaluations their places; `joint` as
    /// forgetting_measures() takes it.
    void setRun(const RunSpec& spec, std::shared_ptr<const RunClock> clock, std::optional<StageMatrix> joint);
    void clear();
    /// All rows of one step. Call refresh() when all that came together has been added.
    void addEvaluation(std::int64_t step, std::span<const EvaluationRow> rows);
    /// A resumed run goes on from here.
    void truncateAfter(std::int64_t step);
    void setLive(bool isLive);
    void refresh();

private:
    QWidget* createMatrix();
    QWidget* createTools();
    QWidget* createMeasures();
    void addCurve(const QString& id, const std::string& domain);
    void showMeasures();
    void exportMatrix();
    void exportMeasures();

    RunSpec m_spec;
    std::shared_ptr<const RunClock> m_clock;
    StageMatrix m_matrix;
    std::optional<StageMatrix> m_joint;
    std::vector<LiveHistory::Evaluation> m_evaluations;
    bool m_isLive = false;
    bool m_isStale = false;
    LinePlot* m_losses = nullptr;
    StageMatrixModel* m_model = nullptr;
    StageMatrixTable* m_table = nullptr;
    QComboBox* m_unit = nullptr;
    TintedLabel* m_legend = nullptr;
    ForgettingModel* m_measures = nullptr;
    QLabel* m_measuresTitle = nullptr;
};

/// The rows that have been measured, and what of them can be said already: of a run that has ended, all.
[[nodiscard]] StageMatrix measuredSoFar(StageMatrix matrix);

} // namespace retort
