// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/tables/run_columns.h"

#include <QAbstractItemModel>
#include <QHash>
#include <functional>
#include <vector>

namespace retort {

enum class RunGrouping { none, study, variant };

/// Runs, a row each, or below a row for each study or variant. Columns of perplexity come with the domains
/// that the runs have, those of other fields when they are asked for. While runs are not grouped, rows change
/// in place, so that selection and scrolling stay where they are; the table sees to that where they are.
class RunTableModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role {
        SortRole = Qt::UserRole, ///< numbers as numbers; unknown values are invalid and sort last
        ProgressRole,            ///< share done, 0 to 1, of column Progress
    };
    enum Column {
        Name,
        Star,
        Status,
        Study,
        Variant,
        Seed,
        TaskColumn,
        Progress,
        Left,
        Loss,
        Best,
        Speed,
        Parameters,
        Tags,
        Note,
        Created,
        FixedColumnCount
    };
    explicit RunTableModel(QObject* parent = nullptr);

    /// Keeps rows that stay, drops those that are gone, appends new ones.
    void setRuns(std::vector<RunRecord> runs);
    /// Changes the row of the run, or appends one.
    void updateRun(const RunRecord& run);
    void setGrouping(RunGrouping grouping);
    [[nodiscard]] RunGrouping grouping() const { return m_grouping; }
    /// A column that is there already is not added again.
    void addField(const RunField& field);
    void removeField(const QString& path);

    [[nodiscard]] const std::vector<RunRecord>& runs() const { return m_runs; }
    /// Null when it is not there.
    [[nodiscard]] const RunRecord* find(const QString& id) const;
    [[nodiscard]] QModelIndex indexOf(const QString& id, int column = 0) const;
    /// Null for a group.
    [[nodiscard]] const RunRecord* runAt(const QModelIndex& index) const;
    /// Of a group; none of a run.
    [[nodiscard]] std::vector<const RunRecord*> members(const QModelIndex& group) const;
    [[nodiscard]] const RunColumn& column(int column) const {
        return m_columns[static_cast<std::size_t>(column)];
    }
    /// Below 0: not there.
    [[nodiscard]] int columnOf(const QString& key) const;
    /// Signs are drawn for light or dark.
    void setDark(bool isDark);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group {
        QString title;
        std::vector<std::size_t> members; ///< places in m_runs
    };
    void changeRuns(const std::function<void()>& change);
    void removeAbsent(const std::vector<RunRecord>& runs);
    void appendRuns(std::vector<RunRecord> runs);
    void addDomains(const std::vector<RunRecord>& runs);
    void addColumns(std::vector<RunColumn> columns);
    void indexRuns();
    void groupRuns();
    void emitRunChanged(std::size_t place);
    void emitRowsChanged(const QModelIndex& parent);
    [[nodiscard]] bool isGroup(const QModelIndex& index) const;
    [[nodiscard]] QString groupOf(const RunRecord& run) const;
    [[nodiscard]] QVariant toolTip(const RunRecord& run, int column) const;

    std::vector<RunRecord> m_runs;
    QHash<QString, std::size_t> m_places; ///< in m_runs, by id
    std::vector<RunColumn> m_columns;
    RunGrouping m_grouping = RunGrouping::none;
    std::vector<Group> m_groups;
    std::vector<std::pair<int, int>> m_rows; ///< group and row in it, of each run
    bool m_isDark = false;
};

} // namespace retort
