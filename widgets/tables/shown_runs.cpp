// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/shown_runs.h"

#include "widgets/tables/run_table_model.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

namespace retort {
namespace {

/// The mean of numbers, the last of words: what a group is sorted by.
QVariant summaryOf(const std::vector<const RunRecord*>& runs, const RunColumn& column) {
    double sum = 0;
    int count = 0;
    QString last;
    for (const RunRecord* run : runs) {
        const QVariant value = column.value(*run);
        if (!column.numberText) {
            last = std::max(last, value.toString());
        } else if (value.isValid() && !std::isnan(value.toDouble())) {
            sum += value.toDouble();
            ++count;
        }
    }
    if (!column.numberText) return last;
    return count > 0 ? QVariant(sum / count) : QVariant();
}

} // namespace

ShownRuns::ShownRuns(RunTableModel* model, QObject* parent) : QSortFilterProxyModel(parent), m_model(model) {
    const auto forget = [this] { m_groupValues.clear(); };
    connect(model, &QAbstractItemModel::dataChanged, this, forget);
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, forget);
    connect(model, &QAbstractItemModel::columnsAboutToBeRemoved, this, forget);
    setSourceModel(model);
    setSortRole(RunTableModel::SortRole);
    setDynamicSortFilter(true);
    setRecursiveFilteringEnabled(true);
}

void ShownRuns::setFilter(RunFilter filter) {
    m_filter = std::move(filter);
    m_groupValues.clear();
    invalidateFilter();
    if (m_model->grouping() != RunGrouping::none && sortColumn() >= 0)
        invalidate(); // means are of other runs
}

const RunRecord* ShownRuns::runAt(const QModelIndex& index) const {
    return m_model->runAt(mapToSource(index));
}

QStringList ShownRuns::idsAt(const QModelIndex& index) const {
    if (const RunRecord* run = runAt(index)) return {QString::fromStdString(run->id)};
    QStringList ids;
    for (int row = 0; row < rowCount(index); ++row)
        ids << idsAt(this->index(row, 0, index));
    return ids;
}

int ShownRuns::runCount() const {
    if (m_model->grouping() == RunGrouping::none) return rowCount();
    int count = 0;
    for (int group = 0; group < rowCount(); ++group)
        count += rowCount(index(group, 0));
    return count;
}

bool ShownRuns::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const RunRecord* run = m_model->runAt(m_model->index(row, 0, parent));
    return run != nullptr && m_filter.fits(*run); // a group is shown for the sake of its runs
}

std::vector<const RunRecord*> ShownRuns::fitting(const QModelIndex& sourceGroup) const {
    std::vector<const RunRecord*> runs = m_model->members(sourceGroup);
    std::erase_if(runs, [this](const RunRecord* run) { return !m_filter.fits(*run); });
    return runs;
}

QVariant ShownRuns::groupValue(const QModelIndex& sourceGroup, int column) const {
    const std::pair key(sourceGroup.row(), column);
    const auto known = m_groupValues.constFind(key);
    if (known != m_groupValues.constEnd()) return *known;
    return *m_groupValues.insert(key, summaryOf(fitting(sourceGroup), m_model->column(column)));
}

QVariant ShownRuns::groupText(const QModelIndex& sourceGroup, int column) const {
    if (column == RunTableModel::Name)
        return tr("%1 (%2)").arg(sourceGroup.data().toString()).arg(fitting(sourceGroup).size());
    if (column == RunTableModel::Status) {
        const std::vector<const RunRecord*> runs = fitting(sourceGroup);
        const auto done = std::ranges::count(runs, RunStatus::done, &RunRecord::status);
        return tr("%1 of %2 done").arg(done).arg(runs.size());
    }
    const RunColumn& shown = m_model->column(column);
    const QVariant mean = shown.numberText ? groupValue(sourceGroup, column) : QVariant();
    return mean.isValid() ? shown.numberText(mean.toDouble()) : QString();
}

QVariant ShownRuns::data(const QModelIndex& index, int role) const {
    const bool isOfGroup = index.isValid() && runAt(index) == nullptr;
    if (!isOfGroup) return QSortFilterProxyModel::data(index, role);
    const QModelIndex source = mapToSource(index.siblingAtColumn(0));
    const RunColumn& column = m_model->column(index.column());
    if (role == Qt::DisplayRole) return groupText(source, index.column());
    if (role == RunTableModel::ProgressRole && index.column() == RunTableModel::Progress)
        return groupValue(source, index.column());
    if (role == Qt::ToolTipRole && column.numberText)
        return tr("Mean over the %1 runs below").arg(fitting(source).size());
    return QSortFilterProxyModel::data(index, role);
}

bool ShownRuns::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const bool areGroups = m_model->runAt(left) == nullptr && left.column() != RunTableModel::Name;
    const auto value = [&](const QModelIndex& index) {
        return areGroups ? groupValue(index.siblingAtColumn(0), index.column()) : index.data(sortRole());
    };
    const QVariant a = value(left), b = value(right);
    if (a.isValid() != b.isValid()) return a.isValid() == (sortOrder() == Qt::AscendingOrder);
    if (a.typeId() == QMetaType::Double) return a.toDouble() < b.toDouble();
    if (a.typeId() == QMetaType::QString) return a.toString().compare(b.toString(), Qt::CaseInsensitive) < 0;
    return QVariant::compare(a, b) == QPartialOrdering::Less;
}

} // namespace retort
