// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/compare_page.h"

#include "widgets/pages/architecture_panel.h"
#include "widgets/pages/claims_panel.h"
#include "widgets/pages/compare_plot.h"
#include "widgets/pages/compare_tools.h"
#include "widgets/pages/empty_state.h"
#include "widgets/pages/pick_bar.h"
#include "widgets/pages/remedy_panel.h"
#include "widgets/pages/sweep_panel.h"
#include "widgets/plots/figure_file.h"
#include "widgets/tables/comparison_table.h"

#include <QLabel>
#include <QPointer>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>
#include <utility>

namespace retort {
namespace {

constexpr std::chrono::milliseconds refreshInterval{300};

} // namespace

ComparePage::ComparePage(QWidget* parent) : QWidget(parent), m_model(new ComparisonModel(this)) {
    createParts();
    connectTools();
    connectPicks();
    m_refreshing.setSingleShot(true);
    m_refreshing.setInterval(refreshInterval);
    connect(&m_refreshing, &QTimer::timeout, this, &ComparePage::refresh);
}

ComparePage::~ComparePage() = default;

void ComparePage::createParts() {
    m_tools = new CompareTools;
    m_caution = new QLabel;
    m_caution->setObjectName(QStringLiteral("caution"));
    m_caution->setWordWrap(true);
    m_caution->setAccessibleName(tr("Cautions"));
    m_stack = new QStackedWidget;
    m_stack->addWidget(createEmptyState(tr("Nothing to compare yet."),
                                        tr("Run a study with several variants or seeds, or select runs on "
                                           "the Runs page and press Compare.")));
    m_stack->addWidget(createEmptyState(tr("These runs have measured nothing of this yet."),
                                        tr("Curves come with the first steps and evaluations.")));
    m_stack->addWidget(createContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(6);
    layout->addWidget(m_tools);
    layout->addWidget(m_caution);
    layout->addWidget(m_stack, 1);
    showStudies();
    draw();
}

QWidget* ComparePage::createContent() {
    m_views = new QTabWidget;
    m_views->setObjectName(QStringLiteral("views"));
    m_views->setAccessibleName(tr("Ways to compare"));
    m_views->setDocumentMode(true);
    m_architectures = new ArchitecturePanel;
    m_remedies = new RemedyPanel;
    m_views->addTab(createCurves(), tr("Curve&s"));
    m_views->addTab(m_architectures, tr("A&rchitectures"));
    m_views->addTab(m_remedies, tr("Forgetti&ng"));
    m_sweep = new SweepPanel;
    m_views->addTab(m_sweep, tr("Sweep"));
    connect(m_views, &QTabWidget::currentChanged, this, &ComparePage::showTools);
    m_claims = new ClaimsPanel;
    m_views->addTab(m_claims, tr("C&laims"));
    connect(m_claims, &ClaimsPanel::claimsChanged, this, [this] {
        if (!m_isReading) draw();
    });
    return m_views;
}

QWidget* ComparePage::createCurves() {
    m_plot = new ComparePlot;
    m_picked = new PickBar;
    auto* curves = new QWidget;
    auto* column = new QVBoxLayout(curves);
    column->setContentsMargins({});
    column->setSpacing(2);
    column->addWidget(m_plot, 1);
    column->addWidget(m_picked);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(6);
    splitter->addWidget(curves);
    splitter->addWidget(new ComparisonTable(m_model));
    splitter->setSizes({7600, 2000});
    splitter->setStretchFactor(0, 7);
    splitter->setStretchFactor(1, 2);
    return splitter;
}

void ComparePage::showTools() {
    const QWidget* view = m_views->currentWidget();
    const bool areCurves = m_views->currentIndex() == 0;
    m_tools->setCurvesShown(areCurves);
    const bool isOfOneDomain = areCurves || view == m_sweep;
    m_tools->setMetricShown(isOfOneDomain || view == m_architectures, isOfOneDomain);
    m_tools->setSeedsShown(view != m_claims && view != m_sweep);
}

void ComparePage::connectTools() {
    connect(m_tools, &CompareTools::choiceChanged, this, &ComparePage::choose);
    connect(m_tools, &CompareTools::metricChanged, this, [this] {
        showChoices();
        refresh();
    });
    connect(m_tools, &CompareTools::lookChanged, this, &ComparePage::draw);
    connect(m_tools, &CompareTools::xAxisChanged, this,
            [this](int axis) { m_plot->group().setXAxis(static_cast<XAxis>(axis)); });
    connect(m_tools, &CompareTools::xLogarithmicChanged, this,
            [this](bool isLogarithmic) { m_plot->group().setXLogarithmic(isLogarithmic); });
    connect(m_tools, &CompareTools::yLogarithmicChanged, m_plot, &LinePlot::setLogarithmic);
    connect(m_tools, &CompareTools::smoothingChanged, m_plot, &LinePlot::setSmoothing);
    connect(m_plot, &LinePlot::logarithmicChanged, m_tools, &CompareTools::setYLogarithmic);
    connect(m_tools, &CompareTools::showAllRequested, &m_plot->group(), &PlotGroup::resetZoom);
    connect(m_tools, &CompareTools::figureExportRequested, m_plot, &LinePlot::exportFigure);
    connect(m_tools, &CompareTools::tableExportRequested, this, &ComparePage::exportTable);
    connect(m_tools, &CompareTools::reportRequested, this,
            [this] { Q_EMIT reportRequested(QString::fromStdString(m_tools->study()), finishedRuns()); });
}

QStringList ComparePage::finishedRuns() const {
    QStringList ids;
    for (const RunRecord& run : m_chosen)
        if (run.status == RunStatus::done) ids << QString::fromStdString(run.id);
    return ids;
}

void ComparePage::connectPicks() {
    connect(m_plot, &LinePlot::curvePicked, this, &ComparePage::showPicked);
    connect(m_plot, &LinePlot::curveActivated, this, [this] {
        const std::vector<RunRecord> runs = pickedRuns();
        if (!runs.empty()) Q_EMIT runRequested(QString::fromStdString(runs.front().id));
    });
    connect(m_picked, &PickBar::runRequested, this, &ComparePage::runRequested);
    connect(m_sweep, &SweepPanel::runRequested, this, &ComparePage::runRequested);
    connect(m_sweep, &SweepPanel::comparisonRequested, this, [this](const QStringList& ids) {
        m_views->setCurrentIndex(0);
        compareRuns(ids);
    });
    connect(m_picked, &PickBar::isolationRequested, this, [this] {
        const QString id = m_plot->ownerOf(m_plot->picked());
        if (!id.isEmpty()) m_plot->isolate(id);
    });
}

/// One of a seed's curve, all of a mean's.
std::vector<RunRecord> ComparePage::pickedRuns() const {
    const QString id = m_plot->picked();
    const std::vector<std::string> variants = variantNames(m_chosen);
    std::vector<RunRecord> runs;
    for (std::size_t i = 0; i < m_chosen.size(); ++i)
        if (id == QString::fromStdString(variants[i]) ||
            id == ComparePlot::seedId(variants[i], m_chosen[i].seed))
            runs.push_back(m_chosen[i]);
    return runs;
}

void ComparePage::showPicked() {
    m_picked->setRuns(m_plot->ownerOf(m_plot->picked()), pickedRuns());
}

void ComparePage::setSource(CompareSource* source) {
    m_source = source;
    m_selected.clear();
    forgetCurves();
    setRuns({});
}

void ComparePage::setClaimsSource(ClaimsSource* source) {
    m_claims->setSource(source);
    showClaims();
}

void ComparePage::forgetCurves() {
    m_read.clear();
    m_stale.clear();
    m_isReading = false;
    ++m_request;
}

void ComparePage::setRuns(std::vector<RunRecord> runs) {
    m_runs = std::move(runs);
    showStudies();
    choose();
}

void ComparePage::showStudies() {
    const auto isSelected = [this](const RunRecord& run) { return m_selected.contains(run.id); };
    m_tools->setStudies(comparableStudies(m_runs),
                        static_cast<int>(std::ranges::count_if(m_runs, isSelected)));
}

void ComparePage::updateRun(const RunRecord& run) {
    const auto known = std::ranges::find(m_runs, run.id, &RunRecord::id);
    if (known == m_runs.end()) return;
    *known = run;
    showClaims();
    if (std::ranges::find(m_chosen, run.id, &RunRecord::id) == m_chosen.end()) return;
    m_stale.insert(run.id);
    if (!m_refreshing.isActive()) m_refreshing.start();
}

void ComparePage::compareRuns(const QStringList& ids) {
    m_selected.clear();
    for (const QString& id : ids)
        m_selected.insert(id.toStdString());
    showStudies();
    m_tools->chooseSelectedRuns();
    choose();
}

void ComparePage::compareStudy(const QString& study) {
    m_tools->chooseStudy(study);
}

void ComparePage::choose() {
    const std::string study = m_tools->study();
    m_chosen.clear();
    if (!study.empty()) m_chosen = runsOfStudy(m_runs, study);
    for (const RunRecord& run : m_runs)
        if (study.empty() && m_selected.contains(run.id)) m_chosen.push_back(run);
    const auto isChosen = [this](const std::string& id) {
        return std::ranges::find(m_chosen, id, &RunRecord::id) != m_chosen.end();
    };
    m_styles = stylesOfVariants(m_chosen, m_runs);
    std::erase_if(m_read, [&](const auto& entry) { return !isChosen(entry.first); });
    showChoices();
    refresh();
    showClaims();
}

void ComparePage::showClaims() {
    if (isVisible()) m_claims->showStudy(m_tools->study(), m_runs);
}

/// What there is to choose from depends on what the runs have measured. Before they are read, choices made
/// for others stay.
void ComparePage::showChoices() {
    const std::vector<CompareMetric> metrics = metricsOf(m_read);
    if (!metrics.empty()) {
        m_tools->setMetrics(metrics);
        m_tools->setDomains(domainsOf(m_tools->metric(), m_read));
    }
    std::vector<std::string> variants;
    for (const std::string& variant : variantNames(m_chosen))
        if (std::ranges::find(variants, variant) == variants.end()) variants.push_back(variant);
    m_tools->setVariants(variants);
}

/// Asks for what is missing, then draws what is there.
void ComparePage::refresh() {
    if (!isVisible() || m_isReading) return;
    if (m_series != m_tools->metric().series) forgetCurves();
    m_series = m_tools->metric().series;
    std::vector<std::string> wanted;
    for (const RunRecord& run : m_chosen)
        if (m_stale.contains(run.id) || !m_read.contains(run.id)) wanted.push_back(run.id);
    m_stale.clear();
    if (wanted.empty() || m_source == nullptr) return draw();
    for (const std::string& id : wanted)
        m_read.try_emplace(id); // one that is gone is not asked for again
    m_isReading = true;
    m_source->read(wanted, m_series,
                   [page = QPointer(this), request = ++m_request](std::vector<ComparedRun> runs) {
                       if (page != nullptr && page->m_request == request) page->accept(std::move(runs));
                   });
}

void ComparePage::accept(std::vector<ComparedRun> runs) {
    m_isReading = false;
    for (ComparedRun& run : runs)
        m_read[run.record.id] = std::move(run);
    showChoices();
    draw();
    if (isBehind() && !m_refreshing.isActive()) m_refreshing.start();
}

/// Whether other runs or curves are wanted now than were asked for.
bool ComparePage::isBehind() const {
    const auto isMissing = [this](const RunRecord& run) { return !m_read.contains(run.id); };
    return !m_stale.empty() || m_series != m_tools->metric().series ||
           std::ranges::any_of(m_chosen, isMissing);
}

std::vector<ComparedCurve> ComparePage::curves() const {
    const std::vector<std::string> variants = variantNames(m_chosen);
    std::vector<ComparedCurve> all;
    for (std::size_t i = 0; i < m_chosen.size(); ++i) {
        const auto run = m_read.find(m_chosen[i].id);
        if (run != m_read.end() && !run->second.record.id.empty())
            all.push_back(curveOf(run->second, m_tools->metric(), variants[i]));
    }
    extendStanding(all);
    return all;
}

void ComparePage::exportTable() {
    askAndSaveTable(this, tr("Export table"), QStringLiteral("comparison"),
                    [this](const QString& file) { return exportComparison(*m_model, file); });
}

void ComparePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
    showClaims();
}

} // namespace retort
