// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/confusion.h"
#include "widgets/tables/in_place_model.h"
#include "widgets/tables/shaded_cell.h"

namespace retort {

/// A confusion matrix: a row per true domain, a column per decision, and their sums as the last ones.
class ConfusionModel : public InPlaceModel {
    Q_OBJECT
public:
    static constexpr int ShareRole = shadeRole;  ///< of the row, column or all, 0 to 1; none for a sum
    static constexpr int RightRole = strongRole; ///< whether the column is the right answer
    using InPlaceModel::InPlaceModel;

    void setMatrix(ConfusionMatrix matrix);
    void setNormalisation(Normalisation by);
    [[nodiscard]] const ConfusionMatrix& matrix() const { return m_matrix; }
    [[nodiscard]] Normalisation normalisation() const { return m_by; }
    /// Whether the index is a cell of the matrix, not a sum.
    [[nodiscard]] bool isCell(const QModelIndex& index) const;
    /// "true en, said fr: 3 of 100, 0.0300".
    [[nodiscard]] QString sentence(const QModelIndex& index) const;
    /// As it is shown, with headings, in columns divided by tabs.
    [[nodiscard]] QString plainText() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] std::int64_t count(const QModelIndex& index) const;
    [[nodiscard]] std::int64_t whole(const QModelIndex& index) const;
    [[nodiscard]] double share(const QModelIndex& index) const;
    [[nodiscard]] QString text(const QModelIndex& index) const;
    [[nodiscard]] QString sumSentence(const QModelIndex& index) const;

    ConfusionMatrix m_matrix;
    Normalisation m_by = Normalisation::rows;
};

/// A row per cell with its counts and shares exactly, in the C locale. `fields` and `headings` go before,
/// ended by a comma each.
[[nodiscard]] QString confusionCsv(const ConfusionMatrix& matrix, const QString& headings,
                                   const QString& fields);

} // namespace retort
