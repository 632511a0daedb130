// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/import_report_panel.h"

#include "widgets/forms/tinted_label.h"
#include "widgets/forms/tool_button.h"
#include "widgets/pages/import_tables.h"
#include "widgets/pages/tool_row.h"
#include "widgets/plots/score_plot.h"
#include "widgets/tables/report_table_view.h"

#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

namespace retort {

ImportReportPanel::ImportReportPanel(const QString& advice, QWidget* parent)
    : QWidget(parent), m_stack(new QStackedWidget) {
    auto* words = new TintedLabel(advice);
    words->setAlignment(Qt::AlignCenter);
    words->setWordWrap(true);
    m_stack->addWidget(words);
    m_stack->addWidget(createReport());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(m_stack);
    setReport({});
}

QWidget* ImportReportPanel::createReport() {
    m_remarks = new QLabel;
    m_remarks->setObjectName(QStringLiteral("importRemarks"));
    m_remarks->setTextFormat(Qt::PlainText);
    m_remarks->setWordWrap(true);
    m_balance = new ScorePlot(tr("Balance before and after"));
    m_balance->setObjectName(QStringLiteral("importBalance"));
    m_balance->setExportText(tr("Export fi&gure…"));
    m_tables = new QTabWidget;
    m_tables->setDocumentMode(true);
    m_tables->setAccessibleName(tr("Tables of the import"));
    m_domains = addTable(*m_tables, "importedDomains", tr("Domains"));
    m_skipped = addTable(*m_tables, "skippedDocuments", tr("Left out"));
    m_examples = addTable(*m_tables, "skippedExamples", tr("Examples"));
    m_sources = addTable(*m_tables, "importedSources", tr("Sources"));
    auto* save = createToolButton("exportImport", tr("Export &table…"), tr("As CSV, Markdown or LaTeX"));
    connect(save, &QToolButton::clicked, this, &ImportReportPanel::askAndExport);
    m_tables->setCornerWidget(save);
    auto* report = new QWidget;
    auto* layout = new QVBoxLayout(report);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addWidget(m_remarks);
    layout->addWidget(createSideBySide(m_balance, 800, m_tables, 1300), 1);
    return report;
}

ReportTableView* ImportReportPanel::addTable(QTabWidget& tabs, const char* name, const QString& title) {
    auto* table = new ReportTableView(title);
    table->setObjectName(QLatin1String(name));
    tabs.addTab(table, title);
    return table;
}

void ImportReportPanel::setReport(const std::optional<ImportReport>& report) {
    m_stack->setCurrentIndex(report ? 1 : 0);
    const ImportReport shown = report.value_or(ImportReport());
    m_remarks->setText(report ? importRemarks(shown).join(QLatin1Char(' ')) : QString());
    m_balance->setFigure(importBalance(shown));
    m_domains->setTable(importedDomains(shown));
    m_skipped->setTable(skippedDocuments(shown));
    m_examples->setTable(skippedExamples(shown));
    m_sources->setTable(importedSources(shown));
}

void ImportReportPanel::askAndExport() {
    auto* table = qobject_cast<ReportTableView*>(m_tables->currentWidget());
    table->askAndExport(table->objectName());
}

} // namespace retort
