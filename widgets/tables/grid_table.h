// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/evaluation_grid.h"
#include "widgets/tables/in_place_model.h"
#include "widgets/tables/shaded_cell.h"

#include <QTableView>

namespace retort {

/// The evaluation grid of a variant over its seeds: settings by domains, and the mean over the domains. The
/// best of each column is marked; a cell's shade says how far it lies between the worst and the best of its
/// column.
class GridModel : public InPlaceModel {
    Q_OBJECT
public:
    using InPlaceModel::InPlaceModel;

    void setGrid(MeanGrid grid);
    [[nodiscard]] const MeanGrid& grid() const { return m_grid; }
    /// exp of the means, else nats per token.
    void setPerplexity(bool isPerplexity);
    /// "top1(all), fr: 6.53 nats per token; mean of 3 seeds, s.d. 0.012"
    [[nodiscard]] QString sentence(const QModelIndex& index) const;
    /// By `ending`: csv, with a line per cell and all digits; md or tex, as it is shown.
    [[nodiscard]] QString text(const QString& ending, const QString& variant) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] const SampleSummary& cell(int row, int column) const;
    [[nodiscard]] QString columnName(int column) const;
    [[nodiscard]] QString number(int row, int column) const;
    [[nodiscard]] bool isBest(int row, int column) const;
    [[nodiscard]] QVariant shade(int row, int column) const;
    [[nodiscard]] QString csv(const QString& variant) const;
    [[nodiscard]] QString markdown() const;
    [[nodiscard]] QString latex(const QString& variant) const;

    MeanGrid m_grid;
    std::vector<std::pair<double, double>> m_ranges; ///< least and largest mean of each column
    bool m_isPerplexity = false;
};

/// A heat map; arrows move from cell to cell, Ctrl+C copies all.
class GridTable : public QTableView {
    Q_OBJECT
public:
    explicit GridTable(GridModel* model, QWidget* parent = nullptr);

    void copy();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    GridModel* m_grid;
};

/// Writes GridModel::text() by the ending of `file`. Returns an empty text, or one sentence why not.
[[nodiscard]] QString exportGrid(const GridModel& model, const QString& variant, const QString& file);

} // namespace retort
