// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/run_filter.h"

#include <QHash>
#include <QSortFilterProxyModel>

namespace retort {

class RunTableModel;

/// Runs that fit a filter, in order; those without a value come last either way. A group shows how many of
/// its runs are there, and of numbers their mean.
class ShownRuns : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit ShownRuns(RunTableModel* model, QObject* parent = nullptr);

    void setFilter(RunFilter filter);
    /// Null for a group.
    [[nodiscard]] const RunRecord* runAt(const QModelIndex& index) const;
    /// The run, or all that are shown of a group, in order.
    [[nodiscard]] QStringList idsAt(const QModelIndex& index) const;
    [[nodiscard]] int runCount() const;

    QVariant data(const QModelIndex& index, int role) const override;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    [[nodiscard]] std::vector<const RunRecord*> fitting(const QModelIndex& sourceGroup) const;
    [[nodiscard]] QVariant groupText(const QModelIndex& sourceGroup, int column) const;
    [[nodiscard]] QVariant groupValue(const QModelIndex& sourceGroup, int column) const;

    RunTableModel* m_model;
    RunFilter m_filter;
    mutable QHash<std::pair<int, int>, QVariant> m_groupValues; ///< by group and column
};

} // namespace retort
