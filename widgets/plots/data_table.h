// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers behind a plot, as a table to read: for screen readers, and for whoever wants to know exactly.
#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <functional>

namespace retort {

/// Words and numbers as they are to be read.
class DataTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    DataTableModel(QStringList headings, QList<QStringList> rows, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_headings;
    QList<QStringList> m_rows;
};

/// What a plot exports: a line of headings, then rows (RFC 4180). Numbers are shown in the language of the
/// window, with six digits; the file has all.
[[nodiscard]] DataTableModel* csvTable(const QString& csv);

/// The cells of a heat map one below the other, as they are now: row, column, value, and in words what the
/// cell's tool tip says.
[[nodiscard]] DataTableModel* cellList(const QAbstractItemModel& cells);

/// Opens a window with the table, which is given the model; it goes when it is closed, or with `plot`.
/// Ctrl+C copies the selected cells, divided by tabs. `save` is what its button Export does; none: it has no
/// such button.
void openDataTable(QWidget& plot, const QString& title, QAbstractItemModel* model,
                   const std::function<void()>& save = {});

} // namespace retort
