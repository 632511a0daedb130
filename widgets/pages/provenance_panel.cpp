// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/provenance_panel.h"

#include "widgets/forms/bold_font.h"
#include "widgets/forms/tinted_label.h"
#include "widgets/forms/tool_button.h"
#include "widgets/pages/data_tables.h"
#include "widgets/tables/report_table_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

namespace retort {

ProvenancePanel::ProvenancePanel(QWidget* parent)
    : QWidget(parent),
      m_facts(new ReportTableView(tr("How the corpus was made"))),
      m_sources(new ReportTableView(tr("Sources and licences"))),
      m_noSources(new TintedLabel(tr("The corpus does not say where its text comes from."))) {
    m_facts->setObjectName(QStringLiteral("facts"));
    m_sources->setObjectName(QStringLiteral("sources"));
    m_noSources->setAlignment(Qt::AlignCenter);
    m_noSources->setWordWrap(true);
    auto* sources = createTable(m_sources, tr("Sources and licences, and characters of each domain"),
                                QStringLiteral("sources"), tr("Export s&ources…"));
    sources->layout()->addWidget(m_noSources);
    auto* split = new QSplitter(Qt::Horizontal);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(8);
    split->addWidget(
        createTable(m_facts, tr("How it was made"), QStringLiteral("provenance"), tr("Export &table…")));
    split->addWidget(sources);
    split->setSizes({1000, 1500});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(split, 1);
}

QWidget* ProvenancePanel::createTable(ReportTableView* table, const QString& title, const QString& file,
                                      const QString& save) {
    auto* heading = new QLabel(title);
    heading->setFont(boldFont(heading->font()));
    auto* button = createToolButton("exportProvenance", save, tr("As CSV, Markdown or LaTeX"));
    connect(button, &QToolButton::clicked, table, [table, file] { table->askAndExport(file); });
    auto* row = new QHBoxLayout;
    row->addWidget(heading, 1);
    row->addWidget(button);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(table, 1);
    return box;
}

void ProvenancePanel::setCorpus(const std::optional<ListedCorpus>& corpus) {
    const ListedCorpus shown = corpus.value_or(ListedCorpus());
    m_facts->setTable(factTable(shown));
    m_sources->setTable(sourceTable(shown));
    m_sources->setVisible(!shown.sources.empty());
    m_noSources->setVisible(shown.sources.empty());
}

} // namespace retort
