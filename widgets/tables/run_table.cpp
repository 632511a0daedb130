// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/run_table.h"

#include "widgets/plots/series_style.h"
#include "widgets/tables/reading_table.h"
#include "widgets/tables/run_table_model.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

namespace retort {
namespace {

/// The text, and below it a thin bar as long as the share that is done.
class ProgressDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const double share = std::clamp(index.data(RunTableModel::ProgressRole).toDouble(), 0.0, 1.0);
        QRectF bar(option.rect.left() + 3, option.rect.bottom() - 3, option.rect.width() - 6, 2);
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        QColor color = option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
        color.setAlpha(40);
        painter->fillRect(bar, color);
        bar.setWidth(bar.width() * share);
        painter->fillRect(bar,
                          option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Highlight));
    }
};

} // namespace

RunFilter::RunFilter(RunTableModel* model, QObject* parent) : QSortFilterProxyModel(parent) {
    setSourceModel(model);
    setSortRole(RunTableModel::SortRole);
    setDynamicSortFilter(true);
}

void RunFilter::setWords(const QString& words) {
    m_words = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool RunFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    if (m_words.isEmpty()) return true;
    const QString text = sourceModel()->index(row, 0, parent).data(RunTableModel::FilterRole).toString();
    return std::ranges::all_of(m_words,
                               [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool RunFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const QVariant a = left.data(sortRole()), b = right.data(sortRole());
    if (a.isValid() != b.isValid()) return a.isValid() == (sortOrder() == Qt::AscendingOrder);
    return QSortFilterProxyModel::lessThan(left, right);
}

RunTable::RunTable(RunTableModel* model, QWidget* parent)
    : QTableView(parent), m_model(model), m_filter(new RunFilter(model, this)) {
    setModel(m_filter);
    model->setDark(isDark(palette()));
    setObjectName(QStringLiteral("runTable"));
    setAccessibleName(tr("Runs"));
    setUpReadingTable(*this, 9);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setWordWrap(false);
    setSortingEnabled(true);
    sortByColumn(RunTableModel::Created, Qt::DescendingOrder);
    setItemDelegateForColumn(RunTableModel::Progress, new ProgressDelegate(this));
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView* header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setResizeContentsPrecision(60);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, &RunTable::showColumnMenu);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &RunTable::fitColumns);
    connect(m_filter, &QAbstractItemModel::columnsInserted, this, &RunTable::onColumnsInserted);
    connect(model, &QAbstractItemModel::columnsInserted, this, &RunTable::sortAgain);
    connect(this, &QTableView::doubleClicked, this,
            [this](const QModelIndex& index) { Q_EMIT openRequested(idAt(index.row())); });
}

void RunTable::setFilter(const QString& words) {
    m_filter->setWords(words);
}

QString RunTable::idAt(int row) const {
    return QString::fromStdString(m_model->run(m_filter->mapToSource(m_filter->index(row, 0)).row()).id);
}

QStringList RunTable::selectedIds() const {
    QList<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows << index.row();
    std::ranges::sort(rows);
    QStringList ids;
    for (const int row : rows)
        ids << idAt(row);
    return ids;
}

QString RunTable::currentId() const {
    return currentIndex().isValid() ? idAt(currentIndex().row()) : QString();
}

int RunTable::shownCount() const {
    return m_filter->rowCount();
}

void RunTable::select(const QString& id) {
    const int row = m_model->rowOf(id);
    if (row < 0) return;
    const QModelIndex index = m_filter->mapFromSource(m_model->index(row, 0));
    if (index.isValid()) selectRow(index.row());
}

void RunTable::fitColumns() {
    if (m_isFitted || m_model->rowCount() == 0) return;
    m_isFitted = true;
    if (m_layout.isEmpty()) resizeColumnsToContents();
}

QByteArray RunTable::saveColumns() const {
    const QHeaderView* header = horizontalHeader();
    QJsonArray columns;
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        columns.append(
            QJsonObject{{"key", m_model->columnKey(column)},
                        {"width", header->isSectionHidden(column) ? 0 : header->sectionSize(column)}});
    }
    const QJsonObject layout{{"columns", columns},
                             {"sort", m_model->columnKey(header->sortIndicatorSection())},
                             {"descending", header->sortIndicatorOrder() == Qt::DescendingOrder}};
    return QJsonDocument(layout).toJson(QJsonDocument::Compact);
}

void RunTable::restoreColumns(const QByteArray& layout) {
    m_layout = layout;
    applyLayout();
}

/// Perplexities stand beside the losses until a person moves them.
void RunTable::onColumnsInserted(const QModelIndex&, int first, int last) {
    QHeaderView* header = horizontalHeader();
    for (int column = first; column <= last; ++column)
        header->moveSection(header->visualIndex(column), header->visualIndex(RunTableModel::Speed));
    applyLayout();
}

/// The proxy of Qt 6.4 forgets what it sorts by when columns come before its first row.
void RunTable::sortAgain() {
    const QHeaderView* header = horizontalHeader();
    m_filter->sort(-1);
    m_filter->sort(header->sortIndicatorSection(), header->sortIndicatorOrder());
}

/// Columns that the layout does not know keep their place behind those that it does.
void RunTable::applyLayout() {
    const QJsonObject layout = QJsonDocument::fromJson(m_layout).object();
    QHash<QString, int> byKey;
    for (int column = 0; column < m_model->columnCount(); ++column)
        byKey.insert(m_model->columnKey(column), column);
    QHeaderView* header = horizontalHeader();
    int place = 0;
    for (const QJsonValue& value : layout.value(QLatin1String("columns")).toArray()) {
        const int column = byKey.value(value[QLatin1String("key")].toString(), -1);
        if (column < 0) continue;
        header->moveSection(header->visualIndex(column), place++);
        const int width = value[QLatin1String("width")].toInt();
        header->setSectionHidden(column, width == 0);
        if (width > 0) header->resizeSection(column, width);
    }
    const int sorted = byKey.value(layout.value(QLatin1String("sort")).toString(), -1);
    const bool isDescending = layout.value(QLatin1String("descending")).toBool();
    if (sorted >= 0) sortByColumn(sorted, isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void RunTable::showColumnMenu(const QPoint& place) {
    QMenu menu(this);
    for (int column = 0; column < m_model->columnCount(); ++column) {
        QAction* action =
            menu.addAction(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(column != RunTableModel::Study);
        connect(action, &QAction::toggled, this,
                [this, column](bool isShown) { setColumnHidden(column, !isShown); });
    }
    menu.addSeparator();
    menu.addAction(tr("&Fit widths"), this, &QTableView::resizeColumnsToContents);
    menu.exec(horizontalHeader()->mapToGlobal(place));
}

/// Tab-separated, with the titles, as spreadsheets take it.
void RunTable::copySelection() const {
    QStringList lines;
    const auto line = [&](const auto& textOf) {
        QStringList cells;
        for (int place = 0; place < horizontalHeader()->count(); ++place) {
            const int column = horizontalHeader()->logicalIndex(place);
            if (!isColumnHidden(column)) cells << textOf(column);
        }
        lines << cells.join(QLatin1Char('\t'));
    };
    line([&](int column) { return m_filter->headerData(column, Qt::Horizontal).toString(); });
    for (const QModelIndex& row : selectionModel()->selectedRows())
        line([&](int column) { return row.siblingAtColumn(column).data().toString(); });
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void RunTable::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (currentIndex().isValid()) Q_EMIT openRequested(currentId());
        return;
    }
    if (event->matches(QKeySequence::Copy)) return copySelection();
    QTableView::keyPressEvent(event);
}

void RunTable::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) m_model->setDark(isDark(palette()));
    QTableView::changeEvent(event);
}

void RunTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectionMoved();
}

} // namespace retort
