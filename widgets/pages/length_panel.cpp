// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/length_panel.h"

#include "widgets/forms/tinted_label.h"
#include "widgets/pages/data_figures.h"
#include "widgets/pages/data_tables.h"
#include "widgets/pages/tool_row.h"
#include "widgets/plots/number_text.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/report_table_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace retort {

LengthPanel::LengthPanel(QWidget* parent) : QWidget(parent) {
    m_plot = new ScorePlot(tr("Length of the articles"));
    m_plot->setObjectName(QStringLiteral("lengthPlot"));
    m_plot->setExportText(tr("Export fi&gure…"));
    m_table = new ReportTableView(tr("Lengths of the articles"));
    m_table->setObjectName(QStringLiteral("lengthTable"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(createUnderTools(createTools(), createSideBySide(m_plot, 1100, m_table, 1000)));
    connect(m_split, &QComboBox::currentIndexChanged, this, &LengthPanel::draw);
    connect(m_unit, &QComboBox::currentIndexChanged, this, &LengthPanel::askAnew);
    setLengths({});
}

QLayout* LengthPanel::createTools() {
    const QString split = tr("&Split:"), unit = tr("Cou&nt in:");
    m_split = createCombo("lengthSplit", split);
    m_unit = createCombo("lengthUnit", unit, tr("Tokens are those of the tokenizer that is chosen above"));
    m_unit->addItem(tr("characters"), false);
    m_unit->addItem(tr("tokens"), true);
    m_state = new TintedLabel;
    m_state->setObjectName(QStringLiteral("lengthState"));
    auto* row = new QHBoxLayout;
    addLabelled(*row, split, m_split);
    addLabelled(*row, unit, m_unit);
    row->addWidget(m_state, 1);
    row->addWidget(
        createExportButton("exportLengths", tr("Export &table…"), m_table, QStringLiteral("lengths")));
    return row;
}

bool LengthPanel::isInTokens() const {
    return m_unit->currentData().toBool();
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
    askAnew();
}

void LengthPanel::setTokenizer(const std::string& id) {
    if (id == m_tokenizer) return;
    m_tokenizer = id;
    if (isInTokens()) askAnew();
}

void LengthPanel::askAnew() {
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
    if (isInTokens() && m_tokenizer.empty())
        return m_state->setText(tr("Choose a tokenizer above; a run makes its own when it begins."));
    m_state->setText(isInTokens() ? tr("Counting tokens…") : tr("Measuring…"));
    m_source->measureLengths(m_corpus, isInTokens() ? m_tokenizer : std::string(),
                             [this, question](const auto& lengths, const std::string& problem) {
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
    std::int64_t most = 0;
    for (const DomainLengths& one : m_lengths)
        most = std::max(most, one.mostBytes);
    m_state->setText(m_lengths.empty() ? QString()
                     : most == 0       ? tr("All articles")
                                 : tr("The articles in the first %1 of each domain").arg(sizeText(most)));
    draw();
}

void LengthPanel::draw() {
    const std::string split = m_split->currentData().toString().toStdString();
    const QString unit = m_unit->currentText();
    m_plot->setFigure(lengthDistribution(m_lengths, split, unit));
    m_table->setTable(lengthTable(m_lengths, split, unit));
}

void LengthPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

} // namespace retort
