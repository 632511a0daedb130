// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/run_table_model.h"

#include "widgets/plots/number_text.h"
#include "widgets/tables/reading_table.h"
#include "widgets/tables/run_status.h"

#include <QSet>
#include <algorithm>
#include <set>

namespace retort {
namespace {

QString idOf(const RunRecord& run) {
    return QString::fromStdString(run.id);
}

} // namespace

// A row of a group has the internal id 0, as a row of runs without groups; a run of group g has g + 1.

RunTableModel::RunTableModel(QObject* parent) : QAbstractItemModel(parent), m_columns(fixedRunColumns()) {}

void RunTableModel::setRuns(std::vector<RunRecord> runs) {
    addDomains(runs);
    removeAbsent(runs);
    std::vector<RunRecord> added;
    for (RunRecord& run : runs) {
        const auto known = m_places.constFind(idOf(run));
        if (known == m_places.constEnd())
            added.push_back(std::move(run));
        else
            m_runs[*known] = std::move(run);
    }
    emitRowsChanged({});
    for (int group = 0; m_grouping != RunGrouping::none && group < rowCount(); ++group)
        emitRowsChanged(index(group, 0));
    appendRuns(std::move(added));
}

void RunTableModel::changeRuns(const std::function<void()>& change) {
    const bool isTree = m_grouping != RunGrouping::none;
    if (isTree) beginResetModel();
    change();
    if (isTree) endResetModel();
}

void RunTableModel::removeAbsent(const std::vector<RunRecord>& runs) {
    QSet<QString> kept;
    for (const RunRecord& run : runs)
        kept.insert(idOf(run));
    const auto isGone = [&](std::size_t place) { return !kept.contains(idOf(m_runs[place])); };
    if (std::ranges::all_of(m_runs, [&](const RunRecord& run) { return kept.contains(idOf(run)); })) return;
    changeRuns([&] {
        for (std::size_t end = m_runs.size(); end > 0;) {
            if (!isGone(end - 1)) {
                --end;
                continue;
            }
            std::size_t first = end - 1;
            while (first > 0 && isGone(first - 1))
                --first;
            const bool isList = m_grouping == RunGrouping::none;
            if (isList) beginRemoveRows({}, static_cast<int>(first), static_cast<int>(end) - 1);
            m_runs.erase(m_runs.begin() + static_cast<std::ptrdiff_t>(first),
                         m_runs.begin() + static_cast<std::ptrdiff_t>(end));
            if (isList) endRemoveRows();
            end = first;
        }
        indexRuns();
    });
}

void RunTableModel::appendRuns(std::vector<RunRecord> runs) {
    if (runs.empty()) return;
    changeRuns([&] {
        const bool isList = m_grouping == RunGrouping::none;
        const auto first = static_cast<int>(m_runs.size());
        if (isList) beginInsertRows({}, first, first + static_cast<int>(runs.size()) - 1);
        std::ranges::move(runs, std::back_inserter(m_runs));
        indexRuns();
        if (isList) endInsertRows();
    });
}

void RunTableModel::updateRun(const RunRecord& run) {
    addDomains({run});
    const auto known = m_places.constFind(idOf(run));
    if (known == m_places.constEnd()) return appendRuns({run});
    m_runs[*known] = run;
    emitRunChanged(*known);
}

void RunTableModel::setGrouping(RunGrouping grouping) {
    if (m_grouping == grouping) return;
    beginResetModel();
    m_grouping = grouping;
    groupRuns();
    endResetModel();
}

void RunTableModel::addDomains(const std::vector<RunRecord>& runs) {
    std::vector<RunColumn> added;
    std::set<std::string> seen;
    for (const RunRecord& run : runs)
        for (const auto& [domain, value] : run.summary.perplexity)
            if (seen.insert(domain).second) added.push_back(perplexityColumn(domain));
    std::erase_if(added, [this](const RunColumn& column) { return columnOf(column.key) >= 0; });
    addColumns(std::move(added));
}

void RunTableModel::addField(const RunField& field) {
    RunColumn column = fieldColumn(field);
    if (columnOf(column.key) < 0) addColumns({std::move(column)});
}

void RunTableModel::addColumns(std::vector<RunColumn> columns) {
    if (columns.empty()) return;
    changeRuns([&] {
        const bool isList = m_grouping == RunGrouping::none;
        if (isList)
            beginInsertColumns({}, columnCount(), columnCount() + static_cast<int>(columns.size()) - 1);
        std::ranges::move(columns, std::back_inserter(m_columns));
        if (isList) endInsertColumns();
    });
}

void RunTableModel::removeField(const QString& path) {
    const int column = columnOf(fieldColumnKey(path));
    if (column < 0) return;
    changeRuns([&] {
        const bool isList = m_grouping == RunGrouping::none;
        if (isList) beginRemoveColumns({}, column, column);
        m_columns.erase(m_columns.begin() + column);
        if (isList) endRemoveColumns();
    });
}

void RunTableModel::indexRuns() {
    m_places.clear();
    for (std::size_t place = 0; place < m_runs.size(); ++place)
        m_places.insert(idOf(m_runs[place]), place);
    groupRuns();
}

QString RunTableModel::groupOf(const RunRecord& run) const {
    return QString::fromStdString(m_grouping == RunGrouping::study ? run.study
                                                                   : run.study + '/' + run.variant);
}

/// In the order in which they appear.
void RunTableModel::groupRuns() {
    m_groups.clear();
    m_rows.clear();
    if (m_grouping == RunGrouping::none) return;
    QHash<QString, int> known;
    for (std::size_t place = 0; place < m_runs.size(); ++place) {
        const QString title = groupOf(m_runs[place]);
        const auto found = known.constFind(title);
        const int group = found != known.constEnd() ? *found : static_cast<int>(m_groups.size());
        if (found == known.constEnd()) {
            known.insert(title, group);
            m_groups.push_back({title, {}});
        }
        std::vector<std::size_t>& members = m_groups[static_cast<std::size_t>(group)].members;
        m_rows.emplace_back(group, static_cast<int>(members.size()));
        members.push_back(place);
    }
}

void RunTableModel::emitRunChanged(std::size_t place) {
    const QModelIndex first = indexOf(idOf(m_runs[place]));
    Q_EMIT dataChanged(first, first.siblingAtColumn(columnCount() - 1));
}

void RunTableModel::emitRowsChanged(const QModelIndex& parent) {
    const int rows = rowCount(parent);
    if (rows > 0) Q_EMIT dataChanged(index(0, 0, parent), index(rows - 1, columnCount() - 1, parent));
}

void RunTableModel::setDark(bool isDark) {
    m_isDark = isDark;
    if (m_runs.empty()) return;
    Q_EMIT dataChanged(index(0, Status), index(rowCount() - 1, Status), {Qt::DecorationRole});
}

int RunTableModel::columnOf(const QString& key) const {
    const auto found = std::ranges::find(m_columns, key, &RunColumn::key);
    return found == m_columns.end() ? -1 : static_cast<int>(found - m_columns.begin());
}

const RunRecord* RunTableModel::find(const QString& id) const {
    const auto known = m_places.constFind(id);
    return known == m_places.constEnd() ? nullptr : &m_runs[*known];
}

QModelIndex RunTableModel::indexOf(const QString& id, int column) const {
    const auto known = m_places.constFind(id);
    if (known == m_places.constEnd()) return {};
    if (m_grouping == RunGrouping::none) return index(static_cast<int>(*known), column);
    const auto [group, row] = m_rows[*known];
    return index(row, column, index(group, 0));
}

bool RunTableModel::isGroup(const QModelIndex& index) const {
    return m_grouping != RunGrouping::none && index.isValid() && index.internalId() == 0;
}

const RunRecord* RunTableModel::runAt(const QModelIndex& index) const {
    if (!index.isValid() || isGroup(index)) return nullptr;
    const auto row = static_cast<std::size_t>(index.row());
    if (m_grouping == RunGrouping::none) return &m_runs[row];
    return &m_runs[m_groups[static_cast<std::size_t>(index.internalId()) - 1].members[row]];
}

std::vector<const RunRecord*> RunTableModel::members(const QModelIndex& group) const {
    std::vector<const RunRecord*> runs;
    if (!isGroup(group)) return runs;
    for (const std::size_t place : m_groups[static_cast<std::size_t>(group.row())].members)
        runs.push_back(&m_runs[place]);
    return runs;
}

QModelIndex RunTableModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent)) return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex RunTableModel::parent(const QModelIndex& index) const {
    if (!index.isValid() || index.internalId() == 0) return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, quintptr{0});
}

int RunTableModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid())
        return static_cast<int>(m_grouping == RunGrouping::none ? m_runs.size() : m_groups.size());
    if (!isGroup(parent) || parent.column() > 0) return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].members.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() && !isGroup(parent) ? 0 : static_cast<int>(m_columns.size());
}

QVariant RunTableModel::toolTip(const RunRecord& run, int column) const {
    if (column == Name) return QString::fromStdString(run.label());
    if (column == Status)
        return run.reason.empty() ? statusHelp(run.status) : QString::fromStdString(run.reason);
    if (column == Best && run.best) return tr("At step %1").arg(wholeText(run.best->step));
    if (column == Parameters)
        return tr("%1, of which %2 are used for one token")
            .arg(wholeText(run.parameters.total), wholeText(run.parameters.active));
    if (column == Note) return QString::fromStdString(run.marks.note);
    if (column == Variant && run.attempt > 1) return tr("Attempt %1").arg(run.attempt);
    return {};
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const {
    const int column = index.column();
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(m_columns[static_cast<std::size_t>(column)].isWords);
    const RunRecord* run = runAt(index);
    if (run == nullptr) {
        const bool isTitle = column == Name && (role == Qt::DisplayRole || role == SortRole);
        return isTitle ? m_groups[static_cast<std::size_t>(index.row())].title : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return m_columns[static_cast<std::size_t>(column)].text(*run);
    case SortRole:
        return m_columns[static_cast<std::size_t>(column)].value(*run);
    case ProgressRole:
        return column == Progress ? m_columns[Progress].value(*run) : QVariant();
    case Qt::DecorationRole:
        return column == Status ? QVariant(statusIcon(run->status, m_isDark)) : QVariant();
    case Qt::ToolTipRole:
        return toolTip(*run, column);
    case Qt::AccessibleTextRole:
        return column == Star ? QVariant(run->marks.starred ? tr("starred") : tr("not starred")) : QVariant();
    default:
        return {};
    }
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    const RunColumn& shown = column(section);
    if (role == Qt::TextAlignmentRole) return cellAlignment(shown.isWords);
    if (role == Qt::DisplayRole) return shown.title;
    if (role == Qt::ToolTipRole) return shown.help;
    return {};
}

} // namespace retort
