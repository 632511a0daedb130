// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <cstdint>
#include <vector>

namespace retort {

class Curve;
class LinePlot;

/// The shown curves of a plot as they are now, a row per step, a column per curve.
class CurveTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit CurveTableModel(const LinePlot& plot, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Column {
        QString label;
        std::vector<std::int64_t> steps;
        std::vector<double> values;
    };
    std::vector<std::int64_t> m_steps;
    std::vector<Column> m_columns;
};

/// Opens a window with the data of the plot; it goes when it is closed.
void openCurveTable(LinePlot& plot);

} // namespace retort
