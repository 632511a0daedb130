// SPDX-License-Identifier: GPL-3.0-or-later
// All runs of a workspace: find, open, go on, compare, clone, mark, delete; and the bin.
#pragma once

#include "spec/run_record.h"
#include "spec/study_spec.h"

#include <QStringList>
#include <QWidget>
#include <memory>
#include <vector>

class QAction;
class QComboBox;
class QLabel;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace retort {

class InlineMessage;
class RunChanges;
class RunDetail;
class RunFilterEdit;
class RunTable;
class RunTableModel;
class SavedFilters;
struct RunActions;

class RunsPage : public QWidget {
    Q_OBJECT
public:
    explicit RunsPage(QWidget* parent = nullptr);
    ~RunsPage() override;

    /// The runs there are now; selection and scrolling stay with those that stay.
    void setRuns(std::vector<RunRecord> runs);
    /// Those that were deleted and can be brought back.
    void setBin(std::vector<RunRecord> bin);
    /// One run is new or has changed.
    void updateRun(const RunRecord& run);
    void selectRun(const QString& id);
    /// Nothing that was done before can be undone: the runs are of another workspace.
    void forgetChanges();

    /// Undo and redo of what was done here, for the menu of a window.
    [[nodiscard]] QList<QAction*> undoActions() const;

    /// Columns, groups, saved filters and the width of the detail, for the settings.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);

Q_SIGNALS:
    void openRequested(const QString& id);
    void resumeRequested(const QString& id);
    void stopRequested(const QString& id);
    void cloneRequested(const QString& id);
    /// The study that the run belongs to.
    void studyRequested(const QString& id);
    /// A run that changes the experts of a finished model.
    void runRequested(const retort::RunPlan& plan);
    void compareRequested(const QStringList& ids);
    /// Of finished runs.
    void reportRequested(const QStringList& ids);
    /// The rows change at once; so it is with the next three, also when a change is undone.
    void marked(const QString& id, const retort::RunMarks& marks);
    void deleteRequested(const QStringList& ids);
    void restoreRequested(const QStringList& ids);
    /// For good.
    void eraseRequested(const QStringList& ids);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    QWidget* createFilterRow();
    QWidget* createActionRow();
    QWidget* createContent();
    QWidget* createUndoBar();
    QComboBox* createGrouping();
    void connectActions();
    void connectMarks();
    void connectTable();
    void connectChanges();

    void showList(bool isBin);
    void refreshFields();
    void refreshSelection();
    void refreshDetail();
    void refreshCount();
    void applyMarks(const QString& id, const RunMarks& marks);
    void applyMove(const QStringList& ids, bool isIntoBin);
    void deleteSelected();
    void eraseRuns();
    void toggleStar(const QStringList& ids);
    void tagSelected();
    void addTags(const QStringList& ids, const QString& tags);
    void showColumns();
    void showDifference();
    void showExperts();
    [[nodiscard]] bool isBin() const;
    [[nodiscard]] std::vector<const RunRecord*> selected() const;
    [[nodiscard]] const RunRecord* selectedRun() const;

    RunTableModel* m_model;
    RunChanges* m_changes;
    std::unique_ptr<RunActions> m_actions;
    std::vector<RunRecord> m_hidden; ///< the bin while the runs are shown, and the runs while the bin is
    RunTable* m_table = nullptr;
    RunDetail* m_detail = nullptr;
    RunFilterEdit* m_filter = nullptr;
    SavedFilters* m_saved = nullptr;
    InlineMessage* m_problem = nullptr;
    QLabel* m_count = nullptr;
    QComboBox* m_grouping = nullptr;
    QToolButton* m_bin = nullptr;
    QStackedWidget* m_stack = nullptr;
    QSplitter* m_splitter = nullptr;
    QWidget* m_actionRow = nullptr;
    QWidget* m_undoBar = nullptr;
    QLabel* m_undoText = nullptr;
};

} // namespace retort
