// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/run_record.h"

#include <QAbstractTableModel>
#include <QHash>
#include <vector>

namespace retort {

/// Runs, a row each. Columns of perplexity come with the domains that the runs have. Rows change in place, so
/// that selection and scrolling stay where they are.
class RunTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        SortRole = Qt::UserRole, ///< numbers as numbers; unknown values are invalid and sort last
        FilterRole,              ///< study/variant/seed, status and task of the row, in one text
        ProgressRole,            ///< share done, 0 to 1, of column Progress
    };
    enum Column {
        Status,
        Study,
        Variant,
        Seed,
        TaskColumn,
        Progress,
        Loss,
        Best,
        Speed,
        Parameters,
        Created,
        FixedColumnCount
    };
    using QAbstractTableModel::QAbstractTableModel;

    /// Keeps rows that stay, drops those that are gone, appends new ones.
    void setRuns(std::vector<RunRecord> runs);
    /// Changes the row of the run, or appends one.
    void updateRun(const RunRecord& run);
    [[nodiscard]] const std::vector<RunRecord>& runs() const { return m_runs; }
    [[nodiscard]] const RunRecord& run(int row) const { return m_runs[static_cast<std::size_t>(row)]; }
    /// Nothing below 0: not there.
    [[nodiscard]] int rowOf(const QString& id) const { return m_rows.value(id, -1); }
    /// A name of the column that stays the same when others come and go: "loss", "perplexity/fr".
    [[nodiscard]] QString columnKey(int column) const;
    /// Signs are drawn for light or dark.
    void setDark(bool isDark);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void removeAbsent(const std::vector<RunRecord>& runs);
    void appendRuns(std::vector<RunRecord> runs);
    void addDomains(const RunRecord& run);
    void indexRows();
    void emitRowChanged(int row);
    [[nodiscard]] QString text(const RunRecord& run, int column) const;
    [[nodiscard]] QVariant sortValue(const RunRecord& run, int column) const;
    [[nodiscard]] QVariant toolTip(const RunRecord& run, int column) const;
    [[nodiscard]] std::string domainOf(int column) const;

    std::vector<RunRecord> m_runs;
    QHash<QString, int> m_rows;
    std::vector<std::string> m_domains; ///< in the order of their appearance
    bool m_isDark = false;
};

} // namespace retort
