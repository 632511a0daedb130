// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/data_source.h"

#include <QWidget>
#include <optional>

class QComboBox;
class QSplitter;

namespace retort {

class InlineMessage;
class ReportTableView;
class ScorePlot;

/// What a corpus has of each domain, and how even that is.
class DomainPanel : public QWidget {
    Q_OBJECT
public:
    explicit DomainPanel(QWidget* parent = nullptr);

    /// Without: none.
    void setCorpus(const std::optional<ListedCorpus>& corpus);

private:
    QWidget* createTable();
    QWidget* createBalance();
    void draw();

    ListedCorpus m_corpus;
    InlineMessage* m_problem = nullptr;
    QSplitter* m_content = nullptr;
    ReportTableView* m_table = nullptr;
    QComboBox* m_amount = nullptr;
    ScorePlot* m_balance = nullptr;
};

} // namespace retort
