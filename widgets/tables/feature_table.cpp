// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/feature_table.h"

#include "widgets/plots/csv_file.h"
#include "widgets/plots/number_text.h"
#include "widgets/tables/reading_table.h"
#include "widgets/tables/visible_text.h"

#include <QHeaderView>
#include <algorithm>

namespace retort {

void FeatureModel::setFeatures(std::vector<DomainFeatures> features) {
    beginResetModel();
    m_features = std::move(features);
    endResetModel();
}

int FeatureModel::rowCount(const QModelIndex& parent) const {
    std::size_t rows = 0;
    for (const DomainFeatures& domain : m_features)
        rows = std::max(rows, domain.features.size());
    return parent.isValid() ? 0 : static_cast<int>(rows);
}

int FeatureModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_features.size());
}

QVariant FeatureModel::data(const QModelIndex& index, int role) const {
    const auto& features = m_features[static_cast<std::size_t>(index.column())].features;
    const auto row = static_cast<std::size_t>(index.row());
    if (row >= features.size()) return {};
    const QString token = visibleText(QString::fromStdString(features[row].text));
    const QString weight = decimalText(features[row].weight, 2);
    switch (role) {
    case Qt::DisplayRole:
        return QStringLiteral("%1   %2").arg(weight, token);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return tr("“%1”, weight %2").arg(token, weight);
    default:
        return {};
    }
}

QVariant FeatureModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role == Qt::TextAlignmentRole) return cellAlignment(true);
    if (role != Qt::DisplayRole) return {};
    if (orientation == Qt::Vertical) return section + 1;
    return QString::fromStdString(m_features[static_cast<std::size_t>(section)].domain);
}

QString FeatureModel::csv() const {
    QString csv = QStringLiteral("domain,rank,feature,weight\n");
    for (const DomainFeatures& domain : m_features)
        for (std::size_t i = 0; i < domain.features.size(); ++i) {
            const QStringList fields = {csvField(QString::fromStdString(domain.domain)),
                                        QString::number(i + 1),
                                        csvField(QString::fromStdString(domain.features[i].text)),
                                        fileNumber(domain.features[i].weight)};
            csv += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
        }
    return csv;
}

FeatureTable::FeatureTable(FeatureModel* model, QWidget* parent) : QTableView(parent) {
    setModel(model);
    setAccessibleName(tr("Strongest features of each domain"));
    setUpReadingTable(*this);
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setFrameShape(QFrame::NoFrame);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
}

} // namespace retort
