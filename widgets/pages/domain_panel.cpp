// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/domain_panel.h"

#include "widgets/forms/inline_message.h"
#include "widgets/pages/data_figures.h"
#include "widgets/pages/data_tables.h"
#include "widgets/pages/tool_row.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/report_table_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace retort {

DomainPanel::DomainPanel(QWidget* parent) : QWidget(parent) {
    m_problem = new InlineMessage(InlineMessage::Kind::problem);
    m_problem->setObjectName(QStringLiteral("corpusProblem"));
    m_content = createSideBySide(createBalance(), 1000, createTable(), 1150);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(m_problem);
    layout->addWidget(m_content, 1);
    layout->addStretch(0);
    setCorpus({});
}

QWidget* DomainPanel::createTable() {
    m_table = new ReportTableView(tr("Domains of the corpus"));
    m_table->setObjectName(QStringLiteral("domainTable"));
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(
        createExportButton("exportDomains", tr("Export &table…"), m_table, QStringLiteral("domains")));
    return createUnderTools(row, m_table);
}

QWidget* DomainPanel::createBalance() {
    m_balance = new ScorePlot(tr("Balance of the domains"));
    m_balance->setObjectName(QStringLiteral("balancePlot"));
    m_balance->setExportText(tr("Export fi&gure…"));
    const QString label = tr("A&mount in:");
    m_amount = createCombo("amount", label, tr("In what the text of the domains is counted"));
    m_amount->addItem(tr("characters"), int(TextAmount::characters));
    m_amount->addItem(tr("bytes"), int(TextAmount::bytes));
    m_amount->addItem(tr("articles"), int(TextAmount::articles));
    connect(m_amount, &QComboBox::currentIndexChanged, this, &DomainPanel::draw);
    auto* row = new QHBoxLayout;
    addLabelled(*row, label, m_amount);
    row->addStretch(1);
    return createUnderTools(row, m_balance);
}

void DomainPanel::setCorpus(const std::optional<ListedCorpus>& corpus) {
    m_corpus = corpus.value_or(ListedCorpus());
    m_problem->setText(QString::fromStdString(m_corpus.problem));
    m_content->setVisible(m_corpus.problem.empty());
    draw();
}

void DomainPanel::draw() {
    m_balance->setFigure(balanceFigure(m_corpus, static_cast<TextAmount>(m_amount->currentData().toInt())));
    m_table->setTable(domainTable(m_corpus));
}

} // namespace retort
