// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/forgetting_panel.h"

#include "analysis/evaluation.h"
#include "spec/stages.h"
#include "widgets/forms/bold_font.h"
#include "widgets/forms/tinted_label.h"
#include "widgets/forms/tool_button.h"
#include "widgets/plots/csv_file.h"
#include "widgets/plots/line_plot.h"
#include "widgets/tables/forgetting_table.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

QString nameOf(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

SeriesStyle styleOfDomain(const StageMatrix& matrix, const std::string& domain) {
    QStringList names;
    for (const std::string& one : matrix.domains)
        names << nameOf(one);
    return stylesOf(
        names)[static_cast<std::size_t>(std::ranges::find(matrix.domains, domain) - matrix.domains.begin())];
}

std::optional<StepRange> ownStage(const RunSpec& spec, const std::string& domain) {
    for (const Stage& stage : stages_of(spec))
        if (stage.domain == domain) return StepRange{stage.begin, stage.end};
    return {};
}

/// What cannot be said yet, and when it can.
void explain(ForgettingMeasures& measures, std::size_t ended, std::size_t stages) {
    if (ended > 1 || stages < 2) return;
    const std::string second = ForgettingPanel::tr("Known when the second stage ends.").toStdString();
    for (Measure* measure :
         {&measures.forgetting, &measures.backward, &measures.forward, &measures.forward_unigram,
          &measures.avalanche.stream_forgetting, &measures.avalanche.stream_bwt,
          &measures.avalanche.stream_forward_transfer, &measures.mammoth.forgetting,
          &measures.mammoth.backward_transfer, &measures.mammoth.forward_transfer})
        if (!measure->value) measure->reason = second;
    if (ended == 0)
        measures.intransigence.reason = ForgettingPanel::tr("Known when the first stage ends.").toStdString();
}

} // namespace

StageMatrix measuredSoFar(StageMatrix matrix) {
    const auto isMeasured = [](const StageRow& row) {
        return std::ranges::any_of(row.scores.loss, [](double loss) { return !std::isnan(loss); });
    };
    while (!matrix.rows.empty() && !isMeasured(matrix.rows.back()))
        matrix.rows.pop_back();
    return matrix;
}

ForgettingPanel::ForgettingPanel(PlotGroup& group, QWidget* parent)
    : QWidget(parent), m_model(new StageMatrixModel(this)), m_measures(new ForgettingModel(this)) {
    m_losses = new LinePlot(tr("Loss by domain"), tr("nats per token, validation"), &group);
    m_losses->setToolTip(tr("Over the stages; each domain is drawn thick in its own stage."));
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(6);
    splitter->addWidget(m_losses);
    auto* right = new QWidget;
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(6, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(createMatrix(), 1);
    column->addWidget(createMeasures());
    splitter->addWidget(right);
    splitter->setSizes({1000, 1000});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(splitter);
}

QWidget* ForgettingPanel::createMatrix() {
    auto* box = new QWidget;
    m_table = new StageMatrixTable(m_model);
    m_legend = new TintedLabel;
    m_legend->setObjectName(QStringLiteral("stageLegend"));
    m_legend->setScale(0.9);
    m_legend->setWordWrap(true);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addWidget(createTools());
    layout->addWidget(m_table, 1);
    layout->addWidget(m_legend);
    return box;
}

QWidget* ForgettingPanel::createTools() {
    auto* tools = new QWidget;
    auto* title = new QLabel(tr("After each stage"));
    title->setFont(boldFont(title->font()));
    auto* words = new QLabel(tr("Sho&w:"));
    m_unit = new QComboBox;
    m_unit->setObjectName(QStringLiteral("stageUnit"));
    m_unit->setAccessibleName(tr("Show"));
    m_unit->addItem(tr("nats per token"), static_cast<int>(StageUnit::loss));
    m_unit->addItem(tr("perplexity"), static_cast<int>(StageUnit::perplexity));
    m_unit->addItem(tr("accuracy"), static_cast<int>(StageUnit::accuracy));
    words->setBuddy(m_unit);
    auto* copy = createToolButton("copyStages", tr("Cop&y"), tr("Copy the matrix (Ctrl+C in it)"));
    auto* save = createToolButton("exportStages", tr("Export f&igure…"),
                                  tr("Matrix as PDF, SVG or PNG with its data, or "
                                     "as CSV"));
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins({});
    row->addWidget(title, 1);
    for (QWidget* part : {static_cast<QWidget*>(words), static_cast<QWidget*>(m_unit),
                          static_cast<QWidget*>(copy), static_cast<QWidget*>(save)})
        row->addWidget(part);
    connect(m_unit, &QComboBox::currentIndexChanged, this, [this] {
        m_model->setUnit(static_cast<StageUnit>(m_unit->currentData().toInt()));
        showMeasures();
    });
    connect(copy, &QToolButton::clicked, m_table, &StageMatrixTable::copy);
    connect(save, &QToolButton::clicked, this, &ForgettingPanel::exportMatrix);
    return tools;
}

QWidget* ForgettingPanel::createMeasures() {
    auto* box = new QWidget;
    m_measuresTitle = new QLabel;
    m_measuresTitle->setObjectName(QStringLiteral("measuresTitle"));
    m_measuresTitle->setFont(boldFont(m_measuresTitle->font()));
    auto* save = createToolButton("exportMeasures", tr("Export &table…"), tr("All measures, as CSV"));
    connect(save, &QToolButton::clicked, this, &ForgettingPanel::exportMeasures);
    auto* row = new QHBoxLayout;
    row->addWidget(m_measuresTitle, 1);
    row->addWidget(save);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addLayout(row);
    layout->addWidget(new ForgettingTable(m_measures));
    return box;
}

void ForgettingPanel::setRun(const RunSpec& spec, std::shared_ptr<const RunClock> clock,
                             std::optional<StageMatrix> joint) {
    clear();
    m_spec = spec;
    m_clock = std::move(clock);
    m_joint = std::move(joint);
    m_matrix = stage_matrix(m_spec);
    m_isStale = true;
    refresh();
}

void ForgettingPanel::clear() {
    m_losses->removeCurves();
    m_evaluations.clear();
    m_matrix = {};
    m_isStale = true;
    refresh();
}

void ForgettingPanel::addEvaluation(std::int64_t step, std::span<const EvaluationRow> rows) {
    for (const EvaluationRow& row : rows) {
        m_evaluations.push_back({step, row});
        m_matrix.take(step, row);
    }
    for (const EvaluationRow& row : headline(rows)) {
        if (std::ranges::find(m_matrix.domains, row.domain) == m_matrix.domains.end()) continue;
        const QString id = nameOf(row.domain);
        if (!m_losses->hasCurve(id)) addCurve(id, row.domain);
        m_losses->append(id, step, nats_per_token(row));
    }
    m_isStale = true;
}

void ForgettingPanel::addCurve(const QString& id, const std::string& domain) {
    m_losses->addCurve({.id = id,
                        .label = id,
                        .style = styleOfDomain(m_matrix, domain),
                        .clock = m_clock,
                        .isLive = m_isLive,
                        .isSmoothable = false,
                        .strong = ownStage(m_spec, domain)});
}

void ForgettingPanel::truncateAfter(std::int64_t step) {
    if (m_matrix.domains.empty()) return;
    std::erase_if(m_evaluations, [step](const auto& evaluation) { return evaluation.step > step; });
    m_losses->truncateAfter(step);
    m_matrix = stage_matrix(m_spec, m_evaluations);
    m_isStale = true;
}

void ForgettingPanel::setLive(bool isLive) {
    m_isLive = isLive;
    m_losses->setLive(isLive);
}

void ForgettingPanel::refresh() {
    if (!m_isStale) return;
    m_isStale = false;
    m_model->setMatrix(m_matrix);
    showMeasures();
}

void ForgettingPanel::showMeasures() {
    const StageMatrix soFar = measuredSoFar(m_matrix);
    const std::size_t ended = soFar.rows.size(), stages = m_matrix.rows.size();
    ForgettingMeasures measures = forgetting_measures(soFar, m_joint ? &*m_joint : nullptr);
    explain(measures, ended, stages);
    m_measures->setMeasures(measures, {m_matrix.is_sequential, m_model->unit() == StageUnit::accuracy});
    m_measuresTitle->setText(ended == 0        ? tr("Measures: no stage has ended yet")
                             : ended == stages ? tr("Measures after the last stage")
                                               : tr("Measures after stage %1 of %2").arg(ended).arg(stages));
    m_legend->setText(m_model->legend());
}

void ForgettingPanel::exportMatrix() {
    askAndSaveFigure(this, tr("Forgetting matrix"), [this](const FigureTarget& target) {
        Figure figure = m_model->figure();
        figure.runs = m_losses->runs();
        return saveFigure(std::move(figure), target);
    });
}

void ForgettingPanel::exportMeasures() {
    askAndSaveTable(this, tr("Export table"), QStringLiteral("forgetting"),
                    [this](const QString& file) { return saveText(m_measures->csv(), file); });
}

} // namespace retort
