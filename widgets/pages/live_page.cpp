// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/live_page.h"

#include "analysis/evaluation.h"
#include "spec/fidelity.h"
#include "spec/imported_run.h"
#include "spec/stages.h"
#include "widgets/forms/bold_font.h"
#include "widgets/forms/tool_button.h"
#include "widgets/pages/empty_state.h"
#include "widgets/pages/forgetting_panel.h"
#include "widgets/pages/run_header.h"
#include "widgets/pages/run_plots.h"
#include "widgets/pages/samples_panel.h"
#include "widgets/pages/smoothing_choice.h"
#include "widgets/plots/line_plot.h"
#include "widgets/plots/number_text.h"
#include "widgets/plots/x_axis_choice.h"
#include "widgets/tables/evaluation_table.h"
#include "widgets/tables/log_view.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

/// What a specification says of its faithfulness to the paper; empty where it says nothing.
QString fidelityOf(const Json& spec) {
    const RunSpecReading reading = read_run_spec(spec);
    return reading.problems.empty() ? QString::fromStdString(fidelity_of(reading.spec)) : QString();
}

QLabel* sectionTitle(const QString& text) {
    auto* label = new QLabel(text);
    label->setFont(boldFont(label->font()));
    return label;
}

QWidget* section(QLabel* title, QWidget* content) {
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addWidget(title);
    layout->addWidget(content, 1);
    return box;
}

} // namespace

LivePage::LivePage(QWidget* parent) : QWidget(parent) {
    createParts();
    connectHeader();
    clear();
}

LivePage::~LivePage() = default;

void LivePage::createParts() {
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(createEmptyState(tr("Nothing is running."),
                                        tr("Open Studies and press Run, or open a run under Runs.")));
    m_stack->addWidget(createContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);
}

QWidget* LivePage::createContent() {
    auto* content = new QWidget;
    m_header = new RunHeader;
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(6);
    splitter->addWidget(createViews());
    splitter->addWidget(createLower());
    splitter->setSizes({7000, 2300});
    splitter->setStretchFactor(0, 7);
    splitter->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    layout->addWidget(m_header);
    layout->addWidget(createTools());
    layout->addWidget(splitter, 1);
    return content;
}

/// A run without stages has one view, and no tabs to choose it by.
QWidget* LivePage::createViews() {
    m_plots = new RunPlots;
    m_forgetting = new ForgettingPanel(m_plots->group());
    m_views = new QTabWidget;
    m_views->setObjectName(QStringLiteral("liveViews"));
    m_views->setAccessibleName(tr("Views of the run"));
    m_views->setDocumentMode(true);
    m_views->addTab(m_plots, tr("C&urves"));
    m_views->addTab(m_forgetting, tr("For&getting"));
    return m_views;
}

QWidget* LivePage::createTools() {
    auto* tools = new QWidget;
    auto* layout = new QHBoxLayout(tools);
    layout->setContentsMargins({});
    createAxisChoice(tools);
    layout->addSpacing(16);
    createSmoothing(tools);
    layout->addSpacing(16);
    createPanelMenu(tools);
    layout->addStretch(1);
    m_cursorText = new QLabel;
    m_cursorText->setObjectName(QStringLiteral("cursorText"));
    m_cursorText->setAccessibleName(tr("Place of the cursor"));
    layout->addWidget(m_cursorText);
    connect(&m_plots->group(), &PlotGroup::cursorMoved, this,
            [this] { m_cursorText->setText(m_plots->cursorText()); });
    return tools;
}

void LivePage::createAxisChoice(QWidget* tools) {
    auto* label = new QLabel(tr("&Horizontal axis:"));
    m_axis = new QComboBox;
    m_axis->setObjectName(QStringLiteral("axis"));
    m_axis->setAccessibleName(tr("Horizontal axis"));
    addXAxes(*m_axis);
    label->setBuddy(m_axis);
    tools->layout()->addWidget(label);
    tools->layout()->addWidget(m_axis);
    connect(m_axis, &QComboBox::currentIndexChanged, this,
            [this] { m_plots->group().setXAxis(static_cast<XAxis>(m_axis->currentData().toInt())); });
}

void LivePage::createSmoothing(QWidget* tools) {
    auto* smoothing = new SmoothingChoice(tr("S&moothing:"));
    tools->layout()->addWidget(smoothing);
    connect(smoothing, &SmoothingChoice::weightChanged, m_plots, &RunPlots::setSmoothing);
    smoothing->setShare(0.5);
}

void LivePage::createPanelMenu(QWidget* tools) {
    QToolButton* panels = createToolButton("panels", tr("Pa&nels"), tr("Which curves are shown"));
    panels->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(panels);
    panels->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        m_plots->fillPanelMenu(*menu);
    });
    tools->layout()->addWidget(panels);
    QToolButton* all = createToolButton("showAll", tr("Show &all"),
                                        tr("End all zooming (Home, or a double click into a plot)"));
    tools->layout()->addWidget(all);
    connect(all, &QToolButton::clicked, &m_plots->group(), &PlotGroup::resetZoom);
}

QWidget* LivePage::createLower() {
    m_evaluations = new EvaluationModel(this);
    m_evaluationTitle = sectionTitle({});
    m_evaluationTitle->setObjectName(QStringLiteral("evaluationTitle"));
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(6);
    splitter->addWidget(section(m_evaluationTitle, new EvaluationTable(m_evaluations)));
    splitter->addWidget(createTexts());
    splitter->setSizes({1000, 1000});
    return splitter;
}

QWidget* LivePage::createTexts() {
    m_log = new LogView;
    m_samples = new SamplesPanel;
    auto* texts = new QTabWidget;
    texts->setObjectName(QStringLiteral("liveTexts"));
    texts->setAccessibleName(tr("Texts of the run"));
    texts->setDocumentMode(true);
    texts->addTab(m_log, tr("&Log"));
    texts->addTab(m_samples, tr("Sampl&es"));
    return texts;
}

void LivePage::connectHeader() {
    connect(m_header, &RunHeader::pauseRequested, this, [this] { Q_EMIT pauseRequested(runId()); });
    connect(m_header, &RunHeader::resumeRequested, this, [this] { Q_EMIT resumeRequested(runId()); });
    connect(m_header, &RunHeader::stopRequested, this, [this] { Q_EMIT stopRequested(runId()); });
}

void LivePage::showRun(const RunRecord& record, const LiveHistory& history) {
    clear();
    setRecord(record);
    m_stack->setCurrentIndex(1);
    m_header->showTraining();
    setLive(is_live(record.status));
    showStages(history);
    fill(history);
    refresh();
}

void LivePage::setRecord(const RunRecord& record) {
    m_record = record;
    m_header->setFidelity(fidelityOf(record.spec));
    m_plots->setImported(is_imported(record));
    m_samples->setRun(record.spec);
    for (LinePlot* plot : findChildren<LinePlot*>())
        plot->setRuns({{record.id, record.label()}});
}

void LivePage::setLive(bool isLive) {
    m_plots->setLive(isLive);
    m_forgetting->setLive(isLive);
}

void LivePage::showStages(const LiveHistory& history) {
    const RunSpecReading reading = read_run_spec(m_record.spec);
    const bool hasStages = reading.problems.empty() && !stages_of(reading.spec).empty();
    m_views->tabBar()->setVisible(hasStages);
    if (!hasStages) return m_views->setCurrentWidget(m_plots);
    m_plots->setStages(stages_of(reading.spec));
    m_forgetting->setRun(reading.spec, m_plots->clock(), history.joint);
}

void LivePage::fill(const LiveHistory& history) {
    for (const ClockTick& tick : history.clock)
        m_plots->addTick(tick);
    for (const LiveHistory::Series& series : history.series)
        for (std::size_t i = 0; i < series.steps.size(); ++i)
            m_plots->addMetric(series.steps[i], series.key, series.values[i]);
    const auto& all = history.evaluations;
    for (auto begin = all.begin(); begin != all.end();) {
        const auto end = std::find_if(begin, all.end(), [&](const auto& e) { return e.step != begin->step; });
        std::vector<EvaluationRow> rows;
        for (auto evaluation = begin; evaluation != end; ++evaluation)
            rows.push_back(evaluation->row);
        addEvaluation(begin->step, rows);
        begin = end;
    }
    for (const LiveHistory::Sample& written : history.samples)
        m_samples->add(written.step, written.sample);
    for (const LiveHistory::LogLine& line : history.log)
        m_log->addLine(QString::fromStdString(line.time), line.level, QString::fromStdString(line.text));
}

/// The table has no room for an evaluation grid.
void LivePage::addEvaluation(std::int64_t step, const std::vector<EvaluationRow>& rows) {
    m_plots->addEvaluation(step, rows);
    if (!m_plots->group().bands().empty()) m_forgetting->addEvaluation(step, rows);
    for (const EvaluationRow& row : rows)
        if (row.setting.empty()) m_evaluations->add(step, row);
}

void LivePage::append(std::span<const RunEvent> events) {
    bool isOurs = false;
    for (const RunEvent& event : events) {
        if (m_record.id.empty() || event.run != m_record.id) continue;
        isOurs = true;
        std::visit([this](const auto& what) { accept(what); }, event.what);
    }
    if (isOurs) refresh();
}

void LivePage::updateRecord(const RunRecord& record) {
    if (m_record.id.empty() || record.id != m_record.id) return;
    setRecord(record);
    setLive(is_live(record.status));
    refresh();
}

QString LivePage::runId() const {
    return QString::fromStdString(m_record.id);
}

void LivePage::clear() {
    m_record = {};
    m_stack->setCurrentIndex(0);
    m_plots->clear();
    m_forgetting->clear();
    m_evaluations->clear();
    m_samples->clear();
    m_log->clear();
}

void LivePage::refresh() {
    m_forgetting->refresh();
    m_samples->refresh();
    m_header->show(m_record, recent_pace(*m_plots->clock()));
    const auto step = m_evaluations->newestStep();
    m_evaluationTitle->setText(step ? tr("Evaluation at step %1").arg(wholeText(*step))
                                    : tr("No evaluation yet"));
}

void LivePage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_record.id.empty()) refresh();
}

void LivePage::addLog(Notice::Level level, const QString& text) {
    m_log->addLine({}, level, text);
}

void LivePage::accept(const RunStarted& started) {
    m_plots->truncateAfter(started.resumed_from_step);
    m_forgetting->truncateAfter(started.resumed_from_step);
    m_samples->truncateAfter(started.resumed_from_step);
    m_evaluations->truncateAfter(started.resumed_from_step);
    m_record.steps = started.resumed_from_step;
    m_record.total_steps = started.total_steps;
    m_record.parameters = started.parameters;
    m_record.status = RunStatus::running;
    m_record.reason.clear();
    setLive(true);
    if (started.resumed_from_step > 0)
        addLog(Notice::Level::info, tr("Goes on from step %1.").arg(started.resumed_from_step));
    if (started.inexact)
        addLog(Notice::Level::warning,
               tr("Resumed inexactly: threads, precision or device differ from before."));
}

void LivePage::accept(const StepMeasured& measured) {
    m_record.steps = measured.step;
    m_record.tokens = measured.tokens;
    m_record.wall_seconds = measured.wall_seconds;
    m_header->showTraining();
    m_plots->addTick({measured.step, measured.tokens, measured.wall_seconds});
    for (const Metric& metric : measured.metrics)
        m_plots->addMetric(measured.step, metric.series, metric.value);
}

void LivePage::accept(const Evaluated& evaluated) {
    m_plots->addTick({evaluated.step, evaluated.tokens, evaluated.wall_seconds});
    addEvaluation(evaluated.step, evaluated.rows);
    for (const TextSample& sample : evaluated.samples)
        m_samples->add(evaluated.step, sample);
    const std::vector<EvaluationRow> whole = headline(evaluated.rows);
    if (!whole.empty()) m_record.summary.loss = macro_mean(whole);
}

void LivePage::accept(const CheckpointSaved& saved) {
    const QString size = QLocale().formattedDataSize(static_cast<qint64>(saved.bytes));
    addLog(Notice::Level::info,
           saved.best ? tr("Checkpoint of step %1 saved (%2), the best so far.").arg(saved.step).arg(size)
                      : tr("Checkpoint of step %1 saved (%2).").arg(saved.step).arg(size));
    const bool isMacro = m_record.spec->is_object() && m_record.spec->value("best", "macro") == "macro";
    if (saved.best && isMacro && m_record.summary.loss)
        m_record.best = BestEvaluation{saved.step, *m_record.summary.loss};
}

void LivePage::accept(const Progressed& progressed) {
    m_header->showPhase(progressed);
}

void LivePage::accept(const Notice& notice) {
    addLog(notice.level, QString::fromStdString(notice.text));
}

void LivePage::accept(const StatusChanged& changed) {
    m_record.status = changed.status;
    m_record.reason = changed.reason;
    if (!changed.model_artifact.empty()) m_record.model_artifact = changed.model_artifact;
    setLive(is_live(changed.status));
    if (!is_live(changed.status)) m_header->showTraining();
    if (!changed.reason.empty()) addLog(Notice::Level::info, QString::fromStdString(changed.reason));
}

} // namespace retort
