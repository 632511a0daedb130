// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/token_panel.h"

#include "widgets/forms/tinted_label.h"
#include "widgets/pages/token_figures.h"
#include "widgets/pages/tool_row.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/report_table_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace retort {

TokenPanel::TokenPanel(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(createSideBySide(createFigure(), 1000, createTable(), 1300), 1);
    draw();
}

QWidget* TokenPanel::createFigure() {
    m_plot = new ScorePlot(tr("Tokenizers by domain"));
    m_plot->setObjectName(QStringLiteral("tokenPlot"));
    m_plot->setExportText(tr("Export fi&gure…"));
    const QString label = tr("&Measure:");
    m_measure = createCombo("tokenMeasure", label);
    for (const TokenRatio ratio : allTokenRatios())
        m_measure->addItem(tokenRatioName(ratio), int(ratio));
    connect(m_measure, &QComboBox::currentIndexChanged, this, &TokenPanel::draw);
    auto* row = new QHBoxLayout;
    addLabelled(*row, label, m_measure);
    row->addStretch(1);
    return createUnderTools(row, m_plot);
}

QWidget* TokenPanel::createTable() {
    m_table = new ReportTableView(tr("Tokenizers by domain"));
    m_table->setObjectName(QStringLiteral("tokenTable"));
    m_state = new TintedLabel;
    m_state->setObjectName(QStringLiteral("tokenState"));
    m_state->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->addWidget(m_state, 1);
    row->addWidget(
        createExportButton("exportTokens", tr("Export &table…"), m_table, QStringLiteral("tokenizers")));
    return createUnderTools(row, m_table);
}

void TokenPanel::setSource(DataSource* source) {
    m_source = source;
    ++m_asked;
    setCorpus({});
    setTokenizers({});
    m_measures.clear();
    draw();
}

void TokenPanel::setCorpus(const std::optional<ListedCorpus>& corpus) {
    const ListedCorpus asked = corpus.value_or(ListedCorpus());
    const bool isSame = asked.name == m_corpus.name && asked.identity == m_corpus.identity;
    m_corpus = asked;
    if (isSame) return;
    m_isStale = true;
    refresh();
}

void TokenPanel::setTokenizers(std::vector<ListedTokenizer> tokenizers) {
    const bool isSame =
        std::ranges::equal(tokenizers, m_tokenizers, {}, &ListedTokenizer::id, &ListedTokenizer::id);
    m_tokenizers = std::move(tokenizers);
    if (isSame) return;
    m_isStale = true;
    refresh();
}

void TokenPanel::refresh() {
    if (m_isStale && isVisible()) ask();
}

void TokenPanel::ask() {
    m_isStale = false;
    const int question = ++m_asked;
    m_measures.clear();
    m_problem.clear();
    draw();
    if (m_source == nullptr || m_corpus.name.empty() || !m_corpus.problem.empty() || m_tokenizers.empty())
        return;
    std::vector<std::string> ids;
    for (const ListedTokenizer& tokenizer : m_tokenizers)
        ids.push_back(tokenizer.id);
    m_source->compareTokenizers(
        m_corpus.name, ids, [this, question](const TokenizerMeasure& measure, const std::string& problem) {
            if (question != m_asked) return;
            if (problem.empty()) m_measures.push_back(measure);
            m_problem = QString::fromStdString(problem);
            draw();
        });
}

void TokenPanel::draw() {
    std::vector<NamedMeasure> named;
    for (const ListedTokenizer& tokenizer : m_tokenizers) {
        const auto found = std::ranges::find(m_measures, tokenizer.id, &TokenizerMeasure::tokenizer);
        if (found != m_measures.end()) named.push_back({QString::fromStdString(tokenizer.label), &*found});
    }
    m_plot->setFigure(tokenFigure(named, static_cast<TokenRatio>(m_measure->currentData().toInt())));
    m_table->setTable(tokenTable(named));
    const bool isDone = m_measures.size() == m_tokenizers.size();
    m_state->setText(!m_problem.isEmpty() ? m_problem
                     : m_tokenizers.empty()
                         ? tr("The workspace has no tokenizer yet; a run makes one when it "
                              "begins.")
                     : !isDone ? tr("Counting tokens…")
                               : countedText(named));
}

void TokenPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

} // namespace retort
