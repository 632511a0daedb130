// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/forgetting.h"
#include "report/figure.h"
#include "widgets/tables/in_place_model.h"

#include <QTableView>

namespace retort {

enum class StageUnit { loss, perplexity, accuracy };

/// The matrix R: ends of stages by domains. A cell is deepest where the domain was known best since its
/// own stage, and palest where it lies as far from that as the most forgotten one, or farther; so a domain
/// fades as it is forgotten, and one that was not learned yet is pale. The end of a domain's own stage is
/// framed.
class StageMatrixModel : public InPlaceModel {
    Q_OBJECT
public:
    using InPlaceModel::InPlaceModel;

    void setMatrix(StageMatrix matrix);
    [[nodiscard]] const StageMatrix& matrix() const { return m_matrix; }
    void setUnit(StageUnit unit);
    [[nodiscard]] StageUnit unit() const { return m_unit; }
    /// "after fr (stage 2 of 4, step 500), en: 3.41 nats per token; 0.31 above its best"
    [[nodiscard]] QString sentence(const QModelIndex& index) const;
    /// What the shades mean, with numbers; empty before there are any.
    [[nodiscard]] QString legend() const;
    /// A line per cell, the model before its first step as stage "random" and the unigram model as "unigram";
    /// all digits, empty where nothing was measured.
    [[nodiscard]] QString csv() const;
    /// As it is shown, with headings, in columns divided by tabs.
    [[nodiscard]] QString plainText() const;
    /// With csv() as its data.
    [[nodiscard]] Figure figure() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void fitShades();
    [[nodiscard]] int firstLearned(int column) const;
    [[nodiscard]] double value(int row, int column) const;
    [[nodiscard]] double behind(int row, int column) const;
    [[nodiscard]] QVariant shade(int row, int column) const;
    [[nodiscard]] bool isOwnStage(int row, int column) const;
    [[nodiscard]] QString number(int row, int column) const;
    [[nodiscard]] QString unitText() const;
    [[nodiscard]] QString stageText(int row) const;

    StageMatrix m_matrix;
    StageUnit m_unit = StageUnit::loss;
    std::vector<double> m_best; ///< of each column; NaN before it was learned
    double m_span = 0;          ///< how far behind its best the palest cell is
};

/// Arrows move from cell to cell, Ctrl+C copies the matrix.
class StageMatrixTable : public QTableView {
    Q_OBJECT
public:
    explicit StageMatrixTable(StageMatrixModel* model, QWidget* parent = nullptr);

    void copy();
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] int heightOf(int rows) const;

    StageMatrixModel* m_stages;
};

} // namespace retort
