// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/figure.h"
#include "widgets/pages/compare_data.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace retort {

class ParallelPlot;

/// The chosen runs across the fields in which their configurations differ, with what came out. `curves` are
/// of the chosen runs, in their order; of each the last value counts.
[[nodiscard]] Figure sweepFigure(const std::vector<RunRecord>& chosen,
                                 const std::vector<ComparedCurve>& curves, const CompareMetric& metric);

/// Which settings made runs good: parallel coordinates, and what can be done with the runs that are kept.
class SweepPanel : public QWidget {
    Q_OBJECT
public:
    explicit SweepPanel(QWidget* parent = nullptr);

    /// As sweepFigure() makes it.
    void setSweep(const Figure& sweep);

Q_SIGNALS:
    void runRequested(const QString& id);
    /// A person wants the curves of the kept runs alone.
    void comparisonRequested(const QStringList& ids);

private:
    void connectParts();
    void showKept();
    [[nodiscard]] QString idOf(std::size_t run) const;

    ParallelPlot* m_plot;
    QLabel* m_kept;
    QLabel* m_readout;
    QToolButton* m_compare;
    QToolButton* m_clear;
    QToolButton* m_export;
};

} // namespace retort
