// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/data_source.h"

#include <QWidget>
#include <optional>

class QLabel;

namespace retort {

class ReportTableView;

/// How a corpus was made, from what, and under which licences.
class ProvenancePanel : public QWidget {
    Q_OBJECT
public:
    explicit ProvenancePanel(QWidget* parent = nullptr);

    /// Without: none.
    void setCorpus(const std::optional<ListedCorpus>& corpus);

private:
    QWidget* createTable(ReportTableView* table, const QString& title, const QString& file,
                         const QString& save);

    ReportTableView* m_facts;
    ReportTableView* m_sources;
    QLabel* m_noSources;
};

} // namespace retort
