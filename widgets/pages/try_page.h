// SPDX-License-Identifier: GPL-3.0-or-later
// A text, and how trained runs go on with it, side by side.
#pragma once

#include "spec/run_record.h"
#include "widgets/pages/try_source.h"

#include <QWidget>
#include <vector>

class QPlainTextEdit;
class QSplitter;
class QStackedWidget;

namespace retort {

class ContinuationPanel;
class TryTools;

class TryPage : public QWidget {
    Q_OBJECT
public:
    static constexpr std::size_t mostColumns = 4;

    explicit TryPage(QWidget* parent = nullptr);
    ~TryPage() override;

    /// Who writes. Must outlive the page or the next call; null: nobody.
    void setSource(TrySource* source);
    /// The runs there are now, in any order and state; those that can write are offered, newest first. At
    /// first there is a column for the newest teacher, student and modular model.
    void setRuns(const std::vector<RunRecord>& runs);

private:
    void createParts();
    QWidget* createContent();
    void addColumn();
    void removeColumn(ContinuationPanel* column);
    void fillColumns();
    void showColumns();
    void write();
    void stop();
    [[nodiscard]] TryListener listener();

    TrySource* m_source = nullptr;
    std::vector<RunRecord> m_runs; ///< that can write
    std::vector<ContinuationPanel*> m_columns;
    std::size_t m_writing = 0; ///< texts under way
    QStackedWidget* m_stack = nullptr;
    QPlainTextEdit* m_prompt = nullptr;
    TryTools* m_tools = nullptr;
    QSplitter* m_splitter = nullptr;
};

} // namespace retort
