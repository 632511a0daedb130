// SPDX-License-Identifier: GPL-3.0-or-later
// A table of a report in the window: sorted, copied, and exported as a paper takes it.
#pragma once

#include "report/table.h"
#include "widgets/tables/in_place_model.h"

#include <QString>
#include <QTableView>

class QSortFilterProxyModel;

namespace retort {

class ReportTableModel : public InPlaceModel {
    Q_OBJECT
public:
    static constexpr int SortRole = Qt::UserRole; ///< a number where the cell has a value, else its text
    using InPlaceModel::InPlaceModel;

    /// Rows change in place while columns and the texts of the first column stay the same.
    void setTable(ReportTable table);
    [[nodiscard]] const ReportTable& table() const { return m_table; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ReportTable m_table;
};

/// Sorts by a click on a heading, or by S on the column of the current cell; Ctrl+C copies the rows as
/// Markdown. Rows stand as they were given until somebody sorts.
class ReportTableView : public QTableView {
    Q_OBJECT
public:
    explicit ReportTableView(const QString& name, QWidget* parent = nullptr);

    void setTable(ReportTable table);
    [[nodiscard]] const ReportTable& table() const { return m_model->table(); }
    /// Row of the table, however it is sorted; -1: none.
    [[nodiscard]] int currentRow() const;
    void chooseRow(int row);
    /// By the ending: csv, md or tex. Returns an empty text, or one sentence why not.
    [[nodiscard]] QString exportTo(const QString& file) const;
    /// Asks for a file name, `name` without its ending at first.
    void askAndExport(const QString& name);

Q_SIGNALS:
    void rowChanged(int row);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    int sizeHintForColumn(int column) const override;

private:
    void copy() const;
    void sortBy(int column);

    ReportTableModel* m_model;
    QSortFilterProxyModel* m_sorted;
};

} // namespace retort
