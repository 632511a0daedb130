// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/curve_stack.h"

#include "widgets/plots/line_plot.h"

#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace retort {
namespace {

// In heights of the letters: less, and a curve cannot be read.
constexpr int leastLines = 6;
constexpr int linesOfAxis = 2; ///< numbers and name

} // namespace

CurveStack::CurveStack(PlotGroup* group, QWidget* parent)
    : QWidget(parent),
      m_group(group == nullptr ? new PlotGroup(this) : group),
      m_splitter(new QSplitter(Qt::Vertical, this)) {
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(4);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_splitter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(scroll);
}

LinePlot* CurveStack::addPlot(const QString& title, const QString& unit, int stretch) {
    auto* plot = new LinePlot(title, unit, m_group);
    m_splitter->addWidget(plot);
    m_splitter->setStretchFactor(m_splitter->count() - 1, stretch);
    m_plots.append(plot);
    m_heights.append(stretch * 1000);
    m_splitter->setSizes(m_heights);
    labelOutermost();
    return plot;
}

void CurveStack::setPlotShown(LinePlot* plot, bool isShown) {
    plot->setVisible(isShown);
    labelOutermost();
}

void CurveStack::labelOutermost() {
    const auto isShown = [](const LinePlot* plot) { return !plot->isHidden(); };
    const auto highest = std::ranges::find_if(m_plots, isShown);
    const auto lowest = std::ranges::find_if(m_plots.rbegin(), m_plots.rend(), isShown);
    for (LinePlot* plot : m_plots) {
        const bool isLowest = lowest != m_plots.rend() && plot == *lowest;
        plot->setXAxisLabelled(isLowest);
        plot->setMinimumHeight(fontMetrics().height() * (leastLines + (isLowest ? linesOfAxis : 0)));
        plot->setBandsLabelled(highest != m_plots.end() && plot == *highest);
    }
}

} // namespace retort
