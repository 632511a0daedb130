// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/tables/claim_text.h"
#include "widgets/tables/in_place_model.h"

#include <QTableView>

namespace retort {

/// The tests of one claim.
class ClaimModel : public InPlaceModel {
    Q_OBJECT
public:
    enum Column { Test, Effect, Range, Seeds, PValue, VerdictWord, ColumnCount };
    using InPlaceModel::InPlaceModel;

    /// Rows change in place while the tests stay the same. Without `conclusions` no verdict is shown.
    void setTests(std::vector<ClaimTestResult> tests, bool conclusions);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : ColumnCount;
    }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const ClaimTestResult& result, int column) const;
    [[nodiscard]] static QString help(const ClaimTestResult& result, int column);

    std::vector<ClaimTestResult> m_tests;
    bool m_conclusions = true;
};

/// As high as its rows, so that the page that it stands on scrolls and not the table.
class ClaimTable : public QTableView {
    Q_OBJECT
public:
    explicit ClaimTable(ClaimModel* model, QWidget* parent = nullptr);

Q_SIGNALS:
    void copyRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    /// With air between the columns.
    [[nodiscard]] int sizeHintForColumn(int column) const override;

private:
    void fitRows();
};

} // namespace retort
