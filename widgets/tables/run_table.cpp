// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/run_table.h"

#include "widgets/plots/series_style.h"
#include "widgets/tables/run_delegate.h"
#include "widgets/tables/run_table_model.h"
#include "widgets/tables/shown_runs.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <algorithm>
#include <array>

namespace retort {
namespace {

/// Those whose values the name holds, and those for which a first look has no room.
constexpr std::array hiddenAtFirst = {RunTableModel::Study, RunTableModel::Variant, RunTableModel::Seed,
                                      RunTableModel::TaskColumn, RunTableModel::Note};

QJsonObject parsed(const QByteArray& layout) {
    return QJsonDocument::fromJson(layout).object();
}

} // namespace

RunTable::RunTable(RunTableModel* model, QWidget* parent)
    : QTreeView(parent), m_model(model), m_shown(new ShownRuns(model, this)) {
    setModel(m_shown);
    model->setDark(isDark(palette()));
    setObjectName(QStringLiteral("runTable"));
    setAccessibleName(tr("Runs"));
    setItemDelegate(new RunDelegate(this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setAlternatingRowColors(true);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setRootIsDecorated(false);
    setExpandsOnDoubleClick(false);
    setUpHeader();
    connectModel();
    fitColumns();
}

void RunTable::setUpHeader() {
    setSortingEnabled(true);
    sortByColumn(RunTableModel::Created, Qt::DescendingOrder);
    header()->setSectionsMovable(true);
    header()->setFirstSectionMovable(true);
    header()->setStretchLastSection(false);
    header()->setHighlightSections(false);
    header()->setResizeContentsPrecision(60);
    header()->setMinimumSectionSize(24);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    header()->moveSection(RunTableModel::Star, 0);
    for (const int column : hiddenAtFirst)
        setColumnHidden(column, true);
    connect(header(), &QHeaderView::customContextMenuRequested, this, &RunTable::showColumnMenu);
}

void RunTable::connectModel() {
    connect(m_shown, &QAbstractItemModel::rowsInserted, this, &RunTable::fitColumns);
    connect(m_shown, &QAbstractItemModel::modelReset, this, &RunTable::fitColumns);
    connect(m_shown, &QAbstractItemModel::columnsInserted, this, &RunTable::onColumnsInserted);
    connect(m_model, &QAbstractItemModel::columnsInserted, this, &RunTable::sortAgain);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &RunTable::keepPlace);
    connect(m_shown, &QAbstractItemModel::modelReset, this, &RunTable::comeBack);
    connect(this, &QTreeView::doubleClicked, this, &RunTable::openRow);
    connect(this, &QTreeView::clicked, this, [this](const QModelIndex& index) {
        const RunRecord* run = m_shown->runAt(index);
        if (run != nullptr && index.column() == RunTableModel::Star)
            Q_EMIT starPressed(QString::fromStdString(run->id));
    });
}

void RunTable::setFilter(RunFilter filter) {
    m_shown->setFilter(std::move(filter));
}

void RunTable::setGrouping(RunGrouping grouping) {
    setRootIsDecorated(grouping != RunGrouping::none);
    m_model->setGrouping(grouping);
    const int needed = std::min(sizeHintForColumn(RunTableModel::Name), 360);
    if (columnWidth(RunTableModel::Name) < needed) setColumnWidth(RunTableModel::Name, needed);
}

/// Over a change of groups too; a run in a closed group stays selected and out of sight.
void RunTable::keepPlace() {
    m_layout = saveColumns();
    m_place = {selectedIds(), {}, currentId(), verticalScrollBar()->value()};
    for (int row = 0; row < m_shown->rowCount(); ++row) {
        const QModelIndex index = m_shown->index(row, 0);
        if (isExpanded(index)) m_place.open << m_shown->mapToSource(index).data().toString();
    }
}

void RunTable::comeBack() {
    m_isComingBack = true;
    applyLayout();
    for (int row = 0; row < m_shown->rowCount(); ++row) {
        const QModelIndex index = m_shown->index(row, 0);
        if (m_place.open.contains(m_shown->mapToSource(index).data().toString())) expand(index);
    }
    const QModelIndex current = indexOf(m_place.current);
    if (current.isValid()) selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    select(m_place.selected);
    executeDelayedItemsLayout(); // before it the bar has no length
    verticalScrollBar()->setValue(m_place.scrolled);
    m_isComingBack = false;
    Q_EMIT selectionMoved();
}

QStringList RunTable::selectedIds() const {
    QModelIndexList rows = selectionModel()->selectedRows();
    const auto place = [](const QModelIndex& index) {
        return index.parent().isValid() ? std::pair(index.parent().row(), index.row())
                                        : std::pair(index.row(), -1);
    };
    std::ranges::sort(rows, {}, place);
    QStringList ids;
    for (const QModelIndex& row : rows)
        ids << m_shown->idsAt(row);
    ids.removeDuplicates();
    return ids;
}

QString RunTable::currentId() const {
    const RunRecord* run = m_shown->runAt(currentIndex());
    return run == nullptr ? QString() : QString::fromStdString(run->id);
}

int RunTable::shownCount() const {
    return m_shown->runCount();
}

QModelIndex RunTable::indexOf(const QString& id) const {
    return m_shown->mapFromSource(m_model->indexOf(id));
}

void RunTable::select(const QStringList& ids) {
    QItemSelection selection;
    for (const QString& id : ids)
        if (const QModelIndex index = indexOf(id); index.isValid()) selection.select(index, index);
    if (selection.isEmpty()) return;
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (m_isComingBack) return;
    setCurrentIndex(selection.first().topLeft());
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void RunTable::openRow(const QModelIndex& index) {
    if (!index.isValid()) return;
    const QModelIndex first = index.siblingAtColumn(0);
    if (const RunRecord* run = m_shown->runAt(index))
        Q_EMIT openRequested(QString::fromStdString(run->id));
    else
        setExpanded(first, !isExpanded(first));
}

void RunTable::fitColumns() {
    if (m_isFitted || m_model->runs().empty()) return;
    m_isFitted = true;
    if (!m_layout.isEmpty()) return;
    for (int column = 0; column < m_shown->columnCount(); ++column)
        resizeColumnToContents(column);
}

int RunTable::columnOfPath(const QString& path) const {
    for (int column = 0; column < m_model->columnCount(); ++column)
        if (m_model->column(column).path == path) return column;
    return -1;
}

bool RunTable::showsField(const QString& path) const {
    const int column = columnOfPath(path);
    return column >= 0 && !isColumnHidden(column);
}

void RunTable::showField(const QString& path) {
    if (columnOfPath(path) < 0) {
        const auto field = run_field(path.toStdString());
        if (!field) return;
        m_layout.clear(); // what was restored need not come again
        m_model->addField(*field);
        resizeColumnToContents(columnOfPath(path));
    }
    const int column = columnOfPath(path);
    setColumnHidden(column, false);
    if (columnWidth(column) < header()->minimumSectionSize()) resizeColumnToContents(column);
}

void RunTable::hideField(const QString& path) {
    const int column = columnOfPath(path);
    if (column < 0 || column == RunTableModel::Name) return;
    if (m_model->columnOf(fieldColumnKey(path)) == column)
        m_model->removeField(path);
    else
        setColumnHidden(column, true);
}

/// Without runs nobody has seen widths or an order worth keeping: what was restored stays.
QByteArray RunTable::saveColumns() const {
    if (!m_isFitted) return m_layout;
    QJsonArray columns;
    for (int place = 0; place < header()->count(); ++place) {
        const int column = header()->logicalIndex(place);
        columns.append(QJsonObject{{"key", m_model->column(column).key},
                                   {"width", isColumnHidden(column) ? 0 : header()->sectionSize(column)}});
    }
    const int sorted = header()->sortIndicatorSection();
    const bool isSorted = sorted >= 0 && sorted < m_model->columnCount();
    return QJsonDocument(QJsonObject{{"columns", columns},
                                     {"sort", isSorted ? m_model->column(sorted).key : QString()},
                                     {"descending", header()->sortIndicatorOrder() == Qt::DescendingOrder}})
        .toJson(QJsonDocument::Compact);
}

void RunTable::restoreColumns(const QByteArray& layout) {
    if (parsed(layout).isEmpty()) return;
    m_layout = layout;
    addFieldsOfLayout();
    applyLayout();
}

void RunTable::addFieldsOfLayout() {
    const QString prefix = fieldColumnKey({});
    for (const QJsonValue& value : parsed(m_layout).value(QLatin1String("columns")).toArray()) {
        const QString key = value[QLatin1String("key")].toString();
        if (!key.startsWith(prefix)) continue;
        if (const auto field = run_field(key.mid(prefix.size()).toStdString())) m_model->addField(*field);
    }
}

/// Perplexities and other fields stand beside the losses until a person moves them.
void RunTable::onColumnsInserted(const QModelIndex& parent, int first, int last) {
    if (parent.isValid()) return;
    for (int column = first; column <= last; ++column)
        header()->moveSection(header()->visualIndex(column), header()->visualIndex(RunTableModel::Speed));
    applyLayout();
}

/// The proxy of Qt 6.4 forgets what it sorts by when columns come before its first row.
void RunTable::sortAgain() {
    m_shown->sort(-1);
    m_shown->sort(header()->sortIndicatorSection(), header()->sortIndicatorOrder());
}

/// Columns that the layout does not know keep their place behind those that it does.
void RunTable::applyLayout() {
    const QJsonObject layout = parsed(m_layout);
    int place = 0;
    for (const QJsonValue& value : layout.value(QLatin1String("columns")).toArray()) {
        const int column = m_model->columnOf(value[QLatin1String("key")].toString());
        if (column < 0) continue;
        header()->moveSection(header()->visualIndex(column), place++);
        const int width = value[QLatin1String("width")].toInt();
        header()->setSectionHidden(column, width == 0);
        if (width > 0) header()->resizeSection(column, width);
    }
    const int sorted = m_model->columnOf(layout.value(QLatin1String("sort")).toString());
    const bool isDescending = layout.value(QLatin1String("descending")).toBool();
    if (sorted >= 0) sortByColumn(sorted, isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void RunTable::showColumnMenu(const QPoint& place) {
    QMenu menu(this);
    menu.addAction(tr("&Columns…"), this, &RunTable::columnsRequested);
    menu.addSeparator();
    for (int column = 0; column < m_model->columnCount(); ++column) {
        QAction* action = menu.addAction(m_model->column(column).title);
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(column != RunTableModel::Name);
        connect(action, &QAction::toggled, this,
                [this, column](bool isShown) { setColumnHidden(column, !isShown); });
    }
    menu.addSeparator();
    menu.addAction(tr("&Fit widths"), this, [this] {
        for (int column = 0; column < m_shown->columnCount(); ++column)
            resizeColumnToContents(column);
    });
    menu.exec(header()->mapToGlobal(place));
}

/// Tab-separated, with the titles, as spreadsheets take it.
void RunTable::copySelection() const {
    QStringList lines;
    const auto line = [&](const auto& textOf) {
        QStringList cells;
        for (int place = 0; place < header()->count(); ++place) {
            const int column = header()->logicalIndex(place);
            if (!isColumnHidden(column)) cells << textOf(column);
        }
        lines << cells.join(QLatin1Char('\t'));
    };
    line([&](int column) { return m_shown->headerData(column, Qt::Horizontal).toString(); });
    for (const QModelIndex& row : selectionModel()->selectedRows())
        line([&](int column) { return row.siblingAtColumn(column).data().toString(); });
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void RunTable::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return openRow(currentIndex());
    if (event->matches(QKeySequence::Copy)) return copySelection();
    QTreeView::keyPressEvent(event);
}

void RunTable::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) m_model->setDark(isDark(palette()));
    QTreeView::changeEvent(event);
}

void RunTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QTreeView::selectionChanged(selected, deselected);
    if (!m_isComingBack) Q_EMIT selectionMoved();
}

} // namespace retort
