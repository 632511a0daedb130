// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/tables/compare_metric.h"
#include "widgets/tables/in_place_model.h"

#include <QTableView>
#include <vector>

namespace retort {

/// Variants by their last, best and mean values over the seeds, and their differences to the reference.
class ComparisonModel : public InPlaceModel {
    Q_OBJECT
public:
    enum Column {
        Variant,
        Seeds,
        Step,
        Last,
        Best,
        Mean,
        Difference,
        Effect,
        PValue,
        RankPValue,
        Claim,
        ColumnCount
    };
    using InPlaceModel::InPlaceModel;

    /// Rows change in place while the variants stay the same.
    void setVariants(std::vector<ComparedVariant> variants, const CompareMetric& metric,
                     const std::string& reference);
    [[nodiscard]] const std::vector<ComparedVariant>& variants() const { return m_variants; }
    /// A row per variant with all numbers exactly, in the C locale; losses and perplexities in nats per
    /// token.
    [[nodiscard]] QString csv() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : ColumnCount;
    }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const ComparedVariant& variant, int column) const;
    [[nodiscard]] QString summaryText(const SampleSummary& summary) const;
    [[nodiscard]] QString differenceText(const ComparedVariant& variant, int column) const;
    [[nodiscard]] QString toolTip(const ComparedVariant& variant, int column) const;
    [[nodiscard]] QString heading(int column) const;
    [[nodiscard]] QString shortReference() const;
    [[nodiscard]] QString headingHelp(int column) const;
    [[nodiscard]] bool isBest(const ComparedVariant& variant, int column) const;

    std::vector<ComparedVariant> m_variants;
    CompareMetric m_metric;
    std::string m_reference;
};

class ComparisonTable : public QTableView {
    Q_OBJECT
public:
    explicit ComparisonTable(ComparisonModel* model, QWidget* parent = nullptr);

protected:
    /// With air between the columns.
    [[nodiscard]] int sizeHintForColumn(int column) const override;
};

/// Writes ComparisonModel::csv(). Returns an empty text, or one sentence why not.
[[nodiscard]] QString exportComparison(const ComparisonModel& model, const QString& file);

} // namespace retort
