// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the Compare page that draws what was read.
#include "widgets/pages/architecture_panel.h"
#include "widgets/pages/claims_panel.h"
#include "widgets/pages/compare_page.h"
#include "widgets/pages/compare_plot.h"
#include "widgets/pages/compare_tools.h"
#include "widgets/pages/remedy_panel.h"
#include "widgets/pages/sweep_panel.h"
#include "widgets/tables/comparison_table.h"

#include <QLabel>
#include <QStackedWidget>
#include <QTabWidget>
#include <utility>

namespace retort {
namespace {

/// By domain there are those of evaluations alone, and the domains all at once.
CompareMetric barMetric(const CompareMetric& metric) {
    return metric.isEvaluation() ? CompareMetric{metric.kind, {}, {}}
                                 : CompareMetric{CompareMetric::Kind::loss, {}, {}};
}

} // namespace

void ComparePage::draw() {
    const CompareMetric metric = m_tools->metric();
    const std::vector<ComparedCurve> all = curves();
    std::vector<SeedCurve> seeds;
    for (const ComparedCurve& curve : all)
        seeds.push_back(curve.curve);
    std::vector<ComparedVariant> variants = compare_variants(seeds, m_tools->reference(), metric.better());
    m_caution->setText(cautions(m_chosen, variants).join(QLatin1Char(' ')));
    m_caution->setVisible(!variants.empty() && !m_caution->text().isEmpty());
    showViews(!variants.empty());
    m_tools->setVisible(!m_runs.empty());
    m_tools->setReportable(!finishedRuns().isEmpty());
    m_plot->setCurves(all, {metric, m_tools->band(), m_tools->areSeedsShown(), m_styles});
    showPicked();
    m_architectures->setQualities(qualitiesOf(m_chosen, m_read),
                                  {barMetric(metric), m_tools->band(), m_tools->areSeedsShown(), m_styles});
    nameRuns();
    m_model->setVariants(std::move(variants), metric, m_tools->reference());
    drawSweep();
    drawRemedies();
}

/// For the files beside figures.
void ComparePage::nameRuns() {
    const std::vector<FigureRun> runs = figure_runs(m_chosen);
    const CompareMetric metric = m_tools->metric();
    Json options = {{"metric", metric.key().toStdString()},
                    {"domain", metric.domain},
                    {"band", bandText(m_tools->band()).toStdString()},
                    {"reference", m_tools->reference()},
                    {"seeds_shown", m_tools->areSeedsShown()}};
    m_plot->setRuns(runs, options);
    options["metric"] = barMetric(metric).key().toStdString();
    options.erase("domain");
    m_architectures->nameRuns(runs, options);
    options.erase("metric");
    m_remedies->nameRuns(runs, options);
}

void ComparePage::drawSweep() {
    std::vector<RunRecord> read;
    std::vector<ComparedCurve> values;
    for (const RunRecord& run : m_chosen) {
        const auto known = m_read.find(run.id);
        if (known == m_read.end() || known->second.record.id.empty()) continue;
        read.push_back(run);
        values.push_back(curveOf(known->second, m_tools->metric(), run.variant));
    }
    const Figure sweep = sweepFigure(read, values, m_tools->metric());
    m_views->setTabVisible(m_views->indexOf(m_sweep),
                           std::get<ParallelFigure>(sweep.content).axes.size() > 1);
    m_sweep->setSweep(sweep);
}

void ComparePage::drawRemedies() {
    const RemedyRuns runs = remedyRunsOf(m_chosen, m_read);
    m_remedies->setRuns(runs, {m_tools->band(), m_tools->areSeedsShown(), m_styles});
    m_views->setTabVisible(m_views->indexOf(m_remedies), !runs.runs.empty());
}

/// Claims may be all there is to see: of runs that have measured nothing yet, or that have no curves, as
/// routers. Who was brought there is brought back when curves come.
void ComparePage::showViews(bool areCurvesThere) {
    const bool hasClaims = m_claims->hasClaims();
    m_stack->setCurrentIndex(m_chosen.empty() ? NoRuns : areCurvesThere || hasClaims ? Content : NoCurves);
    const bool areClaimsAll = hasClaims && !areCurvesThere;
    if (areClaimsAll && m_views->currentWidget() != m_claims) m_isForcedToClaims = true;
    m_views->setTabVisible(m_views->indexOf(m_claims), hasClaims);
    if (areClaimsAll) m_views->setCurrentWidget(m_claims);
    for (QWidget* view : {m_views->widget(0), static_cast<QWidget*>(m_architectures)})
        m_views->setTabVisible(m_views->indexOf(view), !areClaimsAll);
    for (QWidget* view : {static_cast<QWidget*>(m_sweep), static_cast<QWidget*>(m_remedies)})
        if (areClaimsAll) m_views->setTabVisible(m_views->indexOf(view), false);
    if (!areClaimsAll && std::exchange(m_isForcedToClaims, false)) m_views->setCurrentIndex(0);
}

} // namespace retort
