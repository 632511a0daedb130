// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/router_page.h"

#include "widgets/pages/compare_data.h"
#include "widgets/pages/confusion_panel.h"
#include "widgets/pages/decision_panel.h"
#include "widgets/pages/empty_state.h"
#include "widgets/pages/example_panel.h"
#include "widgets/pages/feature_panel.h"
#include "widgets/pages/matrix_choice.h"
#include "widgets/pages/router_tools.h"
#include "widgets/plots/csv_file.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/router_ranking_table.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

namespace retort {
namespace {

enum Shown { NoRuns, NoMatrices, Content };

constexpr std::chrono::milliseconds refreshInterval{300};

std::int64_t likeliest(const RoutedExample& example) {
    return std::ranges::max_element(example.probabilities) - example.probabilities.begin();
}

QSplitter* createSplitter(Qt::Orientation orientation, QWidget* first, QWidget* second) {
    auto* splitter = new QSplitter(orientation);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(10);
    splitter->addWidget(first);
    splitter->addWidget(second);
    splitter->setStretchFactor(1, 1);
    return splitter;
}

/// Those that ask about routers, then those whose models have one; the newest first.
std::vector<std::string> routedStudies(const std::vector<RunRecord>& runs) {
    std::vector<std::string> studies = comparableStudies(runs);
    std::ranges::stable_partition(studies, [&](const std::string& study) {
        return runsOfStudy(runs, study).front().task == Task::router;
    });
    return studies;
}

} // namespace

RouterPage::RouterPage(QWidget* parent) : QWidget(parent), m_ranking(new RouterRankingModel(this)) {
    createParts();
    connectParts();
    m_refreshing.setSingleShot(true);
    m_refreshing.setInterval(refreshInterval);
    connect(&m_refreshing, &QTimer::timeout, this, &RouterPage::refresh);
    draw();
}

RouterPage::~RouterPage() = default;

void RouterPage::createParts() {
    m_tools = new RouterTools;
    m_stack = new QStackedWidget;
    m_stack->addWidget(createEmptyState(
        tr("No router has been trained yet."),
        tr("Take a ready study about routers under Studies; it needs no teacher and trains in seconds.")));
    m_stack->addWidget(createEmptyState(tr("The routers of this study have decided nothing yet."),
                                        tr("Their matrices come at the end of each run.")));
    m_stack->addWidget(createContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(6);
    layout->addWidget(m_tools);
    layout->addWidget(m_stack, 1);
}

QWidget* RouterPage::createContent() {
    m_rankingTable = new RouterRankingTable(m_ranking);
    m_confusion = new ConfusionPanel;
    auto* lower = createSplitter(Qt::Horizontal, m_confusion, createTabs());
    lower->setStretchFactor(0, 1);
    lower->setSizes({1000, 1000});
    return createSplitter(Qt::Vertical, m_rankingTable, lower);
}

QWidget* RouterPage::createTabs() {
    m_examples = new ExamplePanel;
    m_reliability = new ScorePlot(tr("Reliability"));
    m_lengths = new ScorePlot(tr("Scores by input length"));
    m_reliability->setObjectName(QStringLiteral("reliability"));
    m_lengths->setObjectName(QStringLiteral("lengths"));
    m_features = new FeaturePanel;
    m_decision = new DecisionPanel;
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("More about the router"));
    m_tabs->addTab(m_examples, tr("Texts"));
    m_tabs->addTab(m_reliability, tr("Reliability"));
    m_tabs->addTab(m_lengths, tr("Input length"));
    m_tabs->addTab(m_features, tr("Features"));
    m_tabs->addTab(m_decision, tr("Try a text"));
    return m_tabs;
}

void RouterPage::connectParts() {
    connect(m_tools, &RouterTools::studyChanged, this, &RouterPage::chooseStudy);
    connect(m_tools, &RouterTools::runChanged, this, &RouterPage::drawRun);
    connect(m_tools, &RouterTools::forcedChanged, this, [this](bool isForced) {
        drawRanking();
        m_confusion->setForced(isForced);
    });
    m_confusion->setForced(m_tools->isForced());
    connect(m_rankingTable, &RouterRankingTable::variantChosen, this, &RouterPage::chooseVariant);
    connect(m_confusion, &ConfusionPanel::matrixChanged, this, &RouterPage::drawMatrix);
    connect(m_confusion, &ConfusionPanel::cellChosen, this, &RouterPage::chooseCell);
    connect(m_tabs, &QTabWidget::currentChanged, this, &RouterPage::drawFeatures);
    connectExports();
}

void RouterPage::connectExports() {
    const auto save = [this](const QString& title, const char* name, const auto& csv) {
        askAndSaveTable(this, title, QLatin1String(name),
                        [&](const QString& file) { return saveText(csv(), file); });
    };
    connect(m_tools, &RouterTools::rankingExportRequested, this,
            [=, this] { save(tr("Export ranking"), "routers", [this] { return m_ranking->csv(); }); });
    connect(m_confusion, &ConfusionPanel::exportRequested, this,
            [=, this] { save(tr("Export matrix"), "confusion", [this] { return m_confusion->csv(); }); });
    connect(m_features, &FeaturePanel::exportRequested, this,
            [=, this] { save(tr("Export features"), "features", [this] { return m_features->csv(); }); });
}

void RouterPage::setSource(RouterSource* source) {
    m_source = source;
    ++m_asked;
    m_decision->setSource(source);
    m_featuresOf.clear();
    m_cell.reset();
    setRuns({});
}

void RouterPage::setRuns(std::vector<RunRecord> runs) {
    m_runs = std::move(runs);
    m_tools->setStudies(routedStudies(m_runs));
    chooseStudy();
}

void RouterPage::updateRun(const RunRecord& run) {
    const auto known = std::ranges::find(m_runs, run.id, &RunRecord::id);
    if (known == m_runs.end()) return;
    *known = run;
    if (std::ranges::find(m_chosen, run.id, &RunRecord::id) == m_chosen.end()) return;
    m_stale.insert(run.id);
    if (!m_refreshing.isActive()) m_refreshing.start();
}

void RouterPage::showRun(const QString& id) {
    const auto run = std::ranges::find(m_runs, id.toStdString(), &RunRecord::id);
    if (run == m_runs.end()) return;
    m_tools->chooseStudy(QString::fromStdString(run->study));
    m_tools->chooseRun(id);
}

void RouterPage::chooseStudy() {
    m_chosen = newestRunsOfStudy(m_runs, m_tools->study());
    m_tools->setRuns(m_chosen);
    draw();
    std::erase_if(m_read, [this](const auto& entry) {
        return std::ranges::find(m_chosen, entry.first, &RunRecord::id) == m_chosen.end();
    });
    refresh();
}

/// With the seed that is shown, where the variant has it.
void RouterPage::chooseVariant(const QString& variant) {
    const RunRecord* shown = chosenRun();
    const RunRecord* wanted = nullptr;
    for (const RunRecord& run : m_chosen) {
        if (run.variant != variant.toStdString()) continue;
        if (wanted == nullptr || (shown != nullptr && run.seed == shown->seed)) wanted = &run;
    }
    if (wanted != nullptr) m_tools->chooseRun(QString::fromStdString(wanted->id));
}

void RouterPage::refresh() {
    if (!isVisible()) return;
    read();
    draw();
}

void RouterPage::read() {
    for (const RunRecord& run : m_chosen) {
        if (m_source == nullptr || (m_read.contains(run.id) && !m_stale.contains(run.id))) continue;
        m_read[run.id] = m_source->matrices(run.id);
        if (m_stale.erase(run.id) > 0 && m_featuresOf == run.id) m_featuresOf.clear();
    }
}

const RunRecord* RouterPage::chosenRun() const {
    const auto run = std::ranges::find(m_chosen, m_tools->run(), &RunRecord::id);
    return run == m_chosen.end() ? nullptr : &*run;
}

void RouterPage::draw() {
    drawRanking();
    drawRun();
    const bool hasMatrices = std::ranges::any_of(m_chosen, [this](const RunRecord& run) {
        const auto matrices = m_read.find(run.id);
        return matrices != m_read.end() && !matrices->second.empty();
    });
    m_tools->setVisible(!m_runs.empty());
    m_stack->setCurrentIndex(m_chosen.empty() ? NoRuns : hasMatrices ? Content : NoMatrices);
}

void RouterPage::drawRanking() {
    std::vector<ScoredRun> runs;
    for (const RunRecord& run : m_chosen) {
        ScoredRun scored{run.variant, {}};
        const auto matrices = m_read.find(run.id);
        if (matrices == m_read.end()) continue;
        for (const NumberedMatrix& matrix : matrices->second)
            scored.matrices.push_back(&matrix.evaluation);
        runs.push_back(std::move(scored));
    }
    m_ranking->setRouters(rankRouters(runs, m_tools->isForced()));
    // Only models hide it: who sees it first gets the height that the layout gives it.
    m_rankingTable->setVisible(m_chosen.empty() || m_chosen.front().task == Task::router);
    const RunRecord* shown = chosenRun();
    if (shown != nullptr) m_rankingTable->showVariant(QString::fromStdString(shown->variant));
}

void RouterPage::drawRun() {
    static const std::vector<NumberedMatrix> none;
    const RunRecord* run = chosenRun();
    const auto matrices = run == nullptr ? m_read.end() : m_read.find(run->id);
    m_confusion->setMatrices(run == nullptr ? RunRecord() : *run,
                             matrices == m_read.end() ? none : matrices->second);
    m_decision->setRun(run == nullptr ? std::string() : run->id);
    if (run != nullptr) m_rankingTable->showVariant(QString::fromStdString(run->variant));
    drawFeatures();
}

void RouterPage::drawMatrix() {
    std::vector<const RoutingEvaluation*> lengths;
    for (const NumberedMatrix* matrix : m_confusion->choice().lengths())
        lengths.push_back(&matrix->evaluation);
    m_lengths->setFigure(lengthFigure(lengths, m_tools->isForced()));
    const NumberedMatrix* matrix = m_confusion->choice().matrix();
    m_reliability->setFigure(matrix == nullptr ? reliabilityFigure({})
                                               : reliabilityFigure(matrix->evaluation.reliability));
    const RunRecord* run = chosenRun();
    for (ScorePlot* plot : {m_lengths, m_reliability})
        plot->setRuns(run == nullptr ? std::vector<FigureRun>() : figure_runs({*run}),
                      {{"is_forced", m_tools->isForced()}});
    listExamples();
}

/// Only when they are looked at: a model has to be read for them.
void RouterPage::drawFeatures() {
    const RunRecord* run = chosenRun();
    if (run == nullptr || m_source == nullptr) return m_features->setFeatures({});
    if (m_tabs->currentWidget() != m_features || m_featuresOf == run->id || !isVisible()) return;
    m_featuresOf = run->id;
    m_features->setFeatures(m_source->topFeatures(run->id));
}

void RouterPage::chooseCell(int row, int column) {
    const ConfusionMatrix& matrix = m_confusion->matrix();
    m_cell =
        Cell{matrix.rows[static_cast<std::size_t>(row)], matrix.columns[static_cast<std::size_t>(column)]};
    m_tabs->setCurrentWidget(m_examples);
    listExamples();
}

/// The cell stays chosen in every matrix that has it.
void RouterPage::listExamples() {
    ++m_asked; // what was asked before is no longer wanted, whether or not something is asked now
    const ConfusionMatrix& shown = m_confusion->matrix();
    const NumberedMatrix* matrix = m_confusion->choice().matrix();
    const auto advise = [this] {
        m_examples->showAdvice(
            tr("Choose a cell of the matrix, by a click or by the arrows and Enter, to read "
               "its texts."));
    };
    if (!m_cell || matrix == nullptr || m_source == nullptr) return advise();
    const auto row = std::ranges::find(shown.rows, m_cell->row);
    const auto column = std::ranges::find(shown.columns, m_cell->column);
    if (row == shown.rows.end() || column == shown.columns.end()) return advise();
    const auto y = static_cast<std::size_t>(row - shown.rows.begin());
    const auto x = static_cast<std::size_t>(column - shown.columns.begin());
    std::vector<std::string> domains = matrix->evaluation.columns;
    std::erase(domains, unknown_domain);
    const QString sentence = m_confusion->cellSentence(static_cast<int>(y), static_cast<int>(x));
    const std::int64_t count = shown.at(y, x);
    readExamples(*matrix, y, m_cell->column, [=, this](const std::vector<RoutedExample>& examples) {
        m_examples->showExamples(sentence, count, examples, domains);
    });
}

/// Without abstention those that were called unknown belong to their most probable domain.
void RouterPage::readExamples(const NumberedMatrix& matrix, std::size_t row, const std::string& column,
                              RouterSource::Examples answer) {
    const std::vector<std::string>& columns = matrix.evaluation.columns;
    const auto place = [&](const std::string& name) {
        return std::ranges::find(columns, name) - columns.begin();
    };
    const auto y = static_cast<std::int64_t>(row);
    const std::int64_t named = place(column), unknown = place(unknown_domain);
    const auto current = [this, question = m_asked,
                          answer = std::move(answer)](std::vector<RoutedExample> all) {
        if (question == m_asked) answer(std::move(all));
    };
    if (!m_tools->isForced() || unknown == std::ssize(columns))
        return m_source->examples(matrix.number, y, named, current);
    const auto joined = [this, number = matrix.number, y, named, unknown,
                         current](std::vector<RoutedExample> all) {
        m_source->examples(number, y, unknown,
                           [all = std::move(all), named, current](auto abstained) mutable {
                               for (RoutedExample& example : abstained)
                                   if (likeliest(example) == named) all.push_back(std::move(example));
                               current(std::move(all));
                           });
    };
    m_source->examples(matrix.number, y, named, joined);
}

void RouterPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

} // namespace retort
