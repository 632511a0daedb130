// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/event.h"

#include <QAbstractTableModel>
#include <QTableView>
#include <optional>
#include <vector>

namespace retort {

/// The newest evaluation of each domain (expert and setting) with its best, and the mean over the domains.
class EvaluationModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Domain, Loss, Perplexity, BitsPerByte, Accuracy, Best, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void add(std::int64_t step, const EvaluationRow& row);
    void truncateAfter(std::int64_t step);
    void clear();
    /// Of the newest evaluation; none before the first.
    [[nodiscard]] std::optional<std::int64_t> newestStep() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : ColumnCount;
    }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        QString name;
        std::int64_t step = 0;
        EvaluationRow row;
        double bestLoss = 0;
        std::int64_t bestStep = 0;
    };
    struct Ratios {
        double loss = 0, perplexity = 0, bitsPerByte = 0, accuracy = 0;
    };
    void show(std::int64_t step, const EvaluationRow& row);
    [[nodiscard]] bool hasMean() const { return m_lines.size() > 1; }
    [[nodiscard]] Ratios mean() const;
    [[nodiscard]] QString text(int row, int column) const;

    std::vector<std::pair<std::int64_t, EvaluationRow>> m_rows; ///< all, in order
    std::vector<Line> m_lines;
};

class EvaluationTable : public QTableView {
    Q_OBJECT
public:
    explicit EvaluationTable(EvaluationModel* model, QWidget* parent = nullptr);
};

} // namespace retort
