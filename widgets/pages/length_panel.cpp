// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/length_panel.h"

#include "widgets/forms/tinted_label.h"
#include "widgets/forms/tool_button.h"
#include "widgets/pages/data_figures.h"
#include "widgets/pages/data_tables.h"
#include "widgets/pages/tool_row.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/report_table_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace retort {

LengthPanel::LengthPanel(QWidget* parent) : QWidget(parent) {
    m_plot = new ScorePlot(tr("Length of the articles"));
    m_plot->setObjectName(QStringLiteral("lengthPlot"));
    m_plot->setExportText(tr("Export fi&gure…"));
    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(8);
    split->addWidget(m_plot);
    split->addWidget(createTable());
    split->setSizes({1100, 1000});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(split, 1);
    connect(m_split, &QComboBox::currentIndexChanged, this, &LengthPanel::draw);
    setLengths({});
}

QWidget* LengthPanel::createTable() {
    m_table = new ReportTableView(tr("Lengths of the articles"));
    m_table->setObjectName(QStringLiteral("lengthTable"));
    m_split = new QComboBox;
    m_split->setObjectName(QStringLiteral("lengthSplit"));
    m_split->setAccessibleName(tr("Split"));
    auto* label = new QLabel(tr("&Split:"));
    label->setBuddy(m_split);
    auto* save = createToolButton("exportLengths", tr("Export &table…"), tr("As CSV, Markdown or LaTeX"));
    connect(save, &QToolButton::clicked, this, [this] { m_table->askAndExport(QStringLiteral("lengths")); });
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_split);
    m_state = new TintedLabel;
    m_state->setObjectName(QStringLiteral("lengthState"));
    m_state->setWordWrap(true);
    row->addWidget(m_state, 1);
    row->addWidget(save);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_table, 1);
    return box;
}

void LengthPanel::setSource(DataSource* source) {
    m_source = source;
    setCorpus({});
    setLengths({});
}

void LengthPanel::setCorpus(const std::optional<ListedCorpus>& corpus) {
    const ListedCorpus shown = corpus.value_or(ListedCorpus());
    if (shown.name == m_corpus && shown.identity == m_identity) return;
    m_corpus = shown.problem.empty() ? shown.name : std::string();
    m_identity = shown.identity;
    m_isStale = true;
    ++m_asked;
    refresh();
}

void LengthPanel::refresh() {
    if (!m_isStale || !isVisible()) return;
    m_isStale = false;
    const int question = ++m_asked;
    setLengths({});
    if (m_source == nullptr || m_corpus.empty()) return;
    m_state->setText(tr("Measuring…"));
    m_source->measureLengths(m_corpus, [this, question](const auto& lengths, const std::string& problem) {
        if (question != m_asked) return;
        setLengths(lengths);
        if (!problem.empty()) m_state->setText(QString::fromStdString(problem));
    });
}

void LengthPanel::setLengths(std::vector<DomainLengths> lengths) {
    m_lengths = std::move(lengths);
    std::vector<ToolItem> splits;
    for (const DomainLengths& one : m_lengths)
        if (std::ranges::none_of(splits, [&](const ToolItem& item) {
                return item.data.toString() == QString::fromStdString(one.split);
            }))
            splits.push_back({splitText(one.split), QString::fromStdString(one.split)});
    setItems(*m_split, splits);
    m_state->setText(m_lengths.empty() ? QString() : tr("Lengths in characters"));
    draw();
}

void LengthPanel::draw() {
    const std::string split = m_split->currentData().toString().toStdString();
    m_plot->setFigure(lengthDistribution(m_lengths, split, tr("characters")));
    m_table->setTable(lengthTable(m_lengths, split, tr("characters")));
}

void LengthPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

} // namespace retort
