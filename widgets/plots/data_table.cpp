// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/data_table.h"

#include "widgets/plots/csv_file.h"
#include "widgets/plots/number_text.h"

#include <QAction>
#include <QClipboard>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace retort {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(retort::DataTable)
};

/// Of a field in a file, where numbers are written in the C locale.
QString readable(const QString& field) {
    bool isWhole = false, isNumber = false;
    const qlonglong whole = field.toLongLong(&isWhole);
    const double number = field.toDouble(&isNumber);
    return isWhole ? wholeText(whole) : isNumber ? numberText(number, 6) : field;
}

/// From the first to the last selected cell.
QString selectedText(const QTableView& table) {
    const QItemSelection selection = table.selectionModel()->selection();
    if (selection.isEmpty()) return {};
    QStringList lines;
    const QItemSelectionRange range = selection.first();
    for (int row = range.top(); row <= range.bottom(); ++row) {
        QStringList cells;
        for (int column = range.left(); column <= range.right(); ++column)
            cells << table.model()->index(row, column).data().toString();
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

QTableView* createTable(QAbstractItemModel* model, const QString& name) {
    auto* table = new QTableView;
    model->setParent(table);
    table->setModel(model);
    table->setAccessibleName(name);
    table->setAlternatingRowColors(true);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionResizeMode(
        model->columnCount() <= 3 ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    auto* copy = new QAction(Text::tr("&Copy"), table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    table->addAction(copy);
    table->setContextMenuPolicy(Qt::ActionsContextMenu);
    QObject::connect(copy, &QAction::triggered, table,
                     [table] { QGuiApplication::clipboard()->setText(selectedText(*table)); });
    return table;
}

} // namespace

DataTableModel::DataTableModel(QStringList headings, QList<QStringList> rows, QObject* parent)
    : QAbstractTableModel(parent), m_headings(std::move(headings)), m_rows(std::move(rows)) {}

int DataTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DataTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_headings.size());
}

QVariant DataTableModel::data(const QModelIndex& index, int role) const {
    const QString field = m_rows[index.row()].value(index.column());
    if (role == Qt::DisplayRole) return field;
    if (role != Qt::TextAlignmentRole) return {};
    bool isNumber = false;
    QLocale().toDouble(field, &isNumber);
    return QVariant((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QVariant DataTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
    return m_headings.value(section);
}

DataTableModel* csvTable(const QString& csv) {
    QList<QStringList> rows = csvRows(csv);
    const QStringList headings = rows.isEmpty() ? QStringList() : rows.takeFirst();
    for (QStringList& row : rows)
        for (QString& field : row)
            field = readable(field);
    return new DataTableModel(headings, std::move(rows));
}

DataTableModel* cellList(const QAbstractItemModel& cells) {
    QList<QStringList> rows;
    for (int row = 0; row < cells.rowCount(); ++row)
        for (int column = 0; column < cells.columnCount(); ++column) {
            const QModelIndex cell = cells.index(row, column);
            rows << QStringList{cells.headerData(row, Qt::Vertical).toString(),
                                cells.headerData(column, Qt::Horizontal).toString(), cell.data().toString(),
                                cell.data(Qt::ToolTipRole).toString()};
        }
    const QStringList headings = {Text::tr("Row"), Text::tr("Column"), Text::tr("Value"),
                                  Text::tr("In words")};
    return new DataTableModel(headings, std::move(rows));
}

void openDataTable(QWidget& plot, const QString& title, QAbstractItemModel* model,
                   const std::function<void()>& save) {
    auto* dialog = new QDialog(&plot);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("dataTable"));
    dialog->setWindowTitle(Text::tr("%1: data").arg(title));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    if (save) {
        QPushButton* button = buttons->addButton(Text::tr("&Export…"), QDialogButtonBox::ActionRole);
        QObject::connect(button, &QPushButton::clicked, &plot, save);
    }
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(createTable(model, dialog->windowTitle()));
    layout->addWidget(buttons);
    dialog->resize(model->columnCount() > 3 ? 760 : 560, 480);
    dialog->show();
}

} // namespace retort
