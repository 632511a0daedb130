// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/remedy_comparison.h"
#include "widgets/tables/in_place_model.h"

#include <QTableView>

namespace retort {

/// Variants by what they forgot and how good they are in the end, over their seeds, in nats per token. ★
/// marks the best of those with stages.
class RemedyModel : public InPlaceModel {
    Q_OBJECT
public:
    enum Column { Variant, Seeds, Loss, Forgetting, Backward, Forward, Unigram, Intransigence, ColumnCount };
    using InPlaceModel::InPlaceModel;

    void setSummaries(std::vector<RemedySummary> summaries);
    /// A line per variant with all digits.
    [[nodiscard]] QString csv() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : ColumnCount;
    }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const RemedySummary& summary, int column) const;
    [[nodiscard]] QString toolTip(const RemedySummary& summary, int column) const;
    [[nodiscard]] bool isBest(const RemedySummary& summary, int column) const;

    std::vector<RemedySummary> m_summaries;
};

/// "3.412 ± 0.010"; of one value without a deviation; – without any.
[[nodiscard]] QString meanText(const SampleSummary& summary, int digits = 4);

/// Orders of the domains, then what the order changed and what the seed did.
class OrderModel : public InPlaceModel {
    Q_OBJECT
public:
    enum Column { Order, Variant, Seeds, Loss, Forgetting, ColumnCount };
    using InPlaceModel::InPlaceModel;

    void setSensitivities(const std::vector<OrderSensitivity>& sensitivities);
    /// A line per order, then the spreads, then each domain by its place; all digits.
    [[nodiscard]] QString csv() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : ColumnCount;
    }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        QStringList cells; ///< of all columns
        QString help;
        bool isSpread = false;
    };
    void addLines(std::vector<Line>& lines, const OrderSensitivity& orders) const;

    std::vector<OrderSensitivity> m_sensitivities;
    std::vector<Line> m_lines;
};

/// For either model.
class RemedyTable : public QTableView {
    Q_OBJECT
public:
    RemedyTable(QAbstractItemModel* model, const QString& name, QWidget* parent = nullptr);

protected:
    /// With air between the columns.
    [[nodiscard]] int sizeHintForColumn(int column) const override;
};

} // namespace retort
