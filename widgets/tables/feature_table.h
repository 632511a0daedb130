// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/tables/domain_features.h"

#include <QAbstractTableModel>
#include <QTableView>

namespace retort {

/// What speaks most for each domain: a column per domain, its strongest feature first.
class FeatureModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setFeatures(std::vector<DomainFeatures> features);
    /// domain,rank,feature,weight; features as they are, weights exactly.
    [[nodiscard]] QString csv() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<DomainFeatures> m_features;
};

class FeatureTable : public QTableView {
    Q_OBJECT
public:
    explicit FeatureTable(FeatureModel* model, QWidget* parent = nullptr);
};

} // namespace retort
