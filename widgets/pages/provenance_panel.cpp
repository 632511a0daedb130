// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/provenance_panel.h"

#include "widgets/forms/bold_font.h"
#include "widgets/forms/tinted_label.h"
#include "widgets/pages/data_tables.h"
#include "widgets/pages/tool_row.h"
#include "widgets/tables/report_table_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>
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
    auto* facts =
        createTable(m_facts, tr("How it was made"), QStringLiteral("provenance"), tr("Export &table…"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(createSideBySide(facts, 1000, sources, 1500), 1);
}

QWidget* ProvenancePanel::createTable(ReportTableView* table, const QString& title, const QString& file,
                                      const QString& save) {
    auto* heading = new QLabel(title);
    heading->setFont(boldFont(heading->font()));
    auto* row = new QHBoxLayout;
    row->addWidget(heading, 1);
    row->addWidget(createExportButton("exportProvenance", save, table, file));
    return createUnderTools(row, table);
}

void ProvenancePanel::setCorpus(const std::optional<ListedCorpus>& corpus) {
    const ListedCorpus shown = corpus.value_or(ListedCorpus());
    m_facts->setTable(factTable(shown));
    m_sources->setTable(sourceTable(shown));
    m_sources->setVisible(!shown.sources.empty());
    m_noSources->setVisible(shown.sources.empty());
}

} // namespace retort
