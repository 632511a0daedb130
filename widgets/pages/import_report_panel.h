// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/import_report.h"

#include <QWidget>
#include <optional>

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace retort {

class ReportTableView;
class ScorePlot;

/// What an import took, what it left out and why.
class ImportReportPanel : public QWidget {
    Q_OBJECT
public:
    /// `advice`: what stands there without a report.
    explicit ImportReportPanel(const QString& advice, QWidget* parent = nullptr);

    void setReport(const std::optional<ImportReport>& report);

private:
    QWidget* createReport();
    ReportTableView* addTable(QTabWidget& tabs, const char* name, const QString& title);
    void askAndExport();

    QStackedWidget* m_stack;
    QLabel* m_remarks = nullptr;
    ScorePlot* m_balance = nullptr;
    QTabWidget* m_tables = nullptr;
    ReportTableView* m_domains = nullptr;
    ReportTableView* m_skipped = nullptr;
    ReportTableView* m_examples = nullptr;
    ReportTableView* m_sources = nullptr;
};

} // namespace retort
