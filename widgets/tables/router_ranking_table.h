// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/tables/in_place_model.h"
#include "widgets/tables/router_ranking.h"

#include <QTableView>

class QSortFilterProxyModel;

namespace retort {

/// Variants by their scores over the seeds.
class RouterRankingModel : public InPlaceModel {
    Q_OBJECT
public:
    /// Then a column for each RouterScore, in its order.
    enum Column { Variant, Seeds, FirstScore, ColumnCount = FirstScore + int(routerScoreCount) };
    static constexpr int SortRole = Qt::UserRole; ///< a text or a number
    using InPlaceModel::InPlaceModel;

    /// Rows change in place while the variants stay the same.
    void setRouters(std::vector<RankedRouter> routers);
    [[nodiscard]] const std::vector<RankedRouter>& routers() const { return m_routers; }
    /// A row per variant with all numbers exactly, in the C locale.
    [[nodiscard]] QString csv() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : ColumnCount;
    }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const RankedRouter& router, int column) const;
    [[nodiscard]] bool isBest(const RankedRouter& router, int column) const;
    [[nodiscard]] QVariant sortValue(const RankedRouter& router, int column) const;

    std::vector<RankedRouter> m_routers;
};

/// Sorts by a click on a heading, or by S on the column of the current cell. Rows stand for variants.
class RouterRankingTable : public QTableView {
    Q_OBJECT
public:
    explicit RouterRankingTable(RouterRankingModel* model, QWidget* parent = nullptr);

    /// Empty where none is.
    [[nodiscard]] QString currentVariant() const;
    /// Without a signal.
    void showVariant(const QString& variant);
    QSize sizeHint() const override;

Q_SIGNALS:
    /// By a person.
    void variantChosen(const QString& variant);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    int sizeHintForColumn(int column) const override;
    void updateGeometries() override;

private:
    void sortBy(int column);

    QSortFilterProxyModel* m_sorted;
    bool m_isShowing = false;
};

} // namespace retort
