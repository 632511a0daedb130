// SPDX-License-Identifier: GPL-3.0-or-later
// All runs of a workspace: find, open, go on, compare, clone, delete.
#pragma once

#include "spec/run_record.h"
#include "spec/study_spec.h"

#include <QStringList>
#include <QWidget>
#include <vector>

class QAction;
class QLabel;
class QLineEdit;
class QSplitter;
class QStackedWidget;

namespace retort {

class RunDetail;
class RunTable;
class RunTableModel;

class RunsPage : public QWidget {
    Q_OBJECT
public:
    explicit RunsPage(QWidget* parent = nullptr);
    ~RunsPage() override;

    /// The runs there are now; selection and scrolling stay with those that stay.
    void setRuns(std::vector<RunRecord> runs);
    /// One run is new or has changed.
    void updateRun(const RunRecord& run);
    void selectRun(const QString& id);

    /// Widths, order and sorting of the columns and the width of the detail, for the settings.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);

Q_SIGNALS:
    void openRequested(const QString& id);
    void resumeRequested(const QString& id);
    void stopRequested(const QString& id);
    void cloneRequested(const QString& id);
    /// A run that changes the experts of a finished model.
    void runRequested(const retort::RunPlan& plan);
    void compareRequested(const QStringList& ids);
    /// The rows go at once; undoDeleteRequested() asks to bring the last ones back, by setRuns().
    void deleteRequested(const QStringList& ids);
    void undoDeleteRequested();

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void createActions();
    QAction* createAction(const QString& text, const QKeySequence& keys, const QString& help);
    QWidget* createTools();
    QWidget* createContent();
    QWidget* createUndoBar();
    void connectActions();
    void refreshActions();
    void refreshDetail();
    void refreshCount();
    void deleteSelected();
    void undoDelete();
    void showDifference();
    void showExperts();
    [[nodiscard]] const RunRecord* selectedRun() const;

    RunTableModel* m_model = nullptr;
    RunTable* m_table = nullptr;
    RunDetail* m_detail = nullptr;
    QLineEdit* m_filter = nullptr;
    QLabel* m_count = nullptr;
    QStackedWidget* m_stack = nullptr;
    QSplitter* m_splitter = nullptr;
    QWidget* m_undoBar = nullptr;
    QLabel* m_undoText = nullptr;
    QAction* m_open = nullptr;
    QAction* m_resume = nullptr;
    QAction* m_stop = nullptr;
    QAction* m_clone = nullptr;
    QAction* m_compare = nullptr;
    QAction* m_difference = nullptr;
    QAction* m_experts = nullptr;
    QAction* m_delete = nullptr;
    QAction* m_undo = nullptr;
};

} // namespace retort
