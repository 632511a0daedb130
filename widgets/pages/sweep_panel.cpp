// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sweep_panel.h"

#include "widgets/forms/bold_font.h"
#include "widgets/forms/tinted_label.h"
#include "widgets/forms/tool_button.h"
#include "widgets/plots/parallel_plot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace retort {

Figure sweepFigure(const std::vector<RunRecord>& chosen, const std::vector<ComparedCurve>& curves,
                   const CompareMetric& metric) {
    Figure figure;
    std::vector<SweepRun> runs;
    ParallelFigure sweep;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const std::vector<double>& values = curves[i].curve.values;
        if (values.empty()) continue;
        runs.push_back({chosen[i].spec, metric.shown(values.back())});
        figure.runs.push_back({chosen[i].id, chosen[i].label()});
        sweep.runs.push_back(chosen[i].label());
    }
    sweep.result = metric.title().toStdString();
    sweep.is_higher_better = metric.better() == Better::higher;
    sweep.axes = parallel_axes(runs);
    figure.content = std::move(sweep);
    figure.title = SweepPanel::tr("%1 by setting").arg(metric.title()).toStdString();
    figure.name = figure_name(figure.title);
    figure.options = {{"metric", metric.key().toStdString()}, {"domain", metric.domain}};
    return figure;
}

SweepPanel::SweepPanel(QWidget* parent)
    : QWidget(parent),
      m_plot(new ParallelPlot),
      m_kept(new QLabel),
      m_readout(new TintedLabel),
      m_compare(createToolButton("compareKept", tr("Com&pare these"), tr("Curves of the kept runs alone"))),
      m_clear(createToolButton("keepAll", tr("&Keep all"), tr("End all brushing (Home in the plot)"))),
      m_export(createToolButton("exportSweep", tr("Export fi&gure…"),
                                tr("Figure and its data, as PDF, SVG, PNG or CSV (E in the plot)"))) {
    m_kept->setFont(boldFont(m_kept->font()));
    m_kept->setObjectName(QStringLiteral("keptRuns"));
    m_readout->setObjectName(QStringLiteral("sweepReadout"));
    m_readout->setWordWrap(true);
    m_readout->setMinimumHeight(2 * m_readout->fontMetrics().lineSpacing()); // a long one moves nothing
    m_readout->setAlignment(Qt::AlignTop);
    auto* row = new QHBoxLayout;
    row->addWidget(m_kept, 1);
    for (QToolButton* button : {m_compare, m_clear, m_export})
        row->addWidget(button);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_readout);
    auto* scroll = new QScrollArea; // of many axes
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_plot);
    layout->addWidget(scroll, 1);
    connectParts();
    showKept();
    m_readout->setText(m_plot->readout());
}

void SweepPanel::connectParts() {
    connect(m_plot, &ParallelPlot::brushed, this, &SweepPanel::showKept);
    connect(m_plot, &ParallelPlot::readoutChanged, this, [this] { m_readout->setText(m_plot->readout()); });
    connect(m_plot, &ParallelPlot::runPicked, this,
            [this](int run) { Q_EMIT runRequested(idOf(static_cast<std::size_t>(run))); });
    connect(m_clear, &QToolButton::clicked, m_plot, &ParallelPlot::clearBrushes);
    connect(m_export, &QToolButton::clicked, m_plot, &ParallelPlot::askAndExport);
    connect(m_compare, &QToolButton::clicked, this, [this] {
        QStringList ids;
        for (const std::size_t run : m_plot->kept())
            ids << idOf(run);
        Q_EMIT comparisonRequested(ids);
    });
}

void SweepPanel::setSweep(const Figure& sweep) {
    m_plot->setFigure(sweep);
    m_readout->setText(m_plot->readout());
}

QString SweepPanel::idOf(std::size_t run) const {
    return QString::fromStdString(m_plot->figure().runs[run].id);
}

void SweepPanel::showKept() {
    const std::size_t kept = m_plot->kept().size(), all = m_plot->content().runs.size();
    m_kept->setText(kept == all ? tr("%1 runs").arg(all) : tr("%1 of %2 runs").arg(kept).arg(all));
    m_clear->setEnabled(kept < all);
    m_compare->setEnabled(kept > 0);
}

} // namespace retort
