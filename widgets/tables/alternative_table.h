// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spec/generation.h"

#include <QAbstractTableModel>
#include <QTableView>

namespace retort {

/// The tokens that might have come, the most probable first; the one that did is bold.
class AlternativeModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Token, Probability, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    /// A token that is not among its alternatives is added below them.
    void setToken(const GeneratedToken& token);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<GenerationAlternative> m_rows;
    int m_chosen = -1;
};

class AlternativeTable : public QTableView {
    Q_OBJECT
public:
    explicit AlternativeTable(AlternativeModel* model, QWidget* parent = nullptr);
    QSize sizeHint() const override;
};

} // namespace retort
