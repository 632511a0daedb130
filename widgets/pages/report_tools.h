// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/tool_row.h"

#include <QStringList>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QToolButton;

namespace retort {

/// The row above a report: what it is of, and what can be done with it.
class ReportTools : public ToolRow {
    Q_OBJECT
public:
    explicit ReportTools(QWidget* parent = nullptr);

    /// What was chosen stays chosen while it is there.
    void setStudies(const std::vector<std::string>& studies);
    void chooseStudy(const QString& study);
    /// One more choice, which is taken: runs by their ids.
    void chooseRuns(const QStringList& ids);
    /// A study's name, or ids of runs; empty: there is nothing to choose.
    [[nodiscard]] std::vector<std::string> names() const;
    void setReady(bool isReady, int pages);

Q_SIGNALS:
    void namesChanged();
    void refreshRequested();
    void exportRequested();

private:
    void fill();

    QComboBox* m_subject = nullptr;
    QToolButton* m_export = nullptr;
    QLabel* m_pages = nullptr;
    std::vector<std::string> m_studies;
    QStringList m_runs;
};

} // namespace retort
