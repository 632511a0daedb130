// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/run_clock.h"
#include "spec/event.h"
#include "spec/stages.h"
#include "widgets/plots/plot_group.h"

#include <QHash>
#include <QSet>
#include <QWidget>
#include <memory>
#include <span>

class QMenu;

namespace retort {

class CurveStack;
class LinePlot;

/// All curves of one run: what training measures at the left, what evaluation measures at the right, on one x
/// axis and under one cursor.
class RunPlots : public QWidget {
    Q_OBJECT
public:
    explicit RunPlots(QWidget* parent = nullptr);

    void clear();
    /// Every plot shows them as bands. None: a run without stages, as after clear().
    void setStages(std::vector<Stage> stages);
    void addTick(const ClockTick& tick);
    void addMetric(std::int64_t step, const SeriesKey& key, double value);
    /// All rows of one step. Those of the evaluation grid have no curves; the Compare page shows them.
    void addEvaluation(std::int64_t step, std::span<const EvaluationRow> rows);
    /// A resumed run goes on from here.
    void truncateAfter(std::int64_t step);
    void setLive(bool isLive);
    /// Whether the curves are those of another program: such as Retort does not know then have panels of
    /// their own, the first few of which are shown.
    void setImported(bool isImported) { m_isImported = isImported; }

    [[nodiscard]] PlotGroup& group() { return m_group; }
    /// Another one after clear().
    [[nodiscard]] const std::shared_ptr<RunClock>& clock() const { return m_clock; }
    void setSmoothing(double weight);
    /// A check mark per panel.
    void fillPanelMenu(QMenu& menu);
    /// "Step 1,204 · 2.47M tokens · 3:12 min" at the cursor; empty without one.
    [[nodiscard]] QString cursorText() const;

private:
    void createTrainingPanels();
    void createEvaluationPanels();
    void createExpertPanels();
    void setShown(LinePlot* plot, bool isShown);
    [[nodiscard]] LinePlot* plotOf(const SeriesKey& key);
    [[nodiscard]] LinePlot* importedPlot(const SeriesKey& key);
    void add(LinePlot* plot, const SeriesKey& key, std::int64_t step, double value, bool isSmoothable);
    void addCurve(LinePlot* plot, const SeriesKey& key, const QString& id, bool isSmoothable);
    void showWeightsThatMove();
    void showUnlessChosen(LinePlot* plot);
    void placeStages();
    [[nodiscard]] PlotBand bandOf(const Stage& stage, std::size_t place) const;
    [[nodiscard]] std::size_t stagesEnded() const;

    PlotGroup m_group;
    std::shared_ptr<RunClock> m_clock = std::make_shared<RunClock>();
    CurveStack* m_training = nullptr;
    CurveStack* m_evaluation = nullptr;
    LinePlot* m_loss = nullptr;
    LinePlot* m_kd = nullptr;
    LinePlot* m_weights = nullptr;
    LinePlot* m_perplexity = nullptr;
    LinePlot* m_accuracy = nullptr;
    LinePlot* m_read = nullptr; ///< loss by domain and by expert, of runs with experts
    LinePlot* m_load = nullptr;
    QHash<QString, LinePlot*> m_bySeries; ///< by the series' name; others belong to the losses
    QHash<QString, LinePlot*> m_imported; ///< by the name of a curve that Retort does not know
    QSet<LinePlot*> m_chosen;             ///< shown or hidden by a person, not to be changed by us
    std::vector<Stage> m_stages;
    std::vector<SeriesStyle> m_stageStyles;
    std::size_t m_stagesPlaced = 0; ///< that had ended when they were placed last
    bool m_isLive = false;
    bool m_isImported = false;
};

} // namespace retort
