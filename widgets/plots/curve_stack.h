// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/plot_group.h"

#include <QList>
#include <QWidget>

class QSplitter;

namespace retort {

class LinePlot;

/// Plots below each other on one x axis and under one cursor, their left edges aligned; the lowest shown one
/// labels the axis, the highest names its bands. Heights can be dragged; plots that do not fit are scrolled to.
class CurveStack : public QWidget {
    Q_OBJECT
public:
    /// `group` must outlive the stack; without one the stack has its own.
    explicit CurveStack(PlotGroup* group = nullptr, QWidget* parent = nullptr);

    /// `stretch` is the share of the height.
    LinePlot* addPlot(const QString& title, const QString& unit, int stretch);
    void setPlotShown(LinePlot* plot, bool isShown);
    [[nodiscard]] const QList<LinePlot*>& plots() const { return m_plots; }
    [[nodiscard]] PlotGroup& group() const { return *m_group; }

private:
    void labelOutermost();

    PlotGroup* m_group;
    QSplitter* m_splitter;
    QList<LinePlot*> m_plots;
    QList<int> m_heights; ///< shares
};

} // namespace retort
