// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/domain_panel.h"

#include "widgets/forms/inline_message.h"
#include "widgets/forms/tool_button.h"
#include "widgets/pages/data_figures.h"
#include "widgets/pages/data_tables.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/report_table_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

namespace retort {

DomainPanel::DomainPanel(QWidget* parent) : QWidget(parent) {
    m_problem = new InlineMessage(InlineMessage::Kind::problem);
    m_problem->setObjectName(QStringLiteral("corpusProblem"));
    m_content = new QSplitter(Qt::Horizontal);
    m_content->setChildrenCollapsible(false);
    m_content->setHandleWidth(8);
    m_content->addWidget(createBalance());
    m_content->addWidget(createTable());
    m_content->setSizes({1000, 1150});
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
    auto* save = createToolButton("exportDomains", tr("Export &table…"), tr("As CSV, Markdown or LaTeX"));
    connect(save, &QToolButton::clicked, this, [this] { m_table->askAndExport(QStringLiteral("domains")); });
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(save);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_table, 1);
    return box;
}

QWidget* DomainPanel::createBalance() {
    m_balance = new ScorePlot(tr("Balance of the domains"));
    m_balance->setObjectName(QStringLiteral("balancePlot"));
    m_balance->setExportText(tr("Export fi&gure…"));
    m_amount = new QComboBox;
    m_amount->setObjectName(QStringLiteral("amount"));
    m_amount->setAccessibleName(tr("Amount"));
    m_amount->setToolTip(tr("In what the text of the domains is counted"));
    m_amount->addItem(tr("characters"), int(TextAmount::characters));
    m_amount->addItem(tr("bytes"), int(TextAmount::bytes));
    m_amount->addItem(tr("articles"), int(TextAmount::articles));
    auto* label = new QLabel(tr("A&mount in:"));
    label->setBuddy(m_amount);
    connect(m_amount, &QComboBox::currentIndexChanged, this, &DomainPanel::draw);
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_amount);
    row->addStretch(1);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_balance, 1);
    return box;
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
