// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QTableView>

namespace retort {

class RunTableModel;

/// Rows that hold every word of the filter, in any order; rows without a value sort last either way.
class RunFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit RunFilter(RunTableModel* model, QObject* parent = nullptr);
    void setWords(const QString& words);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    QStringList m_words;
};

/// Columns can be moved, hidden (menu of the header) and sorted; their layout is kept by name, so that it
/// outlives the coming and going of domains.
class RunTable : public QTableView {
    Q_OBJECT
public:
    explicit RunTable(RunTableModel* model, QWidget* parent = nullptr);

    void setFilter(const QString& words);
    /// Of the selected rows, from the top.
    [[nodiscard]] QStringList selectedIds() const;
    /// Of the row with the focus; empty without one.
    [[nodiscard]] QString currentId() const;
    [[nodiscard]] int shownCount() const;
    void select(const QString& id);

    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray& layout);

Q_SIGNALS:
    void openRequested(const QString& id);
    void selectionMoved();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void showColumnMenu(const QPoint& place);
    void fitColumns();
    void onColumnsInserted(const QModelIndex& parent, int first, int last);
    void sortAgain();
    void applyLayout();
    void copySelection() const;
    [[nodiscard]] QString idAt(int row) const;

    RunTableModel* m_model;
    RunFilter* m_filter;
    QByteArray m_layout; ///< as restored; applied again when columns come
    bool m_isFitted = false;
};

} // namespace retort
