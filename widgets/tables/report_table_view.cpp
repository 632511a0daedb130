// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/report_table_view.h"

#include "widgets/forms/bold_font.h"
#include "widgets/plots/csv_file.h"
#include "widgets/plots/figure_file.h"
#include "widgets/tables/reading_table.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSortFilterProxyModel>
#include <algorithm>

namespace retort {
namespace {

/// Whether both have the same columns, and the same rows by their first cells.
bool haveSameShape(const ReportTable& a, const ReportTable& b) {
    const auto name = [](const std::vector<TableCell>& row) { return row.empty() ? "" : row.front().text; };
    return std::ranges::equal(a.columns, b.columns, {}, &TableColumn::title, &TableColumn::title) &&
           std::ranges::equal(a.rows, b.rows, {}, name, name);
}

} // namespace

void ReportTableModel::setTable(ReportTable table) {
    exchange(haveSameShape(table, m_table), [&] { m_table = std::move(table); });
}

int ReportTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
}

int ReportTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
}

QVariant ReportTableModel::data(const QModelIndex& index, int role) const {
    const auto column = static_cast<std::size_t>(index.column());
    const TableCell& cell = m_table.rows[static_cast<std::size_t>(index.row())][column];
    const bool isNumeric = m_table.columns[column].is_numeric;
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(cell.text);
    case Qt::ToolTipRole:
        return isNumeric ? QVariant() : QString::fromStdString(cell.text);
    case Qt::TextAlignmentRole:
        return cellAlignment(!isNumeric);
    case Qt::FontRole:
        return cell.is_best ? QVariant(boldFont()) : QVariant();
    case SortRole:
        return cell.value ? QVariant(*cell.value) : QVariant(QString::fromStdString(cell.text));
    default:
        return {};
    }
}

QVariant ReportTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const TableColumn& column = m_table.columns[static_cast<std::size_t>(section)];
    if (role == Qt::TextAlignmentRole) return cellAlignment(!column.is_numeric);
    if (role == Qt::ToolTipRole) return tr("Press S to sort by the column of the current cell");
    return role == Qt::DisplayRole ? QString::fromStdString(column.title) : QVariant();
}

ReportTableView::ReportTableView(const QString& name, QWidget* parent)
    : QTableView(parent), m_model(new ReportTableModel(this)), m_sorted(new QSortFilterProxyModel(this)) {
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(ReportTableModel::SortRole);
    m_sorted->setSortLocaleAware(true);
    setModel(m_sorted);
    setAccessibleName(name);
    setUpReadingTable(*this);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this] { Q_EMIT rowChanged(currentRow()); });
}

void ReportTableView::setTable(ReportTable table) {
    horizontalHeader()->setStretchLastSection(!table.columns.empty() && !table.columns.back().is_numeric);
    m_model->setTable(std::move(table));
}

int ReportTableView::currentRow() const {
    return m_sorted->mapToSource(currentIndex()).row();
}

void ReportTableView::chooseRow(int row) {
    const QModelIndex index = m_sorted->mapFromSource(m_model->index(row, 0));
    if (index.isValid() && row != currentRow()) setCurrentIndex(index);
}

QString ReportTableView::exportTo(const QString& file) const {
    const QString ending = QFileInfo(file).suffix().toLower();
    const auto written = [&](const ReportTable& shown) {
        if (ending == QLatin1String("md")) return to_markdown(shown);
        return ending == QLatin1String("tex") ? to_latex(shown) : to_csv(shown);
    };
    return saveText(QString::fromStdString(written(table())), file);
}

void ReportTableView::askAndExport(const QString& name) {
    askAndSaveTypesetTable(this, tr("Export table"), name,
                           [this](const QString& file) { return exportTo(file); });
}

/// With air between the columns.
int ReportTableView::sizeHintForColumn(int column) const {
    return 2 * fontMetrics().averageCharWidth() + QTableView::sizeHintForColumn(column);
}

void ReportTableView::copy() const {
    QGuiApplication::clipboard()->setText(QString::fromStdString(to_markdown(table())));
}

/// Rising, falling, then as it was given.
void ReportTableView::sortBy(int column) {
    if (column < 0) return;
    if (m_sorted->sortColumn() != column) return sortByColumn(column, Qt::AscendingOrder);
    if (m_sorted->sortOrder() == Qt::AscendingOrder) return sortByColumn(column, Qt::DescendingOrder);
    sortByColumn(-1, Qt::AscendingOrder);
}

void ReportTableView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->key() == Qt::Key_S && event->modifiers() == Qt::NoModifier)
        sortBy(currentIndex().column());
    else
        QTableView::keyPressEvent(event);
}

} // namespace retort
