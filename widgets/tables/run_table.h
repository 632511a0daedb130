// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/run_filter.h"

#include <QStringList>
#include <QTreeView>

namespace retort {

class RunTableModel;
class ShownRuns;
enum class RunGrouping;

/// Columns can be moved, hidden (menu of the header) and sorted, and those of any field added; their layout
/// is kept by name, so that it outlives the coming and going of domains.
class RunTable : public QTreeView {
    Q_OBJECT
public:
    explicit RunTable(RunTableModel* model, QWidget* parent = nullptr);

    void setFilter(RunFilter filter);
    void setGrouping(RunGrouping grouping);
    /// Of the selected rows, from the top; of a group those of its runs that are shown.
    [[nodiscard]] QStringList selectedIds() const;
    /// Of the row with the focus; empty without one.
    [[nodiscard]] QString currentId() const;
    [[nodiscard]] int shownCount() const;
    void select(const QStringList& ids);

    /// By the path of RunFields; adds the column where there is none.
    void showField(const QString& path);
    void hideField(const QString& path);
    [[nodiscard]] bool showsField(const QString& path) const;

    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray& layout);

Q_SIGNALS:
    void openRequested(const QString& id);
    void starPressed(const QString& id);
    void columnsRequested();
    void selectionMoved();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    /// What a reset of the model would lose.
    struct Place {
        QStringList selected, open;
        QString current;
        int scrolled = 0;
    };
    void setUpHeader();
    void connectModel();
    void showColumnMenu(const QPoint& place);
    void fitColumns();
    void onColumnsInserted(const QModelIndex& parent, int first, int last);
    void sortAgain();
    void applyLayout();
    void addFieldsOfLayout();
    void keepPlace();
    void comeBack();
    void openRow(const QModelIndex& index);
    void copySelection() const;
    [[nodiscard]] QModelIndex indexOf(const QString& id) const;
    [[nodiscard]] int columnOfPath(const QString& path) const;

    RunTableModel* m_model;
    ShownRuns* m_shown;
    QByteArray m_layout; ///< as restored; applied again when columns come
    Place m_place;
    bool m_isFitted = false;
    bool m_isComingBack = false;
};

} // namespace retort
